from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet

from madang.engines import rulebook
from madang.ground.bodies.models import Body, Member
from madang.ground.bodies.states import FOCUS_GROUPS, BodyKind, MemberClass, StandsFor
from madang.ground.people.models import Appointment
from madang.ground.places.models import District


def bodies_of(district: District, day: date) -> QuerySet[Body]:
    """Return the bodies a district has on a day, each with ``seats``, the number of its members on that day."""
    return _alive(Body.objects.filter(district=district), day)


def city_bodies(day: date) -> QuerySet[Body]:
    """Return the bodies the city has on a day, each with ``seats``."""
    return _alive(Body.objects.filter(district=None), day)


def _alive(bodies: QuerySet[Body], day: date) -> QuerySet[Body]:
    seated = Q(members__starts_on__lte=day) & (Q(members__ends_on=None) | Q(members__ends_on__gte=day))
    alive = Q(until_on=None) | Q(until_on__gte=day)
    return bodies.filter(alive, since_on__lte=day).annotate(seats=Count("members", filter=seated))


def council_of(district: District, day: date) -> Body | None:
    """Return the district's council on a day or, until it exists, the task force that acts for it (BODY-7)."""
    found = {body.kind: body for body in bodies_of(district, day).order_by("-since_on", "-id")}
    return found.get(BodyKind.COUNCIL) or found.get(BodyKind.TASK_FORCE)


def members_on(body: Body, day: date) -> list[Member]:
    """Return the members whose term covers a day, with their body and department."""
    return list(Member.objects.on(day).filter(body=body).select_related("body", "department"))


def member_facts(members: Iterable[Member]) -> tuple[rulebook.Member, ...]:
    """Return members as facts of a plan file for the rulebook, without their names."""
    return tuple(
        rulebook.Member(
            member_class=member.member_class,  # type: ignore[arg-type]
            elected=member.elected,
            appointed=member.appointed,
            gender=member.gender,  # type: ignore[arg-type]
        )
        for member in members
    )


def seat_facts(body: Body, members: Sequence[Member], day: date) -> tuple[rulebook.Seat, ...]:
    """Return members as facts for the rules of their body.

    Somebody of the administration comes from the department of the seat, else of an appointment; somebody with a seat
    on the council is a council member without being marked.
    """
    officials, councillors = _officials(body, members, day), _councillors(body, members, day)
    return tuple(
        rulebook.Seat(
            member_class=member.member_class,  # type: ignore[arg-type]
            elected=member.elected,
            appointed=member.appointed,
            gender=member.gender,  # type: ignore[arg-type]
            department=member.department_id is not None or _is_official(member, officials),
            stands_for=frozenset(member.stands_for)
            | ({StandsFor.COUNCIL_MEMBER.value} if member.person_id in councillors else set()),
            account=str(member.person_id or "") if body.kind in FOCUS_GROUPS else "",
            alias=_alias(member) if body.kind in FOCUS_GROUPS else "",
            starts_on=member.starts_on,
            ends_on=member.ends_on,
        )
        for member in members
    )


def other_round(body: Body) -> tuple[rulebook.Seat, ...]:
    """Return the people of the other round of focus groups in the year of this one, whatever their group (BODY-12)."""
    kind = FOCUS_GROUPS.get(BodyKind(body.kind))
    if kind is None:
        return ()
    people = Member.objects.filter(body__kind=kind, body__since_on__year=body.since_on.year)
    return seat_facts(body, list(people), body.since_on)


def _alias(member: Member) -> str:
    """Return by what somebody without an account is recognised: name and affiliation, without spaces."""
    return "".join(f"{member.name}|{member.affiliation}".casefold().split())


def _is_official(member: Member, officials: frozenset[int]) -> bool:
    return member.member_class == MemberClass.ADMINISTRATION and member.person_id in officials


def _officials(body: Body, members: Sequence[Member], day: date) -> frozenset[int]:
    """Return the people of a working group who answer for a department of the district on the day."""
    people = [member.person_id for member in members if member.person_id]
    if body.kind != BodyKind.WORKING_GROUP or not people:
        return frozenset()
    posts = Appointment.objects.on(day).filter(person__in=people, department__district=body.district_id)
    return frozenset(posts.values_list("person_id", flat=True))


def _councillors(body: Body, members: Sequence[Member], day: date) -> frozenset[int | None]:
    """Return the people of a working group who sit on the council of the district on the day."""
    people = [member.person_id for member in members if member.person_id]
    if body.kind != BodyKind.WORKING_GROUP or not people:
        return frozenset()
    seats = Member.objects.on(day).filter(
        body__kind=BodyKind.COUNCIL, body__district=body.district_id, person__in=people
    )
    return frozenset(seats.values_list("person_id", flat=True))
