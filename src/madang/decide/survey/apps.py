from django.apps import AppConfig


class SurveyConfig(AppConfig):
    name = "madang.decide.survey"
    label = "survey"

    def ready(self) -> None:
        from madang.decide.survey import permissions  # noqa: F401  (registers the table)
