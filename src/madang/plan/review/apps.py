from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "madang.plan.review"
    label = "review"

    def ready(self) -> None:
        from madang.plan.review import permissions  # noqa: F401  (registers the table)
