from django.urls import path

from madang.ground.cycles import views

app_name = "cycles"

urlpatterns = [path("stage/", views.stage, name="stage")]
