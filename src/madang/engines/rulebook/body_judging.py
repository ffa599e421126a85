"""Judging bodies: the composition rules over one body on a day, and what a district must have at a step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from .body_facts import COUNCIL_STEPS, BodyFacts, BodyKind, CouncilFacts
from .facts import PlanFacts
from .findings import SEVERITY_ORDER, Finding, Judgement, NotJudged, Severity
from .rules import bodies, composition, council
from .view import View

BodyJudge = Callable[[BodyFacts, View], Iterable[Finding | NotJudged]]
CouncilJudge = Callable[[CouncilFacts, View], Iterable[Finding | NotJudged]]


def _of_council(judge: Callable[[PlanFacts, View], Iterable[Finding | NotJudged]]) -> BodyJudge:
    """Return the judge of a council's rule as a judge of a body."""

    def judge_body(facts: BodyFacts, view: View) -> Iterable[Finding | NotJudged]:
        return judge(PlanFacts(view.place, view.day.year, view.day.year + 1, members=facts.members), view)

    return judge_body


def _city_requirements(facts: BodyFacts, view: View) -> Iterator[Finding | NotJudged]:
    """BODY-4: the city's check warns, and blocks from the final selection on."""
    late = COUNCIL_STEPS.index(facts.step) >= COUNCIL_STEPS.index("final_selection")
    for one in _of_council(bodies.city_requirements)(facts, view):
        yield replace(one, severity=Severity.BLOCK) if late and isinstance(one, Finding) else one


_COUNCIL: dict[str, BodyJudge] = {
    "BODY-1": _of_council(bodies.private_majority),
    "BODY-2": _of_council(bodies.elected_as_administration),
    "BODY-3": _of_council(bodies.gender_balance),
    "BODY-4": _city_requirements,
}
BODY_JUDGES: Mapping[BodyKind, Mapping[str, BodyJudge]] = MappingProxyType(
    {
        "council": _COUNCIL,
        "task_force": {rule: composition.not_of_a_task_force(rule) for rule in _COUNCIL}
        | {"BODY-6": composition.task_force},
        "subcommittee": {"BODY-5": composition.subcommittee},
        "working_group": {"BODY-8": composition.working_group},
        "mediation_committee": {"BODY-9": composition.mediation_committee},
        "selection_committee": {"BODY-10": composition.selection_committee},
        "evaluation_experts": {"BODY-11": composition.evaluation_experts},
        "focus_group_first": {"BODY-12": composition.focus_groups},
        "focus_group_second": {"BODY-12": composition.focus_groups},
    }
)
COUNCIL_JUDGES: Mapping[str, CouncilJudge] = MappingProxyType(
    {"BODY-7": council.council_or_task_force, "BODY-13": council.ordinance_and_quorum}
)


def judge_body(facts: BodyFacts, view: View) -> Judgement:
    """Judge who sits on a body by the rules of its kind; a body without members is said to be not judged."""
    judges = BODY_JUDGES[facts.kind]
    return _judgement((one for judge in judges.values() for one in judge(facts, view)), tuple(judges), view)


def judge_council(facts: CouncilFacts, view: View) -> Judgement:
    """Judge what a district must have when a step is taken (BODY-7 and 13)."""
    results = (one for judge in COUNCIL_JUDGES.values() for one in judge(facts, view))
    return _judgement(results, tuple(COUNCIL_JUDGES), view)


def _judgement(results: Iterable[Finding | NotJudged], rules: tuple[str, ...], view: View) -> Judgement:
    """Sort results into findings by severity and rules not judged."""
    results = list(results)
    findings = sorted(
        (one for one in results if isinstance(one, Finding)), key=lambda one: SEVERITY_ORDER[one.severity]
    )
    silent = tuple(one for one in results if isinstance(one, NotJudged))
    return Judgement(tuple(findings), silent, view.revision, view.day, view.place, rules)
