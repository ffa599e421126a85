"""Pieces that tests of every room need: people with a role in a district."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count

from madang.ground.people.actors import SYSTEM, Actor, actor_for
from madang.ground.people.models import Department
from madang.ground.people.operations import appoint, register_person
from madang.ground.people.roles import CITY_ROLES, Role
from madang.ground.places.models import District

_numbers = count(1)


def resident(at: datetime, name: str = "김이웃") -> Actor:
    """Return a signed-in person without any appointment."""
    address = f"person{next(_numbers)}@madang.example"
    return actor_for(register_person(email=address, name=name, actor=SYSTEM, at=at), at)


def holder(role: Role, at: datetime, *, district: str = "dobong", department: str = "", name: str = "한담당") -> Actor:
    """Return a person who holds a role in a district (or in the city) on the day of ``at``."""
    person = resident(at, name).person
    assert person is not None
    place = None if role in CITY_ROLES else District.objects.get(slug=district)
    office = Department.objects.get_or_create(district=place, name=department)[0] if department and place else None
    appoint(
        person=person, role=role, district=place, department=office, starts_on=date(2020, 1, 1), actor=SYSTEM, at=at
    )
    return actor_for(person, at)
