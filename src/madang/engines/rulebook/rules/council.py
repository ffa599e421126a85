"""What a district must have when a step is taken: BODY-7 and BODY-13."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..body_facts import COUNCIL_STEPS, CouncilFacts, OrdinanceFacts, Seat
from ..findings import MEMBERS, Finding, NotJudged, Severity
from ..quorum import default_quorum
from ..view import View
from .say import Both, found

Results = Iterator[Finding | NotJudged]

REMEDY_COUNCIL = Both("조례에 따라 협치회의를 구성해 주세요.", "Set up the council by the ordinance.")
ORDINANCE = "자치구 협치 조례"


def council_or_task_force(facts: CouncilFacts, view: View) -> Results:
    """BODY-7: until the council exists the task force acts for it; its absence warns from final approval on and
    blocks disbursement (P 3)."""
    if facts.council:
        return
    if COUNCIL_STEPS.index(facts.step) < COUNCIL_STEPS.index("final_approval"):
        if not facts.task_force:
            yield NotJudged(
                "BODY-7", "아직 협치회의도 TFT도 없어요", "there is neither a council nor a task force yet", MEMBERS
            )
        return
    blocks = facts.step == "disbursement"
    if blocks:
        message = Both("협치회의가 없어서 예산을 교부할 수 없어요.", "Without a council nothing is disbursed.")
    elif facts.task_force:
        message = Both(
            "협치회의가 아직 없어서 TFT가 대신해요. 최종 승인까지는 협치회의를 두기를 권해요.",
            "The task force acts for a council that does not exist yet; it should exist by the final approval.",
        )
    else:
        message = Both("협치회의도 TFT도 없어요.", "There is neither a council nor a task force.")
    severity = Severity.BLOCK if blocks else Severity.WARN
    yield found("BODY-7", view, MEMBERS, message, REMEDY_COUNCIL, severity=severity)


def ordinance_and_quorum(facts: CouncilFacts, view: View) -> Results:
    """BODY-13: ordinance and a council set up by it before disbursement; terms, size and quorum follow it (G 2.1.1)."""
    yield from _meeting(facts, view)
    if facts.step != "disbursement":
        if facts.meeting is None:
            yield NotJudged("BODY-13", "예산을 교부할 때 확인해요", "is asked at the disbursement", MEMBERS)
        return
    ordinance = facts.ordinance
    if ordinance is None or ordinance.enacted_on > view.day:
        message = Both(f"{ORDINANCE}의 기록이 없어요.", "There is no record of the district's governance ordinance.")
        remedy = Both("제정한 조례를 기록해 주세요.", "Record the ordinance that was enacted.")
        yield found("BODY-13", view, MEMBERS, message, remedy)
        return
    if not (facts.council and ordinance.council_by_it):
        message = Both("조례에 따라 설치한 협치회의가 없어요.", "No council is set up by the ordinance.")
        yield found("BODY-13", view, MEMBERS, message, REMEDY_COUNCIL)
    if facts.council:
        yield from _size(facts, ordinance, view)
        yield from _terms(facts, ordinance, view)


def _meeting(facts: CouncilFacts, view: View) -> Iterator[Finding]:
    """Judge whether enough members came to a meeting."""
    if facts.meeting is None:
        return
    came, members = facts.meeting
    present = (facts.quorum or default_quorum(view)).present
    if not present.reached(came, members):
        needed = present.needed(members)
        message = Both(
            f"위원 {members}명 가운데 {came}명이 왔어요. {needed}명({present.words()})이 와야 회의를 열 수 있어요.",
            f"{came} of {members} members are present. The meeting needs {present.words('en')}: {needed}.",
        )
        remedy = Both("더 올 때까지 기다리거나 날을 다시 잡아 주세요.", "Wait for more members or set another day.")
        yield found("BODY-13", view, MEMBERS, message, remedy)


def _size(facts: CouncilFacts, ordinance: OrdinanceFacts, view: View) -> Iterator[Finding]:
    """Judge the size of the council against what the ordinance says."""
    count, low, high = len(facts.members), ordinance.size_min, ordinance.size_max
    if (low is not None and count < low) or (high is not None and count > high):
        limits = f"{low or ''}~{high or ''}"
        message = Both(
            f"협치회의 위원이 {count}명이에요 (조례: {limits}명).",
            f"The council has {count} members (ordinance: {limits}).",
        )
        remedy = Both("조례가 정한 인원에 맞춰 주세요.", "Bring it to the size that the ordinance sets.")
        yield found("BODY-13", view, MEMBERS, message, remedy)


def _terms(facts: CouncilFacts, ordinance: OrdinanceFacts, view: View) -> Iterator[Finding]:
    """Judge the terms of the appointed members against what the ordinance says."""
    years = ordinance.term_years
    if years is None:
        return
    longer = sum(_outlasts(member, years, view.day) for member in facts.members if member.appointed)
    if longer:
        message = Both(
            f"조례의 임기 {years}년을 넘긴 위촉직 위원이 {longer}명이에요.",
            f"Appointed members beyond the term of {years} years: {longer}.",
        )
        remedy = Both("다시 위촉하거나 임기를 마쳐 주세요.", "Appoint them again or end their terms.")
        yield found("BODY-13", view, MEMBERS, message, remedy)


def _outlasts(member: Seat, years: int, day: date) -> bool:
    """Say whether a seat lasts longer than a term: an open one by the day, any other by its last day."""
    if member.starts_on is None:
        return False
    last = member.ends_on or day
    return (last.year - years, last.month, last.day) >= (
        member.starts_on.year,
        member.starts_on.month,
        member.starts_on.day,
    )
