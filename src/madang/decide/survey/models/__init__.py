from madang.decide.survey.models.questionnaires import AnswerSheet, Question, Questionnaire, Respondent
from madang.decide.survey.models.resources import PERSONAL, Resource
from madang.decide.survey.models.surveys import Doer, Finding, Method, Survey

__all__ = [
    "PERSONAL",
    "AnswerSheet",
    "Doer",
    "Finding",
    "Method",
    "Question",
    "Questionnaire",
    "Resource",
    "Respondent",
    "Survey",
]
