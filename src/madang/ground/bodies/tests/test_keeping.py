"""Bodies of the city and of a district, their seats and the ordinance: who keeps them, what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from madang.ground.bodies import operations
from madang.ground.bodies.models import Body, Member, Ordinance
from madang.ground.bodies.operations import OrdinanceText, Seat, UnableToKeepOrdinance, UnableToSeat
from madang.ground.bodies.states import CITY_KINDS, DISTRICT_KINDS, BodyKind, MemberClass, Proportion, StandsFor
from madang.ground.bodies.testing import council, empty_body, sit
from madang.ground.people.models import Department
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.places.models import District

pytestmark = pytest.mark.django_db
DAY = date(2020, 5, 21)


@pytest.fixture(autouse=True)
def _day(settings) -> None:
    settings.MADANG_DAY = DAY


@pytest.fixture
def city(at):
    return holder(Role.CITY_OFFICER, at)


@pytest.fixture
def staff(at):
    return holder(Role.SECRETARIAT, at)


def found(kind, actor, at, district=None, **others):
    values = {"name": "새 기구", "since_on": DAY, **others}
    return operations.found_body(district=district, kind=kind, actor=actor, at=at, **values)


def dobong() -> District:
    return District.objects.get(slug="dobong")


def test_the_city_keeps_its_bodies_and_a_district_its_own(city, staff, at) -> None:
    body = found(BodyKind.MEDIATION_COMMITTEE, city, at)
    assert body.district is None
    with pytest.raises(NotAllowed):
        found(BodyKind.MEDIATION_COMMITTEE, staff, at, name="다른 위원회")
    with pytest.raises(NotAllowed):
        found(BodyKind.WORKING_GROUP, city, at, dobong())
    with pytest.raises(NotAllowed):
        operations.seat_member(body=body, seat=Seat("누구", MemberClass.PRIVATE), starts_on=DAY, actor=staff, at=at)
    with pytest.raises(NotAllowed):
        operations.call_meeting(body=body, title="회의", place="시청", held_at=at, actor=staff, at=at)
    assert Body.objects.count() == 1


@pytest.mark.parametrize("role", [Role.MEDIATOR, Role.BUDGET_OFFICER, Role.EVALUATOR, Role.ADMINISTRATOR])
def test_nobody_else_of_the_city_keeps_them(role, at) -> None:
    with pytest.raises(NotAllowed):
        found(BodyKind.MEDIATION_COMMITTEE, holder(role, at), at)


def test_a_kind_stays_where_it_belongs(city, staff, at) -> None:
    for kind in DISTRICT_KINDS:
        with pytest.raises(UnableToSeat):
            found(kind, city, at)
    for kind in CITY_KINDS:
        with pytest.raises(UnableToSeat):
            found(kind, staff, at, dobong())
    assert not Body.objects.exists()


def test_the_city_has_a_name_once_for_each_kind(city, at) -> None:
    found(BodyKind.FOCUS_GROUP_FIRST, city, at)
    found(BodyKind.FOCUS_GROUP_SECOND, city, at)
    with pytest.raises(UnableToSeat):
        found(BodyKind.FOCUS_GROUP_SECOND, city, at)


def seat(body, actor, at, name="새사람", starts_on=DAY, **others):
    one = Seat(name, MemberClass.PRIVATE, **others)
    return operations.seat_member(body=body, seat=one, starts_on=starts_on, actor=actor, at=at)


@pytest.mark.parametrize(("kind", "most"), [(BodyKind.MEDIATION_COMMITTEE, 10), (BodyKind.EVALUATION_EXPERTS, 5)])
def test_the_last_seat_is_given_and_one_more_is_refused(city, at, kind, most) -> None:
    body = empty_body(kind, district=None)
    sit(body, most - 1)
    seat(body, city, at)
    with pytest.raises(UnableToSeat) as refused:
        seat(body, city, at)
    assert f"{most}명" in str(refused.value)
    assert body.members.count() == most


def test_a_later_seat_counts_for_a_term_that_reaches_it(city, at) -> None:
    body = empty_body(BodyKind.EVALUATION_EXPERTS, district=None)
    sit(body, 5, starts_on=date(2020, 9, 1))
    with pytest.raises(UnableToSeat):
        seat(body, city, at)
    one = Seat("먼저", MemberClass.PRIVATE)
    operations.seat_member(body=body, seat=one, starts_on=DAY, ends_on=date(2020, 8, 31), actor=city, at=at)
    assert body.members.count() == 6


def test_somebody_of_the_first_round_does_not_sit_in_the_second(city, at) -> None:
    first = empty_body(BodyKind.FOCUS_GROUP_FIRST, district=None)
    second = empty_body(BodyKind.FOCUS_GROUP_SECOND, district=None, since_on=date(2020, 5, 1))
    person = resident(at).person
    seat(first, city, at, person=person)
    with pytest.raises(UnableToSeat) as refused:
        seat(second, city, at, person=person)
    assert "1차와 2차" in str(refused.value)
    seat(second, city, at, name="다른사람")
    assert second.members.count() == 1


def test_adding_in_any_order_is_free_where_shares_are_asked(staff, at) -> None:
    group = found(BodyKind.SUBCOMMITTEE, staff, at, dobong())
    one = Seat("담당", MemberClass.ADMINISTRATION)
    operations.seat_member(body=group, seat=one, starts_on=DAY, actor=staff, at=at)
    assert group.members.count() == 1


def test_a_seat_is_corrected_and_ended(staff, at) -> None:
    group = found(BodyKind.WORKING_GROUP, staff, at, dobong())
    office = Department.objects.create(district=dobong(), name="환경과")
    member = seat(group, staff, at)
    changed = Seat("새사람", MemberClass.ADMINISTRATION, department=office, stands_for=(StandsFor.EXPERT,))
    operations.change_seat(member=member, seat=changed, starts_on=DAY, ends_on=date(2020, 12, 31), actor=staff, at=at)
    member.refresh_from_db()
    assert (member.department, member.stands_for, member.ends_on) == (office, ["expert"], date(2020, 12, 31))
    stranger = holder(Role.SECRETARIAT, at, district="mapo")
    with pytest.raises(NotAllowed):
        operations.change_seat(member=member, seat=changed, starts_on=DAY, actor=stranger, at=at)


def test_a_department_of_another_district_is_refused(staff, at) -> None:
    office = Department.objects.create(district=District.objects.get(slug="mapo"), name="환경과")
    group = found(BodyKind.WORKING_GROUP, staff, at, dobong())
    with pytest.raises(UnableToSeat):
        seat(group, staff, at, department=office)


def keep(actor, at, **others) -> Ordinance:
    text = OrdinanceText(**{"title": "도봉구 조례", "enacted_on": date(2019, 1, 1), **others})
    return operations.keep_ordinance(district=dobong(), text=text, actor=actor, at=at)


def test_an_ordinance_is_recorded_corrected_and_amended(staff, at) -> None:
    keep(staff, at, size_max=30)
    keep(staff, at, size_max=25)
    keep(staff, at, enacted_on=DAY, size_max=20, present=Proportion.HALF)
    assert list(Ordinance.objects.values_list("enacted_on", "size_max")) == [(DAY, 20), (date(2019, 1, 1), 25)]


@pytest.mark.parametrize("wrong", [{"title": "  "}, {"enacted_on": date(2020, 5, 22)}, {"size_min": 10, "size_max": 9}])
def test_an_ordinance_that_makes_no_sense_is_refused(staff, at, wrong) -> None:
    with pytest.raises(UnableToKeepOrdinance):
        keep(staff, at, **wrong)
    assert not Ordinance.objects.exists()


@pytest.mark.parametrize("role", [Role.COUNCIL_CHAIR, Role.DEPARTMENT_OFFICER, Role.CITY_OFFICER])
def test_only_the_districts_staff_records_it(role, at) -> None:
    with pytest.raises(NotAllowed):
        keep(holder(role, at), at)
    with pytest.raises(NotAllowed):
        keep(holder(Role.SECRETARIAT, at, district="mapo"), at)


def test_a_body_ends_on_its_day_and_keeps_its_records(staff, at) -> None:
    group = found(BodyKind.TASK_FORCE, staff, at, dobong())
    with pytest.raises(UnableToSeat):
        operations.end_body(body=group, until_on=date(2020, 5, 20), actor=staff, at=at)
    operations.end_body(body=group, until_on=DAY, actor=staff, at=at)
    group.refresh_from_db()
    assert group.until_on == DAY


# The pages.


def url(name: str, *args, city: bool = False) -> str:
    return reverse(f"city_bodies:{name}", args=args) if city else reverse(f"bodies:{name}", args=["dobong", *args])


SEAT = {
    "name": "고은별", "member_class": "private", "gender": "female", "appointed": "no", "starts_on": "2020-05-21",
}  # fmt: skip


def test_the_district_builds_a_working_group_and_sees_what_is_missing(client, staff, at) -> None:
    office = Department.objects.create(district=dobong(), name="환경과")
    client.force_login(staff.person)
    made = client.post(url("found"), {"kind": "working_group", "name": "하천 모임", "since_on": "2020-05-21"})
    group = Body.objects.get(name="하천 모임")
    assert made["Location"] == url("seat", group.pk)
    empty = client.get(url("seat", group.pk)).content.decode()
    assert "BODY-8" in empty
    assert "위원이 한 명도 없어요" in empty
    sent = {**SEAT, "stands_for": ["proposer", "expert", "council_member"]}
    looked = client.post(url("seat", group.pk), {**sent, "look": "1"}).content.decode()
    assert "아직 저장하지 않았어요" in looked
    assert "관련 부서: 0명" in looked
    assert not Member.objects.exists()
    client.post(url("seat", group.pk), sent)
    official = {**SEAT, "name": "나담당", "member_class": "administration", "department": office.pk}
    client.post(url("seat", group.pk), official)
    page = client.get(url("body", group.pk)).content.decode()
    assert "구성 규칙에 걸리는 것이 없어요" in page
    assert "환경과" in page


def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(client, staff, at) -> None:
    group = empty_body(BodyKind.SUBCOMMITTEE)
    client.force_login(staff.person)
    page = client.post(url("seat", group.pk), {**SEAT, "ends_on": "2020-05-20"}).content.decode()
    assert "마지막 날이 첫날보다 앞설 수 없어요." in page
    assert 'value="고은별"' in page
    page = client.post(url("seat", group.pk), {**SEAT, "email": "nobody@madang.example"}).content.decode()
    assert "이 주소의 계정이 없어요" in page
    assert not Member.objects.exists()


def test_an_account_takes_its_seat_by_its_address(client, staff, at) -> None:
    group = empty_body(BodyKind.SUBCOMMITTEE)
    person = resident(at).person
    client.force_login(staff.person)
    client.post(url("seat", group.pk), {**SEAT, "email": person.email.upper()})
    member = Member.objects.get()
    assert member.person == person
    assert person.email in client.get(url("change_seat", group.pk, member.pk)).content.decode()
    again = client.post(url("seat", group.pk), {**SEAT, "email": person.email}).content.decode()
    assert "이미 이 기구의 위원이에요." in again


def test_a_seat_is_changed_on_its_own_page_and_only_below_its_body(client, staff, at) -> None:
    group, other = empty_body(BodyKind.SUBCOMMITTEE), empty_body(BodyKind.SUBCOMMITTEE, name="다른 분과")
    member = sit(group)[0]
    client.force_login(staff.person)
    assert client.get(url("change_seat", other.pk, member.pk)).status_code == 404
    client.post(url("change_seat", group.pk, member.pk), {**SEAT, "gender": "male", "ends_on": "2020-12-31"})
    member.refresh_from_db()
    assert (member.name, member.gender, member.ends_on) == ("고은별", "male", date(2020, 12, 31))
    assert not member.appointed


def test_pages_of_the_city_are_public_in_numbers_and_kept_by_the_city(client, city, staff, at) -> None:
    committee = empty_body(BodyKind.MEDIATION_COMMITTEE, district=None)
    sit(committee, 2)
    listed = client.get(url("bodies", city=True)).content.decode()
    assert "협의·조정위원회" in listed
    assert url("found", city=True) not in listed
    page = client.get(url("body", committee.pk, city=True)).content.decode()
    assert "BODY-9" not in page.split("오늘의 구성")[0]
    assert "최대 10명" in page
    assert "사람1" not in page
    client.force_login(staff.person)
    assert client.get(url("seat", committee.pk, city=True)).status_code == 403
    assert client.post(url("found", city=True), {"kind": "mediation_committee", "name": "가"}).status_code == 403
    client.force_login(city.person)
    assert "사람1" in client.get(url("body", committee.pk, city=True)).content.decode()
    sent = {"title": "1차 회의", "place": "시청", "day": "2020-05-22", "hour": "14:00"}
    called = client.post(url("call", committee.pk, city=True), sent)
    assert called["Location"].startswith("/city/bodies/")
    assert client.get(called["Location"]).status_code == 200


def test_a_city_body_is_not_found_below_a_district(client, at) -> None:
    committee = empty_body(BodyKind.MEDIATION_COMMITTEE, district=None)
    group = empty_body(BodyKind.SUBCOMMITTEE)
    assert client.get(url("body", committee.pk)).status_code == 404
    assert client.get(url("body", group.pk, city=True)).status_code == 404


def test_people_of_a_focus_group_stand_in_numbers_only(client, city, at) -> None:
    group = empty_body(BodyKind.FOCUS_GROUP_FIRST, district=None)
    sit(group, 3, name="고은별")
    page = client.get(url("body", group.pk, city=True)).content.decode()
    assert "고○○" not in page
    assert "수로만" in page
    client.force_login(city.person)
    assert "고은별" in client.get(url("body", group.pk, city=True)).content.decode()


def test_the_ordinance_stands_on_the_councils_page_and_is_kept_there(client, staff, at) -> None:
    body = council()
    before = client.get(url("body", body.pk)).content.decode()
    assert "조례의 기록이 없어요" in before
    assert "BODY-13" in before
    assert url("ordinance") not in before
    client.force_login(staff.person)
    sent = {"title": "도봉구 협치 조례", "enacted_on": "2019-01-01", "council_by_it": "on", "size_max": "30",
            "present": "from 1/3", "decides": "over 1/2"}  # fmt: skip
    assert client.post(url("ordinance"), sent)["Location"] == url("body", body.pk)
    client.logout()
    page = client.get(url("body", body.pk)).content.decode()
    assert "도봉구 협치 조례" in page
    assert "조례와 협치회의를 모두 갖추었어요" in page


def test_a_page_of_a_body_costs_the_same_however_many_sit_there(client, at, django_assert_max_num_queries) -> None:
    group, acting = empty_body(BodyKind.WORKING_GROUP), council()
    sit(group, 30)
    for body in (group, acting):
        with django_assert_max_num_queries(10):
            client.get(url("body", body.pk))
