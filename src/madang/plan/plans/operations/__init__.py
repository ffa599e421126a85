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

__all__ = [
    "LineInput",
    "UnableToAddProject",
    "UnableToApprove",
    "UnableToEdit",
    "UnableToFreeze",
    "UnableToSaveBudget",
    "UnableToSubmit",
    "add_foundation_project",
    "add_project_from_agenda",
    "edit_plan",
    "edit_project",
    "freeze_version",
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
]
