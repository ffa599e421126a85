from madang.decide.survey.models.surveys import Doer, Finding, Method, Survey

__all__ = ["Doer", "Finding", "Method", "Survey"]
