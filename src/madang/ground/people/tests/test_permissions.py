from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from madang.ground.people.actors import NOBODY, SYSTEM, actor_for
from madang.ground.people.operations import appoint
from madang.ground.people.permissions import Who, declared, may, register
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.places.models import District

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _table():
    register({"test.merge": Who.of(Role.SUPPORT_OFFICER), "test.secret": Who.of(Role.SUPPORT_OFFICER, hidden=True)})


def of(district: str) -> SimpleNamespace:
    return SimpleNamespace(district_id=District.objects.get(slug=district).pk)


def test_an_action_that_no_table_declares_is_refused_to_everybody_but_the_system(at):
    assert not may(holder(Role.ADMINISTRATOR, at), "test.undeclared")
    assert "test.undeclared" not in declared()


def test_a_role_counts_in_its_own_district_only(at):
    officer = holder(Role.SUPPORT_OFFICER, at, district="dobong")
    assert may(officer, "test.merge", of("dobong"))
    answer = may(officer, "test.merge", of("nowon"))
    assert not answer
    assert "다른 구" in str(answer.reason)


def test_nobody_and_a_resident_are_told_why(at):
    assert "로그인" in str(may(NOBODY, "test.merge").reason)
    assert "협치지원관" in str(may(resident(at), "test.merge").reason)


def test_a_hidden_refusal_says_so(at):
    assert may(resident(at), "test.secret").hidden


def test_a_role_ends_with_its_term(at):
    officer = resident(at)
    place = District.objects.get(slug="dobong")
    appoint(
        person=officer.person,
        role=Role.SUPPORT_OFFICER,
        district=place,
        starts_on=date(2020, 1, 1),
        ends_on=at.date(),
        actor=SYSTEM,
        at=at,
    )
    assert may(actor_for(officer.person, at), "test.merge", place_subject(place))
    assert not may(actor_for(officer.person, at + timedelta(days=1)), "test.merge", place_subject(place))


def place_subject(place: District) -> SimpleNamespace:
    return SimpleNamespace(district_id=place.pk)


def test_declaring_an_action_differently_a_second_time_is_an_error():
    with pytest.raises(ValueError, match="twice"):
        register({"test.merge": Who.anyone()})
