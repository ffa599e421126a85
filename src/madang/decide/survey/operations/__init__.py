from madang.decide.survey.operations.surveys import (
    UnableToSurvey,
    add_doer,
    add_method,
    describe_survey,
    publish_survey,
    remove_doer,
    remove_method,
    start_survey,
    write_finding,
)

__all__ = [
    "UnableToSurvey",
    "add_doer",
    "add_method",
    "describe_survey",
    "publish_survey",
    "remove_doer",
    "remove_method",
    "start_survey",
    "write_finding",
]
