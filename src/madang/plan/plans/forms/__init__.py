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
from madang.plan.plans.forms.waivers import AskWaiverForm, DecideWaiverForm, TakeBackWaiverForm
from madang.plan.plans.forms.workbook import ConfirmForm, WorkbookForm

__all__ = [
    "AddAgendaForm",
    "AskWaiverForm",
    "BudgetDraft",
    "ConfirmForm",
    "DecideWaiverForm",
    "FoundationForm",
    "GoalForm",
    "MeetingChoiceForm",
    "PlanTextsForm",
    "ProjectForm",
    "RowDraft",
    "TakeBackWaiverForm",
    "TaskForm",
    "WorkbookForm",
]
