from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from madang.engines import rulebook
from madang.engines.rulebook import shares
from madang.ground.bodies.models import Body, Meeting, Member, Motion
from madang.ground.bodies.states import Ballot, BodyKind, Gender, MemberClass
from madang.ground.places.models import District

RULED_KINDS = frozenset({BodyKind.COUNCIL})


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
    """Who sits on a body on a day, in numbers, and the rulebook's judgement; None where no rule applies."""

    day: date
    total: int
    private: int
    appointed: int
    by_class: tuple[tuple[MemberClass, int], ...]
    by_gender: tuple[tuple[Gender, int, int], ...]
    shares: tuple[Share, ...]
    judgement: rulebook.Judgement | None

    @property
    def findings(self) -> tuple[rulebook.Finding, ...]:
        """Return what the rulebook found about the composition."""
        return self.judgement.findings if self.judgement else ()

    @property
    def blocking(self) -> tuple[rulebook.Finding, ...]:
        """Return the findings that block."""
        return tuple(found for found in self.findings if found.severity is rulebook.Severity.BLOCK)


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on a motion; ``present`` is how many could vote, ``silent`` how many of them have not."""

    present: int
    yes: int
    no: int
    abstain: int

    @property
    def silent(self) -> int:
        return self.present - self.yes - self.no - self.abstain

    @property
    def carried(self) -> bool:
        """Say whether a majority of those present is in favour (BODY-13)."""
        return is_majority(self.yes, self.present)


def is_majority(part: int, whole: int) -> bool:
    """Say whether a part is more than half of a whole (과반수)."""
    return part * 2 > whole


def majority_of(whole: int) -> int:
    """Return the smallest number that is a majority of a whole."""
    return whole // 2 + 1


def bodies_of(district: District, day: date) -> QuerySet[Body]:
    """Return the bodies a district has on a day, each with ``seats``, the number of its members on that day."""
    seated = Q(members__starts_on__lte=day) & (Q(members__ends_on=None) | Q(members__ends_on__gte=day))
    alive = Q(until_on=None) | Q(until_on__gte=day)
    return Body.objects.filter(alive, district=district, since_on__lte=day).annotate(
        seats=Count("members", filter=seated)
    )


def council_of(district: District, day: date) -> Body | None:
    """Return the district's council on a day or, until it exists, the task force that acts for it (BODY-7)."""
    found = {body.kind: body for body in bodies_of(district, day).order_by("-since_on", "-id")}
    return found.get(BodyKind.COUNCIL) or found.get(BodyKind.TASK_FORCE)


def members_on(body: Body, day: date) -> list[Member]:
    """Return the members whose term covers a day, with their body."""
    return list(Member.objects.on(day).filter(body=body).select_related("body"))


def member_facts(members: Iterable[Member]) -> tuple[rulebook.Member, ...]:
    """Return members as facts for the rulebook, without their names."""
    return tuple(
        rulebook.Member(
            member_class=member.member_class,  # type: ignore[arg-type]
            elected=member.elected,
            appointed=member.appointed,
            gender=member.gender,  # type: ignore[arg-type]
        )
        for member in members
    )


def composition(body: Body, day: date) -> Composition:
    """Return who sits on a body on a day in numbers, judged by the rulebook of that day where the body is ruled."""
    members = members_on(body, day)
    facts = member_facts(members)
    place = body.district.name if body.district else ""
    view = rulebook.on(day, place) if body.kind in RULED_KINDS else None
    classes = Counter(member.member_class for member in members)
    genders = Counter(member.gender for member in members)
    appointed = Counter(member.gender for member in members if member.appointed)
    return Composition(
        day,
        len(members),
        sum(member.counts_as_private for member in facts),
        appointed.total(),
        tuple((of, classes[of]) for of in MemberClass),
        tuple((of, genders[of], appointed[of]) for of in Gender),
        tuple(_shares(facts, view)) if view and members else (),
        rulebook.judge_members(facts, view) if view else None,
    )


def _shares(facts: tuple[rulebook.Member, ...], view: rulebook.View) -> Iterable[Share]:
    """Yield how far the council is from each limit of BODY-1, 3 and 4."""
    appointed = [member for member in facts if member.appointed]
    private = sum(member.counts_as_private for member in facts)
    women = sum(member.gender == "female" for member in facts)
    yield _floor("BODY-1", "private", private, len(facts), view, "bodies.private_share_min")
    for gender in ("female", "male"):
        count = sum(member.gender == gender for member in appointed)
        limit = view.number("bodies.gender_share_max")
        room = shares.largest_beside(len(appointed), limit) - count
        printed = shares.percent(count, len(appointed), limit)
        clause = view.rules["BODY-3"].clause
        yield Share("BODY-3", clause, f"appointed_{gender}", count, len(appointed), printed, limit, False, room)
    yield _floor("BODY-4", "women", women, len(facts), view, "bodies.women_share_min")


def _floor(rule: str, kind: str, part: int, whole: int, view: rulebook.View, key: str) -> Share:
    limit = view.number(key)
    needed = -(-whole * limit // shares.WHOLE)
    printed = shares.percent(part, whole, limit)
    return Share(rule, view.rules[rule].clause, kind, part, whole, printed, limit, True, part - needed)


def meeting_day(meeting: Meeting) -> date:
    """Return the day in Korea on which a meeting is held."""
    return timezone.localdate(meeting.held_at)


def tally(motion: Motion) -> Tally:
    """Return how the votes on a motion stand among the members present."""
    votes = Counter(motion.votes.values_list("ballot", flat=True))
    present = motion.meeting.present.count()
    return Tally(present, votes[Ballot.YES], votes[Ballot.NO], votes[Ballot.ABSTAIN])
