from django.urls import path

from madang.decide.voting.views import ballots, desk, public, rolls, staff

app_name = "voting"

urlpatterns = [
    path("", public.elections, name="elections"),
    path("new/", staff.prepare, name="prepare"),
    path("<slug:slug>/", public.election, name="election"),
    path("<slug:slug>/vote/", ballots.identify, name="identify"),
    path("<slug:slug>/ballot/", ballots.ballot, name="ballot"),
    path("<slug:slug>/receipt/", ballots.receipt, name="receipt"),
    path("<slug:slug>/desk/", desk.desk, name="desk"),
    path("<slug:slug>/desk/<int:voter>/", desk.ballot, name="desk_ballot"),
    path("<slug:slug>/desk/<int:voter>/receipt/", desk.receipt, name="desk_receipt"),
    path("<slug:slug>/manage/", staff.manage, name="manage"),
    path("<slug:slug>/manage/terms/", staff.terms, name="terms"),
    path("<slug:slug>/manage/options/", staff.options, name="options"),
    path("<slug:slug>/manage/roll/", rolls.roll, name="roll"),
    path("<slug:slug>/manage/roll/take/", rolls.take, name="take_roll"),
    path("<slug:slug>/manage/roll/rejected.csv", rolls.rejected, name="rejected_rows"),
    path("<slug:slug>/manage/codes/", rolls.codes, name="codes"),
    path("<slug:slug>/manage/preparation/", staff.preparation, name="preparation"),
    path("<slug:slug>/manage/freeze/", staff.freeze, name="freeze"),
    path("<slug:slug>/manage/thaw/", staff.thaw, name="thaw"),
    path("<slug:slug>/manage/open/", staff.open_vote, name="open"),
    path("<slug:slug>/manage/close/", staff.close, name="close"),
    path("<slug:slug>/manage/certify/", staff.certify, name="certify"),
]
