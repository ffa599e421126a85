from __future__ import annotations

from datetime import date, datetime

from madang.ground.audit.operations import ActsInLog, operation
from madang.ground.people.models import Appointment, Department, Person
from madang.ground.people.roles import Role
from madang.ground.places.models import District, Dong


def register_person(
    *,
    email: str,
    name: str,
    actor: ActsInLog | None,
    at: datetime,
    language: str = "ko",
    dong: Dong | None = None,
) -> Person:
    """Add a person who can sign in by e-mail code; an address that is known returns the person who has it."""
    with operation("people.register", actor=actor, at=at):
        known = Person.objects.filter(email=email.lower()).first()
        return known or Person.objects.create_user(email=email, name=name, language=language, dong=dong)


def add_department(*, district: District, name: str, actor: ActsInLog | None, at: datetime) -> Department:
    """Add a department to a district's administration; a name that is known gives the department that has it."""
    with operation("people.add_department", actor=actor, at=at):
        return Department.objects.get_or_create(district=district, name=name)[0]


def appoint(
    *,
    person: Person,
    role: Role,
    district: District | None,
    starts_on: date,
    actor: ActsInLog | None,
    at: datetime,
    department: Department | None = None,
    ends_on: date | None = None,
) -> Appointment:
    """Appoint a person to a role in a district (or in the city) from a first to a last day."""
    with operation("people.appoint", actor=actor, at=at):
        return Appointment.objects.create(
            person=person, role=role, district=district, department=department, starts_on=starts_on, ends_on=ends_on
        )
