from __future__ import annotations

from datetime import date, timedelta

import pytest

from madang.decide.forums import tasks
from madang.decide.forums.models import Registration
from madang.decide.forums.operations import cancel_forum, change_forum, planning, registering
from madang.decide.forums.operations.registering import UnableToRegister
from madang.decide.forums.operations.reminding import UnableToRemind, remind
from madang.decide.forums.queries import people
from madang.decide.forums.testing import held, planned, registered
from madang.ground.audit.models import Entry
from madang.ground.notices.models import Notice
from madang.ground.people.actors import actor_for
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(at):
    return holder(Role.SUPPORT_OFFICER, at)


def actor_of(registration, at):
    return actor_for(registration.person, at)


def test_a_resident_gets_a_seat_and_is_told(at, officer):
    forum = planned(at, officer, capacity=2)
    one = registered(forum, at)
    assert (one.state, one.way, one.called) == ("registered", "online", "김이웃")
    assert people.seats_of(forum).left == 1
    assert Notice.objects.get(person=one.person).subject == "골목을 걸어요: 신청되었어요"


@pytest.mark.parametrize(
    ("changes", "later", "said"),
    [
        ({"registration_closes_at": None}, 0, "받지 않는"),
        ({}, 8, "마감"),
    ],
)
def test_no_seat_is_given_where_none_can_be_asked_for_or_too_late(at, officer, changes, later, said):
    forum = planned(at, officer, **changes)
    with pytest.raises(UnableToRegister, match=said):
        registering.register(forum=forum, consent=True, actor=resident(at), at=at + timedelta(days=later))
    assert not Registration.objects.exists()


def test_nobody_is_registered_without_consent_twice_or_unknown(at, officer):
    forum, somebody = planned(at, officer), resident(at)
    with pytest.raises(UnableToRegister) as refusal:
        registering.register(forum=forum, consent=False, actor=somebody, at=at)
    assert refusal.value.field == "consent"
    registering.register(forum=forum, consent=True, actor=somebody, at=at)
    with pytest.raises(UnableToRegister, match="이미"):
        registering.register(forum=forum, consent=True, actor=somebody, at=at)
    with pytest.raises(NotAllowed):
        registering.register(forum=forum, consent=True, actor=actor_for(None, at), at=at)


def test_a_cancelled_forum_takes_nobody_and_tells_those_who_wanted_to_come(at, officer):
    forum = planned(at, officer)
    one = registered(forum, at)
    cancel_forum(forum=forum, actor=officer, at=at, reason="비가 많이 와요")
    assert Notice.objects.filter(person=one.person, subject__endswith="취소되었어요").exists()
    with pytest.raises(UnableToRegister):
        registered(forum, at)


def test_the_first_who_waits_moves_up_when_somebody_withdraws(at, officer):
    forum = planned(at, officer, capacity=1)
    first, second, third = (registered(forum, at) for _number in range(3))
    assert (second.state, third.state) == ("waiting", "waiting")
    registering.withdraw(registration=first, actor=actor_of(first, at), at=at)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == ("registered", "waiting")
    assert Notice.objects.filter(person=second.person, subject__endswith="자리가 났어요").count() == 1


def test_more_seats_let_those_who_wait_move_up_and_a_new_place_is_told(at, officer):
    forum = planned(at, officer, capacity=1)
    _first, second = registered(forum, at), registered(forum, at)
    change_forum(forum=forum, actor=officer, at=at, capacity=2, place="쌍문3동 주민센터")
    second.refresh_from_db()
    assert second.state == "registered"
    assert Notice.objects.filter(person=second.person, subject__endswith="바뀌었어요").exists()


def test_what_was_taken_back_keeps_no_name_and_can_be_asked_for_again(at, officer):
    forum = planned(at, officer)
    one = registered(forum, at)
    somebody = actor_of(one, at)
    registering.withdraw(registration=one, actor=somebody, at=at)
    one.refresh_from_db()
    assert (one.state, one.person_id, one.name, one.phone, one.token) == ("withdrawn", None, "", "", None)
    assert registering.register(forum=forum, consent=True, actor=somebody, at=at).state == "registered"


def test_somebody_elses_registration_is_not_ones_own_to_take_back(at, officer):
    forum = planned(at, officer)
    one = registered(forum, at)
    for other in (resident(at), holder(Role.SUPPORT_OFFICER, at, district="nowon"), holder(Role.COUNCIL_MEMBER, at)):
        with pytest.raises(NotAllowed):
            registering.withdraw(registration=one, actor=other, at=at)
        with pytest.raises(NotAllowed):
            registering.forget(registration=one, actor=other, at=forum.starts_at)
    registering.withdraw(registration=one, actor=officer, at=at)
    assert not people.people_of(forum).exists()


def test_before_the_start_one_withdraws_and_afterwards_one_is_forgotten(at, officer):
    forum = planned(at, officer)
    one = registered(forum, at, gender="female")
    somebody = actor_of(one, at)
    with pytest.raises(UnableToRegister):
        registering.forget(registration=one, actor=somebody, at=at)
    with pytest.raises(UnableToRegister):
        registering.withdraw(registration=one, actor=somebody, at=forum.starts_at)
    registering.forget(registration=one, actor=somebody, at=forum.starts_at)
    one.refresh_from_db()
    assert (one.person_id, one.token, one.gender) == (None, None, "female")


def test_an_officer_enters_who_calls_and_nobody_else_does(at, officer):
    forum = planned(at, officer)
    call = {"forum": forum, "name": "박전화", "phone": "010-0000-0000", "consent": True, "at": at}
    for other in (resident(at), holder(Role.DEPARTMENT_OFFICER, at), holder(Role.SECRETARIAT, at, district="nowon")):
        with pytest.raises(NotAllowed):
            registering.register_by_phone(**call, actor=other)
    assert registering.register_by_phone(**call, actor=officer).way == "phone"
    with pytest.raises(UnableToRegister, match="이미 신청"):
        registering.register_by_phone(**call, actor=officer)
    with pytest.raises(UnableToRegister) as refusal:
        registering.register_by_phone(**{**call, "name": "최전화", "consent": False}, actor=officer)
    assert refusal.value.field == "consent"


def test_names_numbers_and_codes_never_reach_the_log(at, officer):
    forum = planned(at, officer)
    one = registering.register_by_phone(
        forum=forum, name="박전화", phone="010-1234-9876", consent=True, actor=officer, at=at
    )
    registering.withdraw(registration=one, actor=officer, at=at)
    for entry in Entry.objects.filter(subject_type="forums.registration"):
        for part in (entry.before or {}, entry.after or {}):
            assert not {"박전화", "010-1234-9876", one.token} & {str(value) for value in part.values()}


def test_all_names_go_once_the_forum_is_over_and_the_numbers_stay(at, officer):
    forum = planned(at, officer)
    registered(forum, at)
    with pytest.raises(UnableToRegister):
        registering.forget_everyone(forum=forum, actor=officer, at=at)
    cancel_forum(forum=forum, actor=officer, at=at, reason="비")
    with pytest.raises(NotAllowed):
        registering.forget_everyone(forum=forum, actor=resident(at), at=at)
    assert registering.forget_everyone(forum=forum, actor=officer, at=at) == 1
    assert [one.called for one in people.people_of(forum)] == [""]


def test_those_with_a_seat_are_reminded_once(at, officer):
    forum = planned(at, officer, capacity=1)
    first, second = registered(forum, at), registered(forum, at)
    with pytest.raises(NotAllowed):
        remind(forum=forum, actor=resident(at), at=at)
    assert remind(forum=forum, actor=officer, at=at) == 1
    assert remind(forum=forum, actor=officer, at=at) == 0
    told = Notice.objects.filter(subject__endswith="곧 열려요").values_list("person_id", flat=True)
    assert list(told) == [first.person_id]
    assert second.person_id not in told
    with pytest.raises(UnableToRemind):
        remind(forum=forum, actor=officer, at=forum.starts_at)


def test_the_reminder_is_put_aside_for_the_day_before(at, officer, monkeypatch, django_capture_on_commit_callbacks):
    due = []
    job = type("Job", (), {"enqueue": lambda self, number: due.append(number)})
    fake = type("Task", (), {"using": lambda self, run_after: due.append(run_after) or job()})
    monkeypatch.setattr(tasks, "remind_of_forum", fake())
    with django_capture_on_commit_callbacks(execute=True):
        forum = planned(at, officer)
    assert due == [forum.starts_at - planning.REMINDED_BEFORE, forum.pk]


def test_the_job_reminds_only_when_the_forum_is_near(at, officer, monkeypatch):
    forum = planned(at, officer)
    registered(forum, at)
    for days, told in ((5, 0), (1, 1), (-1, 0)):
        monkeypatch.setattr(tasks.timezone, "now", lambda days=days: forum.starts_at - timedelta(days=days))
        assert tasks.remind_of_forum.func(forum.pk) == told


def test_a_begun_forum_is_not_changed_and_seats_need_a_last_day(at, officer):
    with pytest.raises(planning.UnableToPlanForum, match="이미 시작"):
        change_forum(forum=held(at, officer), actor=officer, at=at, place="다른 곳")
    with pytest.raises(planning.UnableToPlanForum) as refusal:
        planned(at, officer, capacity=3, registration_closes_at=None)
    assert refusal.value.field == "registration_closes_at"
    with pytest.raises(NotAllowed):
        change_forum(forum=planned(at, officer), actor=resident(at), at=at, place="다른 곳")


def test_a_resident_registers_sees_the_code_and_withdraws(client, at, officer, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    forum, somebody = planned(at, officer, capacity=1), resident(at, "나들이")
    client.force_login(somebody.person)
    place = f"/districts/dobong/forums/{forum.pk}"
    page = client.post(f"{place}/register/", {"origin": "residents", "gender": "female", "age": "30s"})
    assert "동의해 주세요" in page.content.decode()
    fields = {"origin": "residents", "gender": "female", "age": "30s", "consent": "on"}
    assert client.post(f"{place}/register/", fields)["Location"] == f"{place}/ticket/"
    assert 'class="qr"' in client.get(f"{place}/ticket/").content.decode()
    client.post(f"{place}/ticket/withdraw/")
    assert not people.people_of(forum).exists()


def test_no_name_or_number_stands_on_the_public_page(client, at, officer, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    forum = planned(at, officer, capacity=5)
    registered(forum, at, "남궁비밀")
    registering.register_by_phone(
        forum=forum, name="선우전화", phone="010-5555-1234", consent=True, actor=officer, at=at
    )
    text = client.get(f"/districts/dobong/forums/{forum.pk}/").content.decode()
    assert "3자리 남았어요" in text
    assert not any(secret in text for secret in ("남궁비밀", "선우전화", "5555"))
    client.force_login(officer.person)
    text = client.get(f"/districts/dobong/forums/{forum.pk}/manage/people/").content.decode()
    assert "남궁비밀" in text
    assert "010-5555-1234" in text
