from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "madang.decide.forums"
    label = "forums"
