from madang.decide.forums.models.board import Board, Note, Theme, Topic, Writer
from madang.decide.forums.models.feedback import Feedback
from madang.decide.forums.models.forums import Forum, ForumCount
from madang.decide.forums.models.materials import Material, MaterialSending
from madang.decide.forums.models.people import ForumTable, Registration

__all__ = [
    "Board",
    "Feedback",
    "Forum",
    "ForumCount",
    "ForumTable",
    "Material",
    "MaterialSending",
    "Note",
    "Registration",
    "Theme",
    "Topic",
    "Writer",
]
