from django.apps import AppConfig


class BodiesConfig(AppConfig):
    name = "madang.ground.bodies"
    label = "bodies"

    def ready(self) -> None:
        from madang.ground.bodies import permissions  # noqa: F401  (registers the table)
