"""What is read of plans, their budgets and versions."""

from madang.plan.plans.queries.documents import canonical, content_hash, export_plan, version_content
from madang.plan.plans.queries.facts import judge_plan, plan_facts, rulebook_of
from madang.plan.plans.queries.plans import (
    chosen_agendas,
    latest_version,
    plan_of_year,
    plan_or_404,
    plan_status,
    plans_of,
    read_plan,
)
from madang.plan.plans.queries.public import budget_of_agenda, project_events
from madang.plan.plans.queries.waiting import waiting_for

__all__ = [
    "budget_of_agenda",
    "canonical",
    "chosen_agendas",
    "content_hash",
    "export_plan",
    "judge_plan",
    "latest_version",
    "plan_facts",
    "plan_of_year",
    "plan_or_404",
    "plan_status",
    "plans_of",
    "project_events",
    "read_plan",
    "rulebook_of",
    "version_content",
    "waiting_for",
]
