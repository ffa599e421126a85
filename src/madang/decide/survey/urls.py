from django.urls import path

from madang.decide.survey.views import resources, surveys

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
]
