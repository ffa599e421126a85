"""The same pages for the bodies of the city; an ordinance is a district's alone."""

from madang.ground.bodies.urls import urlpatterns as of_districts

app_name = "city_bodies"

urlpatterns = [pattern for pattern in of_districts if pattern.name != "ordinance"]
