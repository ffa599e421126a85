from django.urls import path

from madang.decide.forums import views

app_name = "forums"

urlpatterns = [
    path("", views.forums, name="forums"),
    path("new/", views.plan, name="plan"),
    path("<int:number>/", views.forum, name="forum"),
    path("<int:number>/record/", views.record, name="record"),
    path("<int:number>/cancel/", views.cancel, name="cancel"),
]
