from madang.decide.survey.models.questionnaires import AnswerSheet, Question, Questionnaire, Respondent
from madang.decide.survey.models.registers import JointProject, RelatedPlan
from madang.decide.survey.models.resources import PERSONAL, Resource
from madang.decide.survey.models.surveys import Doer, Finding, Method, Survey

__all__ = [
    "PERSONAL",
    "AnswerSheet",
    "Doer",
    "Finding",
    "JointProject",
    "Method",
    "Question",
    "Questionnaire",
    "RelatedPlan",
    "Resource",
    "Respondent",
    "Survey",
]
