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
    "CancelForumForm",
    "FindForm",
    "MaterialForm",
    "PhoneForm",
    "PlanForumForm",
    "RecordForumForm",
    "RegisterForm",
    "TablesForm",
    "WalkInForm",
]
