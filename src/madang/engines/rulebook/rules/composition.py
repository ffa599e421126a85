"""Composition of the bodies beside the council: BODY-5, 6 and 8 to 12, judged from who sits on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..body_facts import (
    BUDGET_OFFICER,
    COUNCIL_MEMBER,
    DEMOCRACY_MEMBER,
    EXPERT,
    GOVERNANCE_OFFICER,
    PROPOSER,
    BodyFacts,
    Seat,
)
from ..findings import MEMBERS, Finding, Measure, NotJudged, Severity
from ..shares import falls_short, percent
from ..view import View
from .bodies import one_sided, unknown_gender
from .say import Both, found

Results = Iterator[Finding | NotJudged]


def nobody(rule: str) -> NotJudged:
    """Return that a rule is not judged because nobody sits on the body."""
    return NotJudged(rule, "위원이 한 명도 없어요", "the body has no members", MEMBERS)


def subcommittee(facts: BodyFacts, view: View) -> Results:
    """BODY-5: private members reach their share and no gender passes its own, both of all members (C3)."""
    if not facts.members:
        yield nobody("BODY-5")
        return
    key = "bodies.subcommittee_private_share_min"
    limit, total = view.number(key), len(facts.members)
    private = sum(member.counts_as_private for member in facts.members)
    if falls_short(private, total, limit):
        measure = Measure(private, total, percent(private, total, limit), limit, None)
        message = Both(
            f"민간이 {total}명 가운데 {private}명, {measure.percent}%예요 (최소 {limit}%).",
            f"{private} of {total} members are private, {measure.percent} % (at least {limit} %).",
        )
        remedy = Both(
            f"민간이 전체의 {limit}% 이상이 되도록 사람을 늘리거나 바꿔 주세요.",
            f"Add or exchange members until at least {limit} % are private.",
        )
        yield found("BODY-5", view, MEMBERS, message, remedy, measure=measure, clause=view.clause("BODY-5", key))
    whole = Both("전체", "members")
    yield from one_sided("BODY-5", "bodies.subcommittee_gender_share_max", facts.members, whole, view)
    yield from unknown_gender("BODY-5", facts.members, whole, view)


def task_force(facts: BodyFacts, view: View) -> Results:
    """BODY-6: a joint task force of about 15 people gets a note from a size on (C3)."""
    if not facts.members:
        yield nobody("BODY-6")
        return
    size, from_size = view.number("bodies.task_force_size"), view.number("bodies.task_force_note_from")
    if len(facts.members) >= from_size:
        message = Both(
            f"TFT가 {len(facts.members)}명이에요. 안내서는 {size}명 내외를 권해요.",
            f"The task force has {len(facts.members)} people; the guide recommends about {size}.",
        )
        remedy = Both(
            "긴밀하게 논의할 수 있는 크기인지 살펴봐 주세요.", "See whether it is small enough to talk closely."
        )
        yield found("BODY-6", view, MEMBERS, message, remedy)


def not_of_a_task_force(rule: str) -> Callable[[BodyFacts, View], Results]:
    """Return the judge of a council's rule that does not hold for a task force (BODY-6)."""

    def judge(_facts: BodyFacts, _view: View) -> Results:
        yield NotJudged(rule, "민·관 합동 TFT에는 묻지 않는 규칙이에요", "is not asked of a task force", MEMBERS)

    return judge


def working_group(facts: BodyFacts, view: View) -> Results:
    """BODY-8: department and private partner, council members, expert and proposer in a working group (C3, L)."""
    if not facts.members:
        yield nobody("BODY-8")
        return
    counts: tuple[tuple[str, Both, int, Severity], ...] = (
        (
            "bodies.working_group_departments_min",
            Both("의제와 관련된 부서의 담당자", "officials of a department"),
            sum(member.department for member in facts.members),
            Severity.BLOCK,
        ),
        (
            "bodies.working_group_private_min",
            Both("민간 파트너", "private partners"),
            sum(member.counts_as_private for member in facts.members),
            Severity.BLOCK,
        ),
        (
            "bodies.working_group_council_members_min",
            Both("협치회의 위원", "members of the council"),
            _standing_for(COUNCIL_MEMBER, facts),
            Severity.WARN,
        ),
        ("bodies.working_group_experts_min", Both("전문가", "experts"), _standing_for(EXPERT, facts), Severity.NOTE),
        (
            "bodies.working_group_proposers_min",
            Both("제안자", "proposers"),
            _standing_for(PROPOSER, facts),
            Severity.NOTE,
        ),
    )
    for key, name, count, severity in counts:
        least = view.number(key)
        if count < least:
            message = Both(
                f"워킹그룹에 {name.ko}: {count}명 (최소 {least}명).",
                f"The working group has {count} {name.en} (at least {least}).",
            )
            remedy = Both(f"{name.ko}를 함께할 사람으로 더해 주세요.", f"Add {name.en} to the group.")
            clause = view.clause("BODY-8", key)
            yield found("BODY-8", view, MEMBERS, message, remedy, severity=severity, clause=clause)


def mediation_committee(facts: BodyFacts, view: View) -> Results:
    """BODY-9: the mediation committee has at most so many members (P 5)."""
    yield from _at_most("BODY-9", "bodies.mediation_committee_max", Both("위원이", "members"), facts, view)


def evaluation_experts(facts: BodyFacts, view: View) -> Results:
    """BODY-11: at most so many outside experts judge quality (E)."""
    yield from _at_most(
        "BODY-11", "bodies.qualitative_experts_max", Both("외부전문가가", "outside experts"), facts, view
    )


def _at_most(rule: str, key: str, name: Both, facts: BodyFacts, view: View) -> Results:
    """Judge a greatest number of members; the Korean name carries its particle."""
    if not facts.members:
        yield nobody(rule)
        return
    most, count = view.number(key), len(facts.members)
    if count > most:
        message = Both(
            f"{name.ko}이 {count}명이에요 (최대 {most}명)."
            if rule == "BODY-9"
            else f"{name.ko}가 {count}명이에요 (최대 {most}명).",
            f"There are {count} {name.en} (at most {most}).",
        )
        remedy = Both(f"{count - most}명을 줄여 주세요.", f"Take {count - most} off.")
        yield found(rule, view, MEMBERS, message, remedy, clause=view.clause(rule, key))


def selection_committee(facts: BodyFacts, view: View) -> Results:
    """BODY-10: about seven people: governance and budget officers, a member of the democracy committee, experts (S)."""
    if not facts.members:
        yield nobody("BODY-10")
        return
    size, total = view.number("bodies.selection_committee_size"), len(facts.members)
    low, high = view.number("bodies.selection_committee_low"), view.number("bodies.selection_committee_high")
    if not low <= total <= high:
        message = Both(
            f"사업선정위원회가 {total}명이에요 ({size}명 내외: {low}~{high}명).",
            f"The selection committee has {total} members (about {size}: {low} to {high}).",
        )
        remedy = Both(f"{size}명 내외로 맞춰 주세요.", f"Bring it to about {size}.")
        yield found("BODY-10", view, MEMBERS, message, remedy)
    for part, name in OFFICES.items():
        yield from _office(_standing_for(part, facts), f"bodies.selection_{part}s", name, view)
    experts = _standing_for(EXPERT, facts)
    about = view.number("bodies.selection_experts_size")
    low, high = view.number("bodies.selection_experts_low"), view.number("bodies.selection_experts_high")
    if not low <= experts <= high:
        message = Both(
            f"외부 전문가가 {experts}명이에요 ({about}명 내외: {low}~{high}명).",
            f"There are {experts} outside experts (about {about}: {low} to {high}).",
        )
        remedy = Both(f"외부 전문가를 {about}명 내외로 맞춰 주세요.", f"Bring the outside experts to about {about}.")
        yield found("BODY-10", view, MEMBERS, message, remedy)


OFFICES = {
    GOVERNANCE_OFFICER: Both("서울협치담당관", "governance officers"),
    BUDGET_OFFICER: Both("숙의예산담당관", "deliberative-budget officers"),
    DEMOCRACY_MEMBER: Both("서울민주주의위원회 협치분과위원", "governance members of the Seoul democracy committee"),
}


def _office(count: int, key: str, name: Both, view: View) -> Iterator[Finding]:
    """Judge how many people of an office sit on the selection committee."""
    wanted = view.number(key)
    if count != wanted:
        message = Both(f"{name.ko}: {count}명 ({wanted}명이어야 해요).", f"There are {count} {name.en}, not {wanted}.")
        remedy = Both(f"{name.ko} {wanted}명을 앉혀 주세요.", f"Seat {wanted} of the {name.en}.")
        yield found("BODY-10", view, MEMBERS, message, remedy, clause=view.clause("BODY-10", key))


def _standing_for(part: str, facts: BodyFacts) -> int:
    """Return how many members stand for something."""
    return sum(part in member.stands_for for member in facts.members)


def focus_groups(facts: BodyFacts, view: View) -> Results:
    """BODY-12: nobody takes part in both focus-group interviews of a year (E)."""
    if not facts.members:
        yield nobody("BODY-12")
    elif not facts.other_round:
        yield NotJudged(
            "BODY-12", "그해의 다른 차수에 아직 아무도 없어요", "the other round of the year has nobody yet", MEMBERS
        )
    elif both := in_both_rounds(facts):
        message = Both(
            f"1차와 2차에 모두 들어 있는 사람이 {len(both)}명이에요.", f"In both rounds of the year: {len(both)}."
        )
        remedy = Both("한 사람은 한 해에 한 차수만 이야기해요.", "Let everyone take part in one round a year only.")
        yield found("BODY-12", view, MEMBERS, message, remedy)


def in_both_rounds(facts: BodyFacts) -> tuple[Seat, ...]:
    """Return the members who are in the other round of the year as well."""
    return tuple(one for one in facts.members if any(one.is_same_person(other) for other in facts.other_round))
