from madang.plan.plans.models.evaluations import Evaluation, RulebookRevision
from madang.plan.plans.models.opinions import Opinion, OpinionRound
from madang.plan.plans.models.plans import Goal, Plan, PlanText, Task
from madang.plan.plans.models.projects import Line, Project
from madang.plan.plans.models.spreading import Agreement, Handout
from madang.plan.plans.models.versions import Approval, PlanVersion
from madang.plan.plans.models.waivers import Waiver

__all__ = [
    "Agreement",
    "Approval",
    "Evaluation",
    "Goal",
    "Handout",
    "Line",
    "Opinion",
    "OpinionRound",
    "Plan",
    "PlanText",
    "PlanVersion",
    "Project",
    "RulebookRevision",
    "Task",
    "Waiver",
]
