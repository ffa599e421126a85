from madang.decide.forums.forms.board import BoardForm, CodeForm, FeedbackForm, NoteForm, SlipForm
from madang.decide.forums.forms.forums import CancelForumForm, PlanForumForm, RecordForumForm
from madang.decide.forums.forms.people import (
    FindForm,
    MaterialForm,
    PhoneForm,
    RegisterForm,
    TablesForm,
    WalkInForm,
)

__all__ = [
    "BoardForm",
    "CancelForumForm",
    "CodeForm",
    "FeedbackForm",
    "FindForm",
    "MaterialForm",
    "NoteForm",
    "PhoneForm",
    "PlanForumForm",
    "RecordForumForm",
    "RegisterForm",
    "SlipForm",
    "TablesForm",
    "WalkInForm",
]
