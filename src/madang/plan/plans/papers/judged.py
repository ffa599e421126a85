"""What the rulebook found, and what the city waived, as the plan prints it after the budget."""

from __future__ import annotations

from madang.engines import rulebook
from madang.engines.papers import Block, Column, Heading, Row, Table, figure
from madang.plan.plans.models import PlanVersion, Waiver
from madang.plan.plans.papers.frame import clause_words, day_words
from madang.plan.plans.queries.evaluations import evaluation_of, found_then
from madang.plan.plans.queries.overview import view_of
from madang.plan.plans.queries.waivers import covered, standing

WEIGHT = {rulebook.Severity.BLOCK: "막음", rulebook.Severity.WARN: "경고"}
PLACES = {"plan": "계획 전체", "members": "협치회의"}
WAIVED = "예외 인정"

Found = tuple[tuple[rulebook.Finding, Waiver | None], ...]


def judged_blocks(version: PlanVersion, *, project: str = "") -> tuple[Block, ...]:
    """Return 4.4: each finding that blocks or warns with its figures, a waived one with the city's reason and document.

    A frozen version prints what was found when it was frozen; a draft what its content gives now. With a ``project``
    only what was found in it, as section 7 of its paper.
    """
    rows = [
        _row(found, waiver, version)
        for found, waiver in _found(version)
        if found.severity in WEIGHT and (not project or found.where.project == project)
    ]
    if not rows:
        return ()
    columns = (
        Column("구분", width=2),
        Column("규칙", width=6),
        Column("곳", width=3),
        Column("결과와 예외 인정 사유", width=8),
    )
    return (
        Heading("규칙 점검 결과와 예외 인정", level=1 if project else 2, number="7" if project else "4.4"),
        Table(columns=columns, rows=tuple(rows), caption="규칙 점검 결과"),
    )


def _found(version: PlanVersion) -> Found:
    evaluation = evaluation_of(version)
    if evaluation is not None:
        return found_then(evaluation)
    facts = rulebook.plan_from_dict(version.content["plan"])
    findings = rulebook.judge(facts, view_of(version.content)).findings
    waived = covered(standing(version.plan), findings, facts)
    return tuple((found, waived.get(found)) for found in findings)


def _row(found: rulebook.Finding, waiver: Waiver | None, version: PlanVersion) -> Row:
    rule = view_of(version.content).rules[found.rule]
    place = found.where
    where = PLACES.get(place.kind) or place.project + (f" {place.line}번째 줄" if place.line else "")
    said = [part for part in (_measured(found), _waived(waiver) if waiver else "") if part]
    return Row(
        (
            WAIVED if waiver else WEIGHT[found.severity],
            f"{found.rule} {rule.ko} ({clause_words(found.clause)})",
            where,
            " ".join(said) or "–",
        )
    )


def _measured(found: rulebook.Finding) -> str:
    measure = found.measure
    if measure is None:
        return ""
    result = f" = {measure.percent}%" if measure.percent else ""
    return f"{figure(measure.part)} / {figure(measure.whole)}{result} (기준 {measure.limit}%)."


def _waived(waiver: Waiver) -> str:
    document = waiver.document.name if waiver.document else "–"
    day = day_words(waiver.decided_at) if waiver.decided_at else "–"
    back = f" {day_words(waiver.taken_back_at)} 인정을 거두었다." if waiver.taken_back_at else ""
    return f"{day} 서울시가 예외로 인정하였다. 사유: {waiver.reason} 근거 문서: {document}.{back}"
