from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from madang.decide.survey import operations
from madang.decide.survey.models import Resource
from madang.decide.survey.operations import Contact, Facts
from madang.decide.survey.queries import resources as queries
from madang.ground.audit.models import Entry
from madang.ground.notices.models import Notice
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.places.models import Dong
from madang.ground.workflow import UnableToMove

pytestmark = pytest.mark.django_db

ROOM = Facts("space", "culture", "저녁에 비는 마을회관 2층", "스무 명이 둘러앉을 수 있다.")
MENDER = Facts("person", "care", "자전거를 고칠 줄 아는 이웃", "주말 오전에 함께 고친다.")
REACHED = Contact("나이웃", "02-2091-0000", "neighbour@example.org", "paper", date(2020, 3, 2))
NOBODY = Contact()
ADDRESS = "/districts/dobong/survey/resources/"


@pytest.fixture
def add(place, officer, at):
    def _add(facts=ROOM, contact=NOBODY) -> Resource:
        return operations.add_resource(district=place, facts=facts, contact=contact, actor=officer, at=at)

    return _add


@pytest.fixture
def suggest(place, at):
    def _suggest(actor, facts=MENDER, contact=NOBODY, consents=False) -> Resource:
        return operations.suggest_resource(
            district=place, facts=facts, contact=contact, consents=consents, actor=actor, at=at
        )

    return _suggest


def read(client, path="") -> str:
    return client.get(ADDRESS + path).content.decode()


def test_an_officer_puts_a_resource_on_the_register_for_everybody(client, add, on_the_day):
    made = add()
    assert "저녁에 비는 마을회관" in read(client)
    assert "스무 명이" in read(client, f"{made.pk}/")


def test_a_suggestion_is_public_only_once_an_officer_has_checked_it(client, suggest, officer, at, on_the_day):
    neighbour = resident(at)
    made = suggest(neighbour)
    assert "자전거" not in read(client)
    assert client.get(f"{ADDRESS}{made.pk}/").status_code == 404
    client.force_login(neighbour.person)
    assert "자전거" in read(client, f"{made.pk}/")
    client.logout()
    operations.list_resource(resource=made, actor=officer, at=at)
    assert "자전거" in read(client)
    assert Notice.objects.get(person_id=neighbour.person_id).key == f"resource-{made.pk}-listed"


def test_a_declined_suggestion_tells_why_and_keeps_no_contact(suggest, officer, at):
    neighbour = resident(at)
    made = suggest(neighbour, contact=replace(REACHED, consent_way="", consent_on=None), consents=True)
    with pytest.raises(operations.UnableToKeepResource, match="까닭"):
        operations.decline_resource(resource=made, reason=" ", actor=officer, at=at)
    operations.decline_resource(resource=made, reason="다른 구의 분이에요.", actor=officer, at=at)
    made.refresh_from_db()
    assert (made.state, made.has_personal) == ("declined", False)
    assert Notice.objects.get(person_id=neighbour.person_id).body == "다른 구의 분이에요."
    with pytest.raises(UnableToMove):
        operations.hide_resource(resource=made, reason="다시", actor=officer, at=at)


@pytest.mark.parametrize("role", [None, Role.COUNCIL_MEMBER, Role.CITY_OFFICER])
def test_nobody_but_the_districts_staff_keeps_the_register(place, add, suggest, at, role):
    other = resident(at) if role is None else holder(role, at)
    made, waiting = add(), suggest(resident(at))
    with pytest.raises(NotAllowed):
        operations.add_resource(district=place, facts=ROOM, contact=NOBODY, actor=other, at=at)
    with pytest.raises(NotAllowed):
        operations.change_resource(resource=made, facts=MENDER, contact=NOBODY, actor=other, at=at)
    with pytest.raises(NotAllowed):
        operations.list_resource(resource=waiting, actor=other, at=at)
    with pytest.raises(NotAllowed):
        operations.hide_resource(resource=made, reason="아니에요", actor=other, at=at)
    assert Resource.objects.get(pk=made.pk).title == ROOM.title


def test_staff_of_another_district_neither_list_nor_see_what_waits(client, suggest, at, on_the_day):
    made, stranger = suggest(resident(at)), holder(Role.SUPPORT_OFFICER, at, district="nowon")
    with pytest.raises(NotAllowed, match="다른 구"):
        operations.list_resource(resource=made, actor=stranger, at=at)
    client.force_login(stranger.person)
    assert client.get(f"{ADDRESS}{made.pk}/").status_code == 404
    assert "자전거" not in read(client)


def test_a_name_is_shown_with_the_day_of_consent_and_refused_without_one(client, add, on_the_day):
    made = add(contact=REACHED)
    page = read(client, f"{made.pk}/")
    assert "나이웃" in page
    assert "2020. 3. 2." in page
    assert "나이웃" not in read(client)
    for wrong, field in (
        (replace(REACHED, consent_on=None), "consent_on"),
        (replace(REACHED, consent_on=date(2020, 5, 22)), "consent_on"),
        (replace(REACHED, consent_way=""), "consent_way"),
    ):
        with pytest.raises(operations.UnableToKeepResource) as refusal:
            add(contact=wrong)
        assert refusal.value.field == field


def test_the_database_itself_keeps_no_name_without_consent(add):
    made = add()
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.filter(pk=made.pk).update(phone="02-2091-0000")


def test_a_resident_gives_a_contact_only_with_their_own_consent(suggest, at):
    bare = replace(REACHED, consent_way="", consent_on=None)
    with pytest.raises(operations.UnableToKeepResource) as refusal:
        suggest(resident(at), contact=bare)
    assert refusal.value.field == "consents"
    made = suggest(resident(at), contact=bare, consents=True)
    assert (made.consent_way, made.consent_on) == ("online", date(2020, 5, 21))


def test_withdrawing_erases_a_persons_entry_at_once_and_takes_it_off_the_register(
    client, suggest, officer, at, on_the_day
):
    neighbour = resident(at)
    made = suggest(neighbour, contact=replace(REACHED, consent_way="", consent_on=None), consents=True)
    operations.list_resource(resource=made, actor=officer, at=at)
    client.force_login(neighbour.person)
    assert client.post(f"{ADDRESS}{made.pk}/withdraw/").status_code == 302
    made.refresh_from_db()
    assert (made.state, made.title, made.about, made.has_personal) == ("hidden", "", "", False)
    assert (made.consent_on, made.withdrawn_on) == (date(2020, 5, 21), date(2020, 5, 21))
    client.logout()
    assert client.get(f"{ADDRESS}{made.pk}/").status_code == 404
    with pytest.raises(operations.UnableToKeepResource):
        operations.list_resource(resource=made, actor=officer, at=at)


def test_withdrawing_for_a_room_leaves_the_room_without_a_contact(add, officer, at):
    made = add(contact=REACHED)
    operations.withdraw_consent(resource=made, actor=officer, at=at)
    made.refresh_from_db()
    assert (made.state, made.title, made.has_personal) == ("listed", ROOM.title, False)
    with pytest.raises(operations.UnableToKeepResource, match="유효한 동의"):
        operations.withdraw_consent(resource=made, actor=officer, at=at)


def test_only_the_person_or_the_districts_staff_withdraws(add, at):
    made = add(contact=REACHED)
    for other in (resident(at), holder(Role.SUPPORT_OFFICER, at, district="nowon")):
        with pytest.raises(NotAllowed):
            operations.withdraw_consent(resource=made, actor=other, at=at)
    made.refresh_from_db()
    assert made.has_personal


def test_a_form_opened_before_a_withdrawal_brings_nothing_back(add, officer, at):
    made = add(contact=REACHED)
    operations.withdraw_consent(resource=Resource.objects.get(pk=made.pk), actor=officer, at=at)
    with pytest.raises(operations.UnableToKeepResource) as refusal:
        operations.change_resource(resource=made, facts=ROOM, contact=REACHED, actor=officer, at=at)
    assert refusal.value.field == "consent_on"
    later = replace(REACHED, consent_on=date(2020, 5, 25))
    operations.change_resource(resource=made, facts=ROOM, contact=later, actor=officer, at=at + timedelta(days=5))
    made.refresh_from_db()
    assert (made.has_consent, made.person_name) == (True, "나이웃")


def test_the_log_keeps_no_name_contact_or_word_told_of_a_person(add, officer, at):
    made = add(facts=MENDER, contact=REACHED)
    operations.withdraw_consent(resource=made, actor=officer, at=at)
    kept = str(list(Entry.objects.filter(subject_type="survey.resource").values_list("before", "after")))
    assert "***" in kept
    for word in ("나이웃", "2091", "neighbour@", "자전거", "주말 오전"):
        assert word not in kept


def test_the_register_is_searched_by_kind_dong_theme_and_words_in_any_spacing(add, place):
    dong = Dong.objects.filter(district=place).first()
    add()
    add(replace(MENDER, dong=dong))

    def found(**wanted):
        return [row.title for row in queries.listed(place, queries.Wanted(**wanted)).rows]

    assert found(kind="person") == found(theme="care") == found(dong=dong.pk) == [MENDER.title]
    assert found(text="마을 회관") == found(text="마을회관2층") == [ROOM.title]
    assert found(text="자전거 마을회관") == []


def test_a_dong_of_another_district_is_refused(add):
    elsewhere = Dong.objects.filter(district__slug="nowon").first()
    with pytest.raises(operations.UnableToKeepResource, match="이 구의 동"):
        add(replace(ROOM, dong=elsewhere))


def test_a_long_register_is_read_in_pages_with_few_queries(client, add, on_the_day, django_assert_max_num_queries):
    made = add()
    Resource.objects.bulk_create(
        Resource(district=made.district, kind="space", theme="care", title=f"빈방 {number}", about="빈방",
                 state="listed", added_at=made.added_at)
        for number in range(40)
    )  # fmt: skip
    with django_assert_max_num_queries(8):
        first = read(client, "?q=빈방")
    assert first.count("<h2>") == queries.PAGE
    older = first.split("before=")[1].split('"')[0]
    assert read(client, f"?q=빈방&before={older}").count("<h2>") == 10


def test_nobody_floods_the_officers_with_suggestions(suggest, at):
    neighbour = resident(at)
    made = suggest(neighbour)
    Resource.objects.bulk_create(
        Resource(district=made.district, kind="space", theme="care", title="빈방", about="빈방", added_at=at,
                 suggested_by_id=neighbour.person_id)
        for _number in range(19)
    )  # fmt: skip
    with pytest.raises(operations.UnableToKeepResource, match="기다리는 추천"):
        suggest(neighbour)


def test_the_form_keeps_what_was_typed_beside_the_fault(client, at, on_the_day):
    client.force_login(resident(at).person)
    answer = client.post(f"{ADDRESS}suggest/", {"kind": "person", "title": "<b>목수</b>", "about": "", "theme": "care"})
    assert answer.status_code == 422
    assert "&lt;b&gt;목수" in answer.content.decode()
    assert Resource.objects.count() == 0
