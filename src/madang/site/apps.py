from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "madang.site"
    label = "site"

    def ready(self) -> None:
        from madang.site import permissions  # noqa: F401  (registers the table)
