from django.urls import path

from madang.decide.agendas.views import agendas, judged, merge_desk, reviews, similar_desk

app_name = "agendas"

urlpatterns = [
    path("", agendas.listing, name="agendas"),
    path("merge/", merge_desk.desk, name="merge_desk"),
    path("merge/side-by-side/", merge_desk.side_by_side, name="side_by_side"),
    path("merge/similar/", similar_desk.groups, name="similar_desk"),
    path("merge/similar/apart/", similar_desk.apart, name="tell_apart"),
    path("merge/apart/", similar_desk.differences, name="differences"),
    path("merge/apart/<int:difference>/take-back/", similar_desk.take_back, name="take_back_difference"),
    path("reviews/", reviews.inbox, name="inbox"),
    path("reviews/<int:review>/", reviews.answer, name="answer"),
    path("reviews/<int:review>/remind/", reviews.remind, name="remind"),
    path("<str:number>/", agendas.agenda, name="agenda"),
    path("<str:number>/undo/", agendas.undo, name="undo"),
    path("<str:number>/ask/", reviews.ask, name="ask"),
    path("<str:number>/judge/", reviews.judge, name="judge"),
    path("<str:number>/conclude/", reviews.conclude, name="conclude"),
    path("<str:number>/invite/", judged.invite, name="invite"),
    path("<str:number>/exclusions/", judged.judge_exclusions, name="exclusions"),
    path("<str:number>/keep/", agendas.keep, name="keep"),
    path("<str:number>/reopen/", agendas.take_up_again, name="reopen"),
]
