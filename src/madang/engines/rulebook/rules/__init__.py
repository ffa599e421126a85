"""The rules as pure functions: facts and a view of the rulebook -> findings.

`JUDGES` answers from a plan file alone, `RECORD_JUDGES` from what the site recorded beside it.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from ..facts import PlanFacts
from ..findings import Finding, NotJudged
from ..records import PlanRecords
from ..view import View
from . import agendas, bodies, costs, lines, making, plan, sharing

Judge = Callable[[PlanFacts, View], Iterable[Finding | NotJudged]]
RecordJudge = Callable[[PlanRecords, View], Iterable[Finding | NotJudged]]

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

# PLAN-7 is judged in the file too; PLAN-9 is judged when a plan is handed in (`sharing.handed_in`).
RECORD_JUDGES: Mapping[str, RecordJudge] = MappingProxyType(
    {
        **{rule: making.section(rule) for rule in ("PLAN-4", "PLAN-5", "PLAN-6", "PLAN-11")},
        "PLAN-8": making.heard,
        "PLAN-7": making.finished,
        "PLAN-1": making.parts,
        "PLAN-2": making.base_years,
        "PLAN-12": sharing.gone_round,
        "PLAN-13": sharing.spread,
        **{rule: agendas.of_plan(rule) for rule in agendas.AGENDA_JUDGES},
        "AGENDA-5": agendas.transferred_of_plan,
        "AGENDA-8": agendas.votes_of_plan,
    }
)
