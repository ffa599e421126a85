from django.urls import path

from madang.decide.survey.views import answering, questionnaires, resources, results, surveys

app_name = "survey"

urlpatterns = [
    path("", surveys.survey, name="survey"),
    path("<int:year>/", surveys.survey, name="survey_of"),
    path("<int:year>/run/", surveys.describe, name="describe"),
    path("<int:year>/publish/", surveys.publish, name="publish"),
    path("<int:year>/doers/", surveys.add_doer, name="add_doer"),
    path("<int:year>/doers/<int:number>/remove/", surveys.remove_doer, name="remove_doer"),
    path("<int:year>/methods/", surveys.add_method, name="add_method"),
    path("<int:year>/methods/<int:number>/remove/", surveys.remove_method, name="remove_method"),
    path("<int:year>/findings/<slug:heading>/", surveys.finding, name="finding"),
    path("<int:year>/findings/<slug:heading>/versions/", surveys.versions, name="versions"),
    path("resources/", resources.resources, name="resources"),
    path("resources/suggest/", resources.suggest, name="suggest"),
    path("resources/new/", resources.add, name="add_resource"),
    path("resources/<int:number>/", resources.resource, name="resource"),
    path("resources/<int:number>/change/", resources.change, name="change_resource"),
    path("resources/<int:number>/withdraw/", resources.withdraw, name="withdraw"),
    path("resources/<int:number>/<slug:what>/", resources.settle, name="settle"),
    path("questionnaires/", questionnaires.questionnaires, name="questionnaires"),
    path("questionnaires/new/", questionnaires.draft, name="draft"),
    path("questionnaires/<int:number>/", questionnaires.questionnaire, name="questionnaire"),
    path("questionnaires/<int:number>/change/", questionnaires.change, name="change"),
    path("questionnaires/<int:number>/questions/", questionnaires.question, name="add_question"),
    path("questionnaires/<int:number>/questions/<int:question>/", questionnaires.question, name="question"),
    path("questionnaires/<int:number>/questions/<int:question>/<slug:what>/", questionnaires.arrange, name="arrange"),
    path("questionnaires/<int:number>/answer/", answering.answer, name="answer"),
    path("questionnaires/<int:number>/thanks/", answering.thanks, name="thanks"),
    path("questionnaires/<int:number>/paper/", answering.paper, name="paper"),
    path("questionnaires/<int:number>/paper/remove/", answering.remove_paper, name="remove_paper"),
    path("questionnaires/<int:number>/results/", results.results, name="results"),
    path("questionnaires/<int:number>/results.csv", results.results_file, {"kind": "csv"}, name="results_csv"),
    path("questionnaires/<int:number>/results.xlsx", results.results_file, {"kind": "xlsx"}, name="results_xlsx"),
    path("questionnaires/<int:number>/<slug:what>/", questionnaires.settle, name="settle_questionnaire"),
]
