from django.urls import path

from madang.ground.bodies import views

app_name = "bodies"

urlpatterns = [
    path("", views.bodies, name="bodies"),
    path("found/", views.found, name="found"),
    path("ordinance/", views.ordinance, name="ordinance"),
    path("<int:body>/", views.body_page, name="body"),
    path("<int:body>/end/", views.end, name="end"),
    path("<int:body>/members/", views.seat, name="seat"),
    path("<int:body>/members/<int:seat>/", views.change_seat, name="change_seat"),
    path("<int:body>/call/", views.call, name="call"),
    path("<int:body>/meetings/<int:number>/", views.meeting, name="meeting"),
    path("<int:body>/meetings/<int:number>/open/", views.open_session, name="open"),
    path("<int:body>/meetings/<int:number>/motions/", views.put_motion, name="put_motion"),
    path("<int:body>/meetings/<int:number>/motions/<int:motion>/votes/", views.votes, name="votes"),
    path("<int:body>/meetings/<int:number>/motions/<int:motion>/decide/", views.decide, name="decide"),
    path("<int:body>/meetings/<int:number>/close/", views.close, name="close"),
]
