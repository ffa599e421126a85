from madang.decide.survey.models.resources import PERSONAL, Resource
from madang.decide.survey.models.surveys import Doer, Finding, Method, Survey

__all__ = ["PERSONAL", "Doer", "Finding", "Method", "Resource", "Survey"]
