from django.apps import AppConfig


class AgendasConfig(AppConfig):
    name = "madang.decide.agendas"
    label = "agendas"

    def ready(self) -> None:
        from madang.decide.agendas import permissions  # noqa: F401  (registers the table)
