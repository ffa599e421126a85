from madang.plan.plans.models.plans import Goal, Plan, PlanText, Task
from madang.plan.plans.models.projects import Line, Project
from madang.plan.plans.models.versions import Approval, PlanVersion

__all__ = ["Approval", "Goal", "Line", "Plan", "PlanText", "PlanVersion", "Project", "Task"]
