from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "madang.ground.files"
    label = "files"
