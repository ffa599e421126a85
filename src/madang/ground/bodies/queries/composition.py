from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from madang.engines import rulebook
from madang.engines.rulebook import shares
from madang.ground.bodies.models import Body, Member
from madang.ground.bodies.queries.seats import members_on, other_round, seat_facts
from madang.ground.bodies.states import BodyKind, Gender, MemberClass


@dataclass(frozen=True, slots=True)
class Share:
    """A share that a rule watches: ``part`` of ``whole`` people against ``limit`` percent, a floor or a ceiling.

    ``room`` is by how many people it is on the good side; negative when it breaks the limit.
    """

    rule: str
    clause: str
    kind: str
    part: int
    whole: int
    percent: str | None
    limit: int
    floor: bool
    room: int

    @property
    def short(self) -> int:
        """Return by how many people the limit is broken."""
        return max(0, -self.room)


@dataclass(frozen=True, slots=True)
class Composition:
    """Who sits on a body on a day, in numbers, and the rulebook's judgement; None where its kind has no rule.

    ``required`` are the numbers of people that the rules ask for, ``in_both_rounds`` who overlaps (BODY-12).
    """

    day: date
    total: int
    private: int
    appointed: int
    by_class: tuple[tuple[MemberClass, int], ...]
    by_gender: tuple[tuple[Gender, int, int], ...]
    shares: tuple[Share, ...]
    judgement: rulebook.Judgement | None
    required: tuple[rulebook.Required, ...] = ()
    in_both_rounds: tuple[Member, ...] = ()
    members: tuple[Member, ...] = ()

    @property
    def findings(self) -> tuple[rulebook.Finding, ...]:
        """Return what the rulebook found about the composition."""
        return self.judgement.findings if self.judgement else ()

    @property
    def not_judged(self) -> tuple[rulebook.NotJudged, ...]:
        """Return the rules that were not judged, and why."""
        return self.judgement.not_judged if self.judgement else ()

    @property
    def blocking(self) -> tuple[rulebook.Finding, ...]:
        """Return the findings that block."""
        return tuple(found for found in self.findings if found.severity is rulebook.Severity.BLOCK)


def rules_of(body: Body) -> tuple[str, ...]:
    """Return the rules of composition of a body's kind; none where the guide has none."""
    return tuple(rulebook.BODY_JUDGES.get(BodyKind(body.kind).value, ()))  # type: ignore[call-overload]


def composition(
    body: Body, day: date, *, step: rulebook.CouncilStep = "planning", changed: Member | None = None
) -> Composition:
    """Return who sits on a body on a day in numbers, judged by the rulebook of that day where its kind has rules.

    ``changed`` is a seat as it would be: it stands in the place of the stored one, or is added where it is new.
    """
    members = members_on(body, day)
    if changed is not None:
        members = [member for member in members if member.pk != changed.pk]
        members += [changed] if changed.starts_on <= day and (not changed.ends_on or changed.ends_on >= day) else []
    view = rulebook.on(day, body.district.name if body.district else "")
    seats = seat_facts(body, members, day)
    ruled = bool(rules_of(body))
    facts = rulebook.BodyFacts(body.kind, seats, other_round(body), step)  # type: ignore[arg-type]
    classes = Counter(member.member_class for member in members)
    genders = Counter(member.gender for member in members)
    appointed = Counter(member.gender for member in members if member.appointed)
    both = rulebook.in_both_rounds(facts)
    return Composition(
        day,
        len(members),
        sum(seat.counts_as_private for seat in seats),
        appointed.total(),
        tuple((of, classes[of]) for of in MemberClass),
        tuple((of, genders[of], appointed[of]) for of in Gender),
        tuple(_shares(facts, view)) if members else (),
        rulebook.judge_body(facts, view) if ruled else None,
        rulebook.required(facts, view) if members else (),
        tuple(member for member, seat in zip(members, seats, strict=True) if seat in both),
        tuple(members),
    )


def _shares(facts: rulebook.BodyFacts, view: rulebook.View) -> Iterable[Share]:
    """Yield how far a council is from each limit of BODY-1, 3 and 4, and a subcommittee from those of BODY-5."""
    seats = facts.members
    if facts.kind == "council":
        appointed = [seat for seat in seats if seat.appointed]
        women = sum(seat.gender == "female" for seat in seats)
        yield _private("BODY-1", "bodies.private_share_min", seats, view)
        yield from _genders("BODY-3", "bodies.gender_share_max", "appointed", appointed, view)
        yield _floor("BODY-4", "women", women, len(seats), view, "bodies.women_share_min")
    elif facts.kind == "subcommittee":
        yield _private("BODY-5", "bodies.subcommittee_private_share_min", seats, view)
        yield from _genders("BODY-5", "bodies.subcommittee_gender_share_max", "all", seats, view)


def _private(rule: str, key: str, seats: Sequence[rulebook.Seat], view: rulebook.View) -> Share:
    return _floor(rule, "private", sum(seat.counts_as_private for seat in seats), len(seats), view, key)


def _genders(rule: str, key: str, of: str, seats: Sequence[rulebook.Seat], view: rulebook.View) -> Iterable[Share]:
    limit = view.number(key)
    for gender in ("female", "male"):
        count = sum(seat.gender == gender for seat in seats)
        room = shares.largest_beside(len(seats), limit) - count
        printed = shares.percent(count, len(seats), limit)
        yield Share(rule, view.rules[rule].clause, f"{of}_{gender}", count, len(seats), printed, limit, False, room)


def _floor(rule: str, kind: str, part: int, whole: int, view: rulebook.View, key: str) -> Share:
    limit = view.number(key)
    needed = -(-whole * limit // shares.WHOLE)
    printed = shares.percent(part, whole, limit)
    return Share(rule, view.rules[rule].clause, kind, part, whole, printed, limit, True, part - needed)
