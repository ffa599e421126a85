from django.urls import path

from madang.plan.plans.views import budget, council, papers, reading, waivers, workbook, writing

app_name = "plans"

urlpatterns = [
    path("", reading.plans, name="plans"),
    path("start/", writing.start, name="start"),
    path("<int:year>/", reading.plan, name="plan"),
    path("<int:year>/plan.json", reading.export, name="export"),
    path("<int:year>/papers/plan.<slug:kind>", papers.plan_file, name="plan_file"),
    path("<int:year>/papers/project-<slug:number>.<slug:kind>", papers.project_file, name="project_file"),
    path("<int:year>/versions/<int:number>/", reading.version, name="version"),
    path("<int:year>/texts/", writing.texts, name="texts"),
    path("<int:year>/goals/", writing.goals, name="goals"),
    path("<int:year>/goals/remove/", writing.remove_number, name="remove_number"),
    path("<int:year>/add/", writing.add, name="add"),
    path("<int:year>/freeze/", council.freeze, name="freeze"),
    path("<int:year>/council/", council.put, name="council"),
    path("<int:year>/waivers/", waivers.waivers, name="waivers"),
    path("<int:year>/waivers/ask/", waivers.ask, name="ask_waiver"),
    path("<int:year>/waivers/<int:number>/", waivers.waiver, name="waiver"),
    path("<int:year>/waivers/<int:number>/decide/", waivers.decide, name="decide_waiver"),
    path("<int:year>/waivers/<int:number>/take-back/", waivers.take_back, name="take_back_waiver"),
    path("<int:year>/waivers/<int:number>/document/", waivers.document, name="waiver_document"),
    path("<int:year>/workbook/", workbook.upload, name="workbook"),
    path("<int:year>/workbook/plan.xlsx", workbook.download, name="workbook_file"),
    path("<int:year>/workbook/<int:number>/", workbook.preview, name="workbook_preview"),
    path("<int:year>/projects/<slug:number>/", reading.project, name="project"),
    path("<int:year>/projects/<slug:number>/edit/", writing.edit, name="edit"),
    path("<int:year>/projects/<slug:number>/remove/", writing.remove, name="remove"),
    path("<int:year>/projects/<slug:number>/budget/", budget.budget, name="budget"),
]
