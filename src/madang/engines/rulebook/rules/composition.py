"""Composition of the bodies beside the council: BODY-5, 6 and 8 to 12, judged from who sits on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..body_facts import BodyFacts, Seat
from ..findings import MEMBERS, Finding, Measure, NotJudged
from ..shares import falls_short, percent
from ..view import View
from .bodies import one_sided, unknown_gender
from .required import Required, required
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
    size, total = view.number("bodies.task_force_size"), len(facts.members)
    for one in required(facts, view):
        if not one.met:
            message = Both(
                f"TFT가 {total}명이에요. 안내서는 {size}명 내외를 권해요.",
                f"The task force has {total} people; the guide recommends about {size}.",
            )
            remedy = Both(
                "긴밀하게 논의할 수 있는 크기인지 살펴봐 주세요.", "See whether it is small enough to talk closely."
            )
            yield found("BODY-6", view, MEMBERS, message, remedy, clause=one.clause)


def not_of_a_task_force(rule: str) -> Callable[[BodyFacts, View], Results]:
    """Return the judge of a council's rule that does not hold for a task force (BODY-6)."""

    def judge(_facts: BodyFacts, _view: View) -> Results:
        yield NotJudged(rule, "민·관 합동 TFT에는 묻지 않는 규칙이에요", "is not asked of a task force", MEMBERS)

    return judge


def people_required(rule: str) -> Callable[[BodyFacts, View], Results]:
    """Return the judge of a rule that asks for numbers of people: BODY-8 to 11."""

    def judge(facts: BodyFacts, view: View) -> Results:
        if not facts.members:
            yield nobody(rule)
            return
        for one in required(facts, view):
            if not one.met:
                message = Both(
                    f"{one.name.ko}: {one.count}명 ({one.wanted.ko}).", f"{one.name.en}: {one.count} ({one.wanted.en})."
                )
                remedy = _remedy(one)
                yield found(rule, view, MEMBERS, message, remedy, severity=one.severity, clause=one.clause)

    return judge


working_group = people_required("BODY-8")
mediation_committee = people_required("BODY-9")
selection_committee = people_required("BODY-10")
evaluation_experts = people_required("BODY-11")


def _remedy(one: Required) -> Both:
    """Return how a number of people is mended."""
    if one.low is not None and one.count < one.low:
        more = one.low - one.count
        return Both(f"{more}명을 더해 주세요.", f"Add {more}.")
    fewer = one.count - (one.high or 0)
    return Both(f"{fewer}명을 줄여 주세요.", f"Take {fewer} off.")


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
