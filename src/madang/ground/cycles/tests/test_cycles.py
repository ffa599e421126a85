from __future__ import annotations

from datetime import date, datetime

import pytest

from madang.ground.audit.queries import history_of
from madang.ground.cycles.models import DistrictYear
from madang.ground.cycles.operations import enter_stage, join_cycle, open_cycle
from madang.ground.cycles.queries import deadline, steps
from madang.ground.cycles.states import Participation
from madang.ground.people.actors import SYSTEM
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder
from madang.ground.places.models import District, Dong

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(at) -> DistrictYear:
    cycle = open_cycle(planning_year=2020, actor=SYSTEM, at=at)
    return join_cycle(
        cycle=cycle,
        district=District.objects.get(slug="dobong"),
        participation=Participation.CARRYING_OUT,
        actor=SYSTEM,
        at=at,
    )


def test_the_city_opens_a_cycle_once_and_a_district_does_not(at):
    officer = holder(Role.CITY_OFFICER, at)
    first = open_cycle(planning_year=2020, actor=officer, at=at)
    assert open_cycle(planning_year=2020, actor=officer, at=at) == first
    with pytest.raises(NotAllowed):
        open_cycle(planning_year=2021, actor=holder(Role.SUPPORT_OFFICER, at), at=at)


def test_staff_move_their_own_district_from_stage_to_stage_and_the_log_says_who(at, year):
    officer = holder(Role.SUPPORT_OFFICER, at)
    enter_stage(year=year, stage="find", actor=officer, at=at)
    year.refresh_from_db()
    assert (year.state, year.state_since) == ("find", at.date())
    entry = history_of("cycles.districtyear", year.pk).first()
    assert (entry.actor_id, entry.before["state"], entry.after["state"]) == (officer.person_id, "discuss", "find")


@pytest.mark.parametrize(("role", "district"), [(Role.SUPPORT_OFFICER, "nowon"), (Role.COUNCIL_MEMBER, "dobong")])
def test_others_do_not_move_it(at, year, role, district):
    with pytest.raises(NotAllowed):
        enter_stage(year=year, stage="find", actor=holder(role, at, district=district), at=at)


def test_entering_the_stage_one_is_in_leaves_no_trace(at, year):
    before = history_of("cycles.districtyear", year.pk).count()
    enter_stage(year=year, stage="discuss", actor=holder(Role.SUPPORT_OFFICER, at), at=at)
    assert history_of("cycles.districtyear", year.pk).count() == before


def test_the_page_moves_the_stage_and_shows_it(client, at, year, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    client.force_login(holder(Role.SUPPORT_OFFICER, at).person)
    answer = client.post("/districts/dobong/year/stage/", {"stage": "merge"}, follow=True)
    assert "단계를 옮겼어요" in answer.content.decode()
    year.refresh_from_db()
    assert year.state == "merge"


def test_a_step_ends_at_midnight_in_korea_after_its_last_day(year):
    assert deadline(year.cycle, "submission") == datetime.fromisoformat("2020-07-11T00:00:00+09:00")
    assert [step.key for step in steps(year.cycle)][:3] == ["briefing", "application", "consulting"]
    with pytest.raises(KeyError):
        deadline(year.cycle, "no-such-step")


def test_the_dongs_of_a_day_are_those_that_existed_then():
    assert Dong.objects.on(date(2020, 6, 1)).count() == 424
    assert Dong.objects.on(date(2021, 6, 1)).count() == 425
