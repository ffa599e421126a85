from madang.plan.plans.models.evaluations import Evaluation, RulebookRevision
from madang.plan.plans.models.plans import Goal, Plan, PlanText, Task
from madang.plan.plans.models.projects import Line, Project
from madang.plan.plans.models.versions import Approval, PlanVersion
from madang.plan.plans.models.waivers import Waiver

__all__ = [
    "Approval",
    "Evaluation",
    "Goal",
    "Line",
    "Plan",
    "PlanText",
    "PlanVersion",
    "Project",
    "RulebookRevision",
    "Task",
    "Waiver",
]
