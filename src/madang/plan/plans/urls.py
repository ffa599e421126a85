from django.urls import path

from madang.plan.plans.views import budget, council, papers, reading, writing

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
    path("<int:year>/projects/<slug:number>/", reading.project, name="project"),
    path("<int:year>/projects/<slug:number>/edit/", writing.edit, name="edit"),
    path("<int:year>/projects/<slug:number>/remove/", writing.remove, name="remove"),
    path("<int:year>/projects/<slug:number>/budget/", budget.budget, name="budget"),
]
