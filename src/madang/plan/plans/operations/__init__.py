"""What can be done with a plan: one function a use case."""

from madang.plan.plans.operations.budget import (
    LineInput,
    UnableToSaveBudget,
    remove_line,
    save_budget,
    save_line,
)
from madang.plan.plans.operations.council import (
    UnableToApprove,
    UnableToFreeze,
    UnableToSubmit,
    freeze_version,
    mark_submitted,
    put_to_council,
    reopen_plan,
)
from madang.plan.plans.operations.editing import (
    UnableToEdit,
    edit_plan,
    remove_goal,
    remove_task,
    save_goal,
    save_task,
    start_plan,
)
from madang.plan.plans.operations.projects import (
    UnableToAddProject,
    add_foundation_project,
    add_project_from_agenda,
    edit_project,
    remove_project,
)
from madang.plan.plans.operations.waivers import (
    GivenFile,
    UnableToWaive,
    ask_waiver,
    decline_waiver,
    take_back_waiver,
    waive,
)
from madang.plan.plans.operations.workbook import UnableToImport, import_workbook, keep_workbook

__all__ = [
    "GivenFile",
    "LineInput",
    "UnableToAddProject",
    "UnableToApprove",
    "UnableToEdit",
    "UnableToFreeze",
    "UnableToImport",
    "UnableToSaveBudget",
    "UnableToSubmit",
    "UnableToWaive",
    "add_foundation_project",
    "add_project_from_agenda",
    "ask_waiver",
    "decline_waiver",
    "edit_plan",
    "edit_project",
    "freeze_version",
    "import_workbook",
    "keep_workbook",
    "mark_submitted",
    "put_to_council",
    "remove_goal",
    "remove_line",
    "remove_project",
    "remove_task",
    "reopen_plan",
    "save_budget",
    "save_goal",
    "save_line",
    "save_task",
    "start_plan",
    "take_back_waiver",
    "waive",
]
