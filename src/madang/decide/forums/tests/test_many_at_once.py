"""Twenty phones write at the same time, over a net that makes them send twice: no note is lost, none is double."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from madang.decide.forums.models import Board
from madang.decide.forums.operations import boards
from madang.decide.forums.operations.registering import register
from madang.decide.forums.queries import board as walls
from madang.decide.forums.queries import people
from madang.decide.forums.testing import held, planned
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident

PHONES, NOTES_EACH = 20, 6
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def officer(at):
    return holder(Role.SUPPORT_OFFICER, at)


def at_once(work, items):
    """Do the work for all items in threads of their own, each with a connection of its own; return the results."""

    def alone(item):
        try:
            return work(item)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(items)) as threads:
        return list(threads.map(alone, items))


def test_twenty_phones_write_a_hundred_and_twenty_notes(officer, at, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    made = boards.prepare_board(
        forum=held(at, officer),
        title="골목",
        topics=["하나", "둘", "셋"],
        limit_each=NOTES_EACH,
        minutes=30,
        actor=officer,
        at=at,
    )
    boards.open_board(board=made, actor=officer, at=at)
    Board.objects.update(closes_at=at + timedelta(days=2))

    def phone(number):
        client, statuses = Client(), []
        client.get(f"/b/{made.code}/")
        for note in range(NOTES_EACH):
            sent = {"topic": note % 3 + 1, "text": f"전화 {number} 생각 {note}", "key": uuid4()}
            for _again in range(2):
                statuses.append(
                    client.post(f"/b/{made.code}/", sent, headers={"Accept": "application/json"}).status_code
                )
        late = {"topic": 1, "text": "하나 더", "key": uuid4()}
        statuses.append(client.post(f"/b/{made.code}/", late, headers={"Accept": "application/json"}).status_code)
        return statuses

    statuses = at_once(phone, range(PHONES))
    assert all(answers == [200] * 2 * NOTES_EACH + [409] for answers in statuses)
    texts = Counter(walls.notes_up(made).values_list("text", flat=True))
    assert set(texts) == {f"전화 {number} 생각 {note}" for number in range(PHONES) for note in range(NOTES_EACH)}
    assert set(texts.values()) == {1}
    assert walls.wall_of(made).people == PHONES


def test_one_phone_that_sends_everything_at_once_keeps_to_its_limit(officer, at, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    made = boards.prepare_board(
        forum=held(at, officer), title="골목", topics=["하나"], limit_each=3, minutes=30, actor=officer, at=at
    )
    boards.open_board(board=made, actor=officer, at=at)
    Board.objects.update(closes_at=at + timedelta(days=2))
    first = Client()
    first.get(f"/b/{made.code}/")

    def send(number):
        client = Client()
        client.cookies = first.cookies
        sent = {"topic": 1, "text": f"생각 {number}", "key": uuid4()}
        return client.post(f"/b/{made.code}/", sent, headers={"Accept": "application/json"}).status_code

    assert Counter(at_once(send, range(8))) == {200: 3, 409: 5}


def test_the_last_seats_are_not_given_twice(officer, at):
    forum = planned(at, officer, capacity=2)
    somebody = [resident(at) for _number in range(6)]
    at_once(lambda actor: register(forum=forum, consent=True, actor=actor, at=at), somebody)
    seats = people.seats_of(forum)
    assert (seats.registered, seats.waiting, seats.left) == (2, 4, 0)
