"""The rules that a plan alone can answer, as pure functions: facts and a view of the rulebook -> findings."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from ..facts import PlanFacts
from ..findings import Finding, NotJudged
from ..view import View
from . import bodies, costs, lines, plan

Judge = Callable[[PlanFacts, View], Iterable[Finding | NotJudged]]

JUDGES: Mapping[str, Judge] = MappingProxyType(
    {
        "BODY-1": bodies.private_majority,
        "BODY-2": bodies.elected_as_administration,
        "BODY-3": bodies.gender_balance,
        "BODY-4": bodies.city_requirements,
        "PLAN-3": plan.both_parts,
        "PLAN-7": plan.tasks_of_base_plan,
        "PLAN-10": plan.grant_in_range,
        "BUDGET-1": costs.sectoral_city_money,
        "BUDGET-2": costs.personnel,
        "BUDGET-3": lines.organisation_staff,
        "BUDGET-4": costs.facilities,
        "BUDGET-5": costs.facilities_of_project,
        "BUDGET-6": lines.joint_facilities,
        "BUDGET-7": costs.transfers,
        "BUDGET-8": costs.transfers_of_project,
        "BUDGET-9": lines.joint_transfers,
        "BUDGET-10": lines.durable_goods,
        "BUDGET-11": lines.lease_deposits,
        "BUDGET-12": lines.not_fundable,
        "BUDGET-13": costs.current_and_capital,
        "BUDGET-14": costs.by_item,
        "BUDGET-16": costs.whole_grant,
        "BUDGET-17": lines.changed_names,
    }
)
BODY_RULES = frozenset({"BODY-1", "BODY-2", "BODY-3", "BODY-4"})
