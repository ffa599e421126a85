from django.apps import AppConfig


class AgendasConfig(AppConfig):
    name = "madang.decide.agendas"
    label = "agendas"
