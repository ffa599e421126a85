from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "madang.ground.places"
    label = "places"
