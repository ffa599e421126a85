"""Pieces that tests of later rooms need: a council that keeps the rules, and one that does not."""

from __future__ import annotations

from datetime import date

from madang.ground.bodies.models import Body, Member
from madang.ground.bodies.states import BodyKind, Gender, MemberClass
from madang.ground.people.models import Person
from madang.ground.places.models import District


def council(
    *, private: int = 8, administration: int = 2, women: int = 5, district: str = "dobong", kind: str = BodyKind.COUNCIL
) -> Body:
    """Return a council of appointed members: the private ones first, the first ``women`` of all being women."""
    place = District.objects.get(slug=district)
    body = Body.objects.create(
        kind=kind, district=place, name=f"{place.name} {BodyKind(kind).label}", since_on=date(2019, 1, 1)
    )
    for number in range(private + administration):
        Member.objects.create(
            body=body,
            name=f"위원{number + 1}",
            member_class=MemberClass.PRIVATE if number < private else MemberClass.ADMINISTRATION,
            gender=Gender.FEMALE if number < women else Gender.MALE,
            starts_on=date(2020, 1, 1),
        )
    return body


def seat(body: Body, person: Person | None) -> Member:
    """Give the first free seat of a body to a person."""
    member = body.members.filter(person=None).order_by("id").first()
    assert member is not None
    member.person = person
    member.save()
    return member


def empty_body(
    kind: str, *, district: str | None = "dobong", name: str = "", since_on: date = date(2020, 1, 1)
) -> Body:
    """Return a body without members; a city's one without a district."""
    place = District.objects.get(slug=district) if district else None
    return Body.objects.create(kind=kind, district=place, name=name or str(BodyKind(kind).label), since_on=since_on)


def sit(body: Body, count: int = 1, **columns: object) -> list[Member]:
    """Seat people on a body without asking any rule; private women unless told otherwise."""
    standard = {"member_class": MemberClass.PRIVATE, "gender": Gender.FEMALE, "starts_on": date(2020, 1, 1)}
    first = body.members.count() + 1
    return [
        Member.objects.create(**{"body": body, "name": f"사람{number}", **standard, **columns})
        for number in range(first, first + count)
    ]
