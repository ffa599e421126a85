from django.urls import path

from madang.decide.forums.views import board, desk, feedback, forums, own, staff

app_name = "forums"

urlpatterns = [
    path("", forums.forums, name="forums"),
    path("new/", forums.plan, name="plan"),
    path("<int:number>/", forums.forum, name="forum"),
    path("<int:number>/materials/<int:material>/file", forums.material_file, name="material_file"),
    path("<int:number>/register/", own.register, name="register"),
    path("<int:number>/ticket/", own.ticket, name="ticket"),
    path("<int:number>/ticket/withdraw/", own.withdraw, name="withdraw"),
    path("<int:number>/ticket/forget/", own.forget, name="forget"),
    path("<int:number>/manage/", staff.manage, name="manage"),
    path("<int:number>/manage/change/", staff.change, name="change"),
    path("<int:number>/manage/people/", staff.registrations, name="registrations"),
    path("<int:number>/manage/people/forget/", staff.forget_all, name="forget_all"),
    path("<int:number>/manage/people/<int:registration>/withdraw/", staff.withdraw_for, name="withdraw_for"),
    path("<int:number>/manage/remind/", staff.remind, name="remind"),
    path("<int:number>/manage/materials/", staff.material_list, name="materials"),
    path("<int:number>/manage/materials/<int:material>/", staff.material_step, name="material_step"),
    path("<int:number>/manage/tables/", staff.table_list, name="tables"),
    path("<int:number>/desk/", desk.desk, name="desk"),
    path("<int:number>/desk/<int:registration>/", desk.arrive, name="arrive"),
    path("<int:number>/desk/sheet.pdf", desk.sheet, name="sheet"),
    path("<int:number>/desk/sheet/", desk.enter_sheet, name="enter_sheet"),
    path("<int:number>/desk/code/<str:token>/", desk.door, name="door"),
    path("<int:number>/board/", board.wall, name="wall"),
    path("<int:number>/board/now/", board.wall_now, name="wall_now"),
    path("<int:number>/manage/board/", board.board, name="board"),
    path("<int:number>/manage/board/step/", board.board_step, name="board_step"),
    path("<int:number>/manage/board/slips/", board.slips, name="slips"),
    path("<int:number>/manage/board/themes/", board.theme_list, name="themes"),
    path("<int:number>/manage/board/notes/<int:note>/down/", board.take_down, name="take_down"),
    path("<int:number>/manage/feedback/", feedback.answers, name="answers"),
    path("<int:number>/feedback/<str:token>/", feedback.feedback, name="feedback"),
    path("<int:number>/record/", forums.record, name="record"),
    path("<int:number>/cancel/", forums.cancel, name="cancel"),
]
