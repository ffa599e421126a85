"""Minutes, decisions, the numbers of a forum, and what those who were there say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from madang.decide.forums.models import Forum
from madang.decide.forums.operations import UnableToRecordForum, arriving, boards, feedback, record_forum
from madang.decide.forums.operations.feedback import UnableToGiveFeedback
from madang.decide.forums.operations.registering import forget_everyone
from madang.decide.forums.queries import waiting_for
from madang.decide.forums.queries.numbers import numbers_of
from madang.decide.forums.states import QUESTIONS
from madang.decide.forums.testing import held, planned, registered
from madang.ground.audit.models import Entry
from madang.ground.notices.models import Notice
from madang.ground.people.actors import NOBODY
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident

pytestmark = pytest.mark.django_db

PEOPLE = {"origin": {"residents": 3}, "gender": {"female": 3}, "age": {"30s": 3}}
ANSWERS = {name: 4 for name, _label in QUESTIONS}


@pytest.fixture
def officer(at):
    return holder(Role.SUPPORT_OFFICER, at)


def answer(forum, at, token, **changes):
    return feedback.give_feedback(
        forum=forum, answers={**ANSWERS, **changes}, token=token, said="좋았어요", actor=NOBODY, at=at
    )


def test_the_numbers_come_from_the_door_and_then_from_the_record(at, officer):
    forum = held(at, officer)
    arriving.check_in(registration=registered(forum, at, gender="female"), actor=officer, at=at)
    numbers = numbers_of(forum)
    assert (numbers.people, numbers.by["gender"]["female"], numbers.minutes, numbers.opinions) == (1, 1, 120, None)
    record_forum(
        forum=forum,
        counts=PEOPLE,
        outcome="불을 더 켜기로 했다.",
        opinions_made=9,
        opinions_taken_up=4,
        decisions="낮은 등을 단다\n\n다음 달에 다시 모인다",
        minutes="처음에는 조용했다.",
        actor=officer,
        at=at,
    )
    numbers = numbers_of(Forum.objects.get(pk=forum.pk))
    assert (numbers.people, numbers.arrived, numbers.opinions, numbers.taken_up) == (3, 1, 9, 4)
    assert numbers.decisions == 2


def test_more_opinions_taken_up_than_made_are_refused(at, officer):
    with pytest.raises(UnableToRecordForum) as refusal:
        record_forum(
            forum=held(at, officer),
            counts=PEOPLE,
            outcome="정했다.",
            opinions_made=3,
            opinions_taken_up=4,
            actor=officer,
            at=at,
        )
    assert refusal.value.field == "opinions_taken_up"


def test_an_open_board_is_closed_by_the_record_and_decisions_are_public(client, at, officer, settings):
    settings.MADANG_DAY = date(2020, 5, 22)
    forum = held(at, officer)
    board = boards.prepare_board(
        forum=forum, title="골목", topics=["밤길"], limit_each=3, minutes=30, actor=officer, at=at
    )
    boards.open_board(board=board, actor=officer, at=at)
    record_forum(forum=forum, counts=PEOPLE, outcome="정했다.", decisions="낮은 등을 단다", actor=officer, at=at)
    board.refresh_from_db()
    assert board.state == "closed"
    assert "낮은 등을 단다" in client.get(f"/districts/dobong/forums/{forum.pk}/").content.decode()


def test_those_who_came_are_asked_and_answer_without_a_name(client, at, officer, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    forum = held(at, officer)
    one = registered(forum, at)
    arriving.check_in(registration=one, actor=officer, at=at)
    assert feedback.ask_for_feedback(forum=forum, actor=officer, at=at) == 1
    link = Notice.objects.get(person=one.person, subject__endswith="어떠셨나요").link
    assert client.get(link[:-2] + "/").status_code == 404
    client.force_login(one.person)
    assert client.post(link, {"heard": 5, "informed": 4, "time_enough": 3}).status_code == 200
    assert client.post(link, {**ANSWERS, "said": "또 올게요"}).status_code == 302
    assert "고마워요" in client.get(link).content.decode()
    assert forum.feedback.get().said == "또 올게요"
    assert not Entry.objects.filter(subject_type="forums.feedback").exclude(actor_id=None).exists()
    client.force_login(officer.person)
    assert "또 올게요" in client.get(f"/districts/dobong/forums/{forum.pk}/manage/feedback/").content.decode()
    client.logout()
    assert "또 올게요" not in client.get(f"/districts/dobong/forums/{forum.pk}/").content.decode()


def test_a_device_is_heard_once_and_means_are_shown_from_five_answers_on(at, officer):
    forum = held(at, officer)
    feedback.ask_for_feedback(forum=forum, actor=officer, at=at)
    assert [answer(forum, at, "one"), answer(forum, at, "one", heard=1)] == [True, False]
    for token in ("two", "three", "four"):
        answer(forum, at, token)
    assert numbers_of(forum).feedback.means == {}
    answer(forum, at, "five", heard=1)
    heard = numbers_of(forum).feedback
    assert (heard.answers, heard.means["heard"], heard.means["informed"]) == (5, 34, 40)


def test_no_answer_is_taken_unasked_too_late_or_outside_one_to_five(at, officer):
    forum = held(at, officer)
    with pytest.raises(UnableToGiveFeedback):
        answer(forum, at, "one")
    feedback.ask_for_feedback(forum=forum, actor=officer, at=at)
    with pytest.raises(UnableToGiveFeedback):
        answer(forum, at + timedelta(days=15), "one")
    with pytest.raises(UnableToGiveFeedback) as refusal:
        answer(forum, at, "one", heard=6)
    assert refusal.value.field == "heard"
    assert not forum.feedback.exists()


def test_only_the_districts_staff_asks_and_not_before_the_start(at, officer):
    for other in (resident(at), holder(Role.COUNCIL_MEMBER, at), holder(Role.SECRETARIAT, at, district="nowon")):
        with pytest.raises(NotAllowed):
            feedback.ask_for_feedback(forum=held(at, officer), actor=other, at=at)
    with pytest.raises(UnableToGiveFeedback):
        feedback.ask_for_feedback(forum=planned(at, officer), actor=officer, at=at)


def test_names_that_are_no_longer_needed_wait_to_be_erased(at, officer):
    forum = held(at, officer)
    one = registered(forum, at)
    record_forum(forum=forum, counts=PEOPLE, outcome="정했다.", actor=officer, at=at)
    found = waiting_for(officer, forum.district, at.date())
    assert [(item.title, item.due_on) for item in found] == [
        ("골목을 걸어요: 이름과 연락처를 지워 주세요", at.date() + timedelta(days=14))
    ]
    assert waiting_for(resident(at), forum.district, at.date()) == []
    forget_everyone(forum=Forum.objects.get(pk=forum.pk), actor=officer, at=at)
    one.refresh_from_db()
    assert (one.person_id, waiting_for(officer, forum.district, at.date())) == (None, [])
