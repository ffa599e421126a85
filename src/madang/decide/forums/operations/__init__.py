"""What is done with forums: planned, made ready, held, recorded; one function a use case."""

from madang.decide.forums.operations.planning import UnableToPlanForum, cancel_forum, change_forum, plan_forum
from madang.decide.forums.operations.recording import UnableToRecordForum, check_counts, record_forum

__all__ = [
    "UnableToPlanForum",
    "UnableToRecordForum",
    "cancel_forum",
    "change_forum",
    "check_counts",
    "plan_forum",
    "record_forum",
]
