"""What people type about plans, read and checked."""

from madang.plan.plans.forms.budget import BudgetDraft, RowDraft
from madang.plan.plans.forms.plans import (
    AddAgendaForm,
    FoundationForm,
    GoalForm,
    MeetingChoiceForm,
    PlanTextsForm,
    TaskForm,
)
from madang.plan.plans.forms.projects import ProjectForm

__all__ = [
    "AddAgendaForm",
    "BudgetDraft",
    "FoundationForm",
    "GoalForm",
    "MeetingChoiceForm",
    "PlanTextsForm",
    "ProjectForm",
    "RowDraft",
    "TaskForm",
]
