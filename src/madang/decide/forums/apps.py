from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "madang.decide.forums"
    label = "forums"

    def ready(self) -> None:
        from madang.decide.forums import permissions  # noqa: F401  (registers the table)
