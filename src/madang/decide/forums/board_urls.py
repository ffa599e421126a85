from django.urls import path

from madang.decide.forums.views import phones

app_name = "board"

urlpatterns = [
    path("", phones.join, name="join"),
    path("<str:code>/", phones.write, name="write"),
    path("<str:code>/others/", phones.others, name="others"),
]
