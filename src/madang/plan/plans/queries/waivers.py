"""Which blocking findings the city has waived, and which still block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from madang.engines import rulebook
from madang.plan.plans.models import Plan, Waiver
from madang.plan.plans.queries.documents import Document
from madang.plan.plans.queries.facts import draft_facts, judge_facts, rulebook_of
from madang.plan.plans.queries.findings import finding_from_document

LONGEST_PLACE = 400
Covered = Mapping[rulebook.Finding, Waiver]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A draft as it was judged: facts, judgement, and the waivers that stand, by the finding that each covers."""

    facts: rulebook.PlanFacts
    records: rulebook.PlanRecords
    judgement: rulebook.Judgement
    waivers: Covered

    @property
    def blocking(self) -> tuple[rulebook.Finding, ...]:
        """Return the findings that block and are not waived."""
        return still_blocking(self.judgement.findings, self.waivers)


def ruling(plan: Plan, *, day: date, content: Document | None = None) -> Ruling:
    """Judge a draft with the council of a day, and hold the city's waivers against what was found."""
    facts, records = draft_facts(plan, day=day, content=content)
    judged = judge_facts(facts, records, rulebook_of(plan))
    return Ruling(facts, records, judged, covered(standing(plan), judged.findings, facts))


def standing(plan: Plan) -> list[Waiver]:
    """Return the waivers of a plan that stand, with their documents."""
    return list(plan.waivers.filter(state="waived").select_related("document"))


def covered(
    waivers: Iterable[Waiver], findings: Iterable[rulebook.Finding], facts: rulebook.PlanFacts
) -> dict[rulebook.Finding, Waiver]:
    """Return which blocking findings a waiver covers."""
    waivers = list(waivers)
    found: dict[rulebook.Finding, Waiver] = {}
    for finding in findings:
        if finding.severity is rulebook.Severity.BLOCK:
            place = place_of(finding, facts)
            for waiver in waivers:
                if covers(waiver, finding, place):
                    found[finding] = waiver
    return found


def still_blocking(findings: Iterable[rulebook.Finding], waivers: Covered) -> tuple[rulebook.Finding, ...]:
    """Return the findings that block and are not waived."""
    block = rulebook.Severity.BLOCK
    return tuple(found for found in findings if found.severity is block and found not in waivers)


def place_of(found: rulebook.Finding, facts: rulebook.PlanFacts) -> str:
    """Name the place of a finding by what stands there, so that a line that moves keeps its waiver and no other has it.

    plan · members · S1 · S1 405-01 안내판 3,000
    """
    place = found.where
    if place.kind not in ("project", "line"):
        return place.kind
    if place.kind == "project" or facts.projects is None:
        return place.project
    line = facts.projects[place.position - 1].lines[place.line - 1]
    return f"{place.project} {line.item} {line.basis} {line.total:,}"[:LONGEST_PLACE]


def covers(waiver: Waiver, found: rulebook.Finding, place: str) -> bool:
    """Say whether a waiver covers a finding: the same rule at the same place, and nothing worse than was waived.

    A finding with a share may come nearer to the limit; one without says the very same as when it was asked.
    """
    if waiver.rule != found.rule or waiver.where != place:
        return False
    return any(_no_worse(found, before) for before in findings_of(waiver))


def findings_of(waiver: Waiver) -> tuple[rulebook.Finding, ...]:
    """Return what the rule said at the place when the waiver was asked for."""
    return tuple(finding_from_document(one) for one in waiver.findings)


def _no_worse(found: rulebook.Finding, waived: rulebook.Finding) -> bool:
    before, now = waived.measure, found.measure
    if before is None or now is None:
        return before is now and waived.message_ko == found.message_ko
    if before.limit != now.limit:
        return False
    if now.largest is None:
        return now.part * before.whole >= before.part * now.whole
    return now.part * before.whole <= before.part * now.whole and (before.whole > 0 or now.part <= before.part)


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands beside a finding: the waiver that covers it, or the place to ask for one, or what was asked."""

    waiver: Waiver | None = None
    asked: Waiver | None = None
    place: str = ""


def marks_of(ruled: Ruling, plan: Plan) -> dict[rulebook.Finding, Mark]:
    """Return the marks of the findings that block a draft, waived or not."""
    asked = {(one.rule, one.where): one for one in plan.waivers.filter(state="asked")}
    found: dict[rulebook.Finding, Mark] = {}
    for finding in ruled.judgement.findings:
        if finding.severity is rulebook.Severity.BLOCK:
            place = place_of(finding, ruled.facts)
            found[finding] = Mark(ruled.waivers.get(finding), asked.get((finding.rule, place)), place)
    return found


def waivers_of(plan: Plan) -> list[Waiver]:
    """Return everything that was asked of the city about a plan, the newest first."""
    return list(plan.waivers.select_related("document"))
