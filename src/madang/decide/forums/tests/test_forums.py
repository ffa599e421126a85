from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.decide.forums import operations, queries
from madang.decide.forums.models import Forum
from madang.decide.forums.states import COUNTED, Dimension
from madang.ground.audit.queries import history_of
from madang.ground.cycles.models import Cycle
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.places.models import District, Dong
from madang.ground.workflow import UnableToMove

pytestmark = pytest.mark.django_db

GOOD = {
    "origin": {"residents": 30, "administration": 4},
    "gender": {"female": 18, "male": 15, "unknown": 1},
    "age": {"20s": 10, "30s": 10, "60s": 14},
}


@pytest.fixture
def officer(at):
    return holder(Role.SUPPORT_OFFICER, at)


def planned(at, actor, district="dobong", **changes) -> Forum:
    fields = {
        "district": District.objects.get(slug=district),
        "cycle": Cycle.objects.get_or_create(planning_year=2020)[0],
        "kind": "dong",
        "title": "골목을 걸어요",
        "place": "쌍문2동 주민센터",
        "starts_at": at - timedelta(hours=3),
        "ends_at": at - timedelta(hours=1),
    }
    return operations.plan_forum(**{**fields, **changes}, actor=actor, at=at)


def recorded(forum, actor, at, **changes) -> Forum:
    return operations.record_forum(
        **{"forum": forum, "counts": GOOD, "outcome": "불을 더 켜기로 했다.", **changes}, actor=actor, at=at
    )


def test_a_support_officer_plans_and_records_a_forum(at, officer):
    forum = recorded(planned(at, officer), officer, at)
    forum.refresh_from_db()
    assert (forum.state, queries.total_people(forum)) == ("recorded", 34)
    assert [row.people for row in queries.people_at(forum)["gender"]] == [18, 15, 1]
    assert history_of("forums.forum", forum.pk).first().actor_id == officer.person_id


@pytest.mark.parametrize("role", [None, Role.COUNCIL_MEMBER, Role.DEPARTMENT_OFFICER, Role.CITY_OFFICER])
def test_nobody_but_the_districts_staff_plans_or_records(at, officer, role):
    other = resident(at) if role is None else holder(role, at)
    forum = planned(at, officer)
    with pytest.raises(NotAllowed):
        planned(at, other)
    with pytest.raises(NotAllowed):
        recorded(forum, other, at)
    forum.refresh_from_db()
    assert forum.state == "planned"


def test_an_officer_of_another_district_is_refused(at, officer):
    with pytest.raises(NotAllowed, match="다른 구"):
        recorded(planned(at, officer), holder(Role.SUPPORT_OFFICER, at, district="nowon"), at)


def test_a_forum_that_has_not_begun_is_not_recorded(at, officer):
    forum = planned(at, officer, starts_at=at + timedelta(days=1), ends_at=at + timedelta(days=1, hours=2))
    with pytest.raises(operations.UnableToRecordForum, match="아직 시작하지"):
        recorded(forum, officer, at)


def test_a_forum_is_recorded_once(at, officer):
    forum = recorded(planned(at, officer), officer, at)
    with pytest.raises(UnableToMove):
        recorded(forum, officer, at)
    assert forum.counts.filter(dimension="origin").count() == 2


def test_a_record_whose_sums_differ_is_refused_at_its_place_and_leaves_nothing(at, officer):
    forum = planned(at, officer)
    with pytest.raises(operations.UnableToRecordForum, match="성별 합계가 33명") as refusal:
        recorded(forum, officer, at, counts={**GOOD, "gender": {"female": 18, "male": 15}})
    assert refusal.value.field == "gender_female"
    forum.refresh_from_db()
    assert (forum.state, forum.counts.count()) == ("planned", 0)


def test_an_empty_forum_or_an_empty_outcome_is_refused(at, officer):
    forum = planned(at, officer)
    with pytest.raises(operations.UnableToRecordForum, match="한 사람도"):
        recorded(forum, officer, at, counts={})
    with pytest.raises(operations.UnableToRecordForum, match="결과"):
        recorded(forum, officer, at, outcome="  ")


def test_a_forum_cannot_end_before_it_begins_or_sit_in_a_dong_of_another_district(at, officer):
    with pytest.raises(operations.UnableToPlanForum) as refusal:
        planned(at, officer, ends_at=at - timedelta(hours=4))
    assert refusal.value.field == "ends_at"
    elsewhere = Dong.objects.filter(district__slug="nowon").first()
    with pytest.raises(operations.UnableToPlanForum, match="이 구의 동"):
        planned(at, officer, dong=elsewhere)


def test_a_cancelled_forum_keeps_its_reason_and_cannot_be_recorded(at, officer):
    forum = planned(at, officer)
    operations.cancel_forum(forum=forum, reason="비가 많이 와요", actor=officer, at=at)
    with pytest.raises(UnableToMove):
        recorded(forum, officer, at)
    assert forum.outcome == "비가 많이 와요"


def test_a_held_forum_waits_for_the_staff_of_its_district_only(at, officer):
    planned(at, officer)
    place = District.objects.get(slug="dobong")
    assert [item.title for item in queries.waiting_for(officer, place, at.date())] == [
        "골목을 걸어요 결과를 적어 주세요"
    ]
    assert queries.waiting_for(resident(at), place, at.date()) == []


@given(st.dictionaries(st.sampled_from([key for key, _label in COUNTED[Dimension.AGE]]), st.integers(0, 500)))
def test_counts_pass_exactly_when_every_dimension_adds_up(age):
    people = sum(age.values())
    counts = {"origin": {"residents": people}, "gender": {"female": people}, "age": age}
    assert operations.check_counts(counts) == people
    counts["gender"] = {"female": people + 1}
    with pytest.raises(operations.UnableToRecordForum):
        operations.check_counts(counts)


def test_the_list_takes_as_many_queries_with_thirty_forums_as_with_three(
    client, at, officer, settings, django_assert_max_num_queries
):
    settings.MADANG_DAY = date(2020, 5, 21)
    for _number in range(30):
        recorded(planned(at, officer), officer, at)
    with django_assert_max_num_queries(8):
        page = client.get("/districts/dobong/forums/")
    assert page.content.decode().count("골목을 걸어요") == 30


def test_the_form_keeps_what_was_typed_and_points_to_the_wrong_box(client, at, officer, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    forum = planned(at, officer, starts_at=at - timedelta(days=1), ends_at=at - timedelta(hours=20))
    client.force_login(officer.person)
    page = client.post(
        f"/districts/dobong/forums/{forum.pk}/record/",
        {"origin_residents": "30", "gender_female": "29", "age_20s": "30", "outcome": "<script>불</script>"},
    )
    text = page.content.decode()
    assert "성별 합계가 29명이에요" in text
    assert "&lt;script&gt;불" in text
    assert "<script>불" not in text
