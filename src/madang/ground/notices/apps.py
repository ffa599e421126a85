from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "madang.ground.notices"
    label = "notices"
