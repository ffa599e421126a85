from django.apps import AppConfig


class CyclesConfig(AppConfig):
    name = "madang.ground.cycles"
    label = "cycles"

    def ready(self) -> None:
        from madang.ground.cycles import permissions  # noqa: F401  (registers the table)
