from __future__ import annotations

from datetime import date

import pytest

from madang.ground.bodies.models import Body, Member
from madang.ground.bodies.operations import Seat, UnableToSeat, found_body, seat_member
from madang.ground.bodies.states import BodyKind, MemberClass
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.places.models import District

pytestmark = pytest.mark.django_db
FIRST_DAY = date(2020, 1, 1)


@pytest.fixture
def staff(at):
    return holder(Role.SECRETARIAT, at)


def found(actor, at, name="환경분과"):
    district = District.objects.get(slug="dobong")
    return found_body(district=district, kind=BodyKind.SUBCOMMITTEE, name=name, since_on=FIRST_DAY, actor=actor, at=at)


def sit(body, actor, at, **others):
    seat = Seat("고은별", MemberClass.PRIVATE, **others)
    return seat_member(body=body, seat=seat, starts_on=FIRST_DAY, actor=actor, at=at)


def test_staff_found_a_body_and_seat_its_members(staff, at):
    body = found(staff, at)
    member = sit(body, staff, at, position="분과장")
    assert list(Member.objects.on(at.date())) == [member]
    assert (member.position, member.appointed, member.public_name) == ("분과장", True, "고○○")


@pytest.mark.parametrize("who", ["resident", "other district"])
def test_nobody_else_does(who, staff, at):
    stranger = resident(at) if who == "resident" else holder(Role.SECRETARIAT, at, district="nowon")
    with pytest.raises(NotAllowed):
        found(stranger, at)
    body = found(staff, at)
    with pytest.raises(NotAllowed):
        sit(body, stranger, at)
    assert not Member.objects.exists()


@pytest.mark.parametrize("name", ["", "  ", "환경분과", " 환경분과 "])
def test_a_body_needs_a_name_of_its_own(name, staff, at):
    found(staff, at)
    with pytest.raises(UnableToSeat):
        found(staff, at, name)
    assert Body.objects.count() == 1


def test_one_account_has_one_seat_at_a_time(staff, at):
    body = found(staff, at)
    person = resident(at).person
    sit(body, staff, at, person=person)
    with pytest.raises(UnableToSeat):
        sit(body, staff, at, person=person)
    assert Member.objects.count() == 1
