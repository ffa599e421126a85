from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction

from madang.decide.voting import operations
from madang.decide.voting.models import Ballot, Election, RollEntry
from madang.decide.voting.operations import UnableToCast
from madang.decide.voting.queries import turnout_of, unequal_channels
from madang.decide.voting.states import Channel
from madang.decide.voting.tests.scenes import KEY, cast, opened, option_ids, prepared, voters
from madang.ground.audit.models import Entry
from madang.ground.people.actors import NOBODY
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.places.models import District, Dong
from madang.ground.places.operations import load_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> None:
    """A test that commits finds an emptied database, without the districts a migration brought."""
    load_places(District, Dong)


def entry(election: Election, number: int) -> RollEntry:
    return RollEntry.objects.get(election=election, reference=str(number))


@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_takes_a_ballot_through_the_same_operation(at, channel):
    election = opened(at)
    actor = holder(Role.DESK_OFFICER, at)
    receipt = cast(election, 1, [1, 3], at, channel=channel, actor=actor)
    ballot = Ballot.objects.get()
    options = option_ids(election)
    assert (ballot.channel, ballot.choices, ballot.receipt) == (channel, [options[0], options[2]], receipt.number)
    assert (ballot.entered_by_id is not None) == (channel in ("on_site", "paper"))
    voter = entry(election, 1)
    assert (voter.state, voter.channel, voter.spent_at) == ("spent", channel, at)


def test_nothing_in_the_tables_leads_from_a_ballot_to_a_person(at):
    election = opened(at)
    person = resident(at)
    cast(election, 1, [2], at, actor=person)
    columns = {field.column for field in Ballot._meta.get_fields() if hasattr(field, "column")}
    assert columns == {
        "id", "election_id", "channel", "choices", "idempotency_key", "receipt", "cast_on", "entered_by_id"
    }  # fmt: skip
    logged = Entry.objects.get(subject_type="voting.ballot")
    assert logged.subject_id == "***"
    assert {key for key, value in logged.after.items() if value == "***"} == {
        "id", "choices", "idempotency_key", "receipt"
    }  # fmt: skip
    assert str(Ballot.objects.get().pk) not in str(list(Entry.objects.values()))


def test_the_same_key_again_returns_the_same_receipt_even_after_the_close(at):
    election = opened(at)
    first = cast(election, 1, [1], at)
    assert cast(election, 1, [1], at) == first
    assert cast(election, 1, [2], at + timedelta(days=30)) == first
    assert Ballot.objects.count() == 1


def test_a_key_used_again_for_somebody_else_casts_their_own_ballot(at):
    election = opened(at)
    first = cast(election, 1, [1], at, key=KEY)
    second = cast(election, 2, [2], at, key=KEY)
    assert first.number != second.number
    assert Ballot.objects.count() == 2


def test_a_second_attempt_is_told_when_and_how_the_first_was_made(at):
    election = opened(at)
    officer = holder(Role.DESK_OFFICER, at)
    cast(election, 1, [1], at, channel=Channel.ON_SITE, actor=officer)
    with pytest.raises(UnableToCast, match=r"이미 투표하셨어요 \(5\. 21\. 현장\)"):
        cast(election, 1, [2], at + timedelta(days=1), key="another-attempt-of-mine")
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize(
    ("places", "words"),
    [([], "하나 이상"), ([1, 1], "두 번"), ([1, 2, 3, 4, 5], "3개까지 고를 수 있어요. 2개를 빼")],
)
def test_a_ballot_that_cannot_count_is_refused_and_leaves_the_voter_free(at, places, words):
    election = opened(at)
    with pytest.raises(UnableToCast, match=words):
        cast(election, 1, places, at)
    assert entry(election, 1).state == "open"
    assert cast(election, 1, [1], at).channel == "online"


def test_an_option_of_another_vote_is_refused(at):
    election = opened(at)
    with pytest.raises(UnableToCast, match="이 투표에 없는 의제"):
        operations.cast_ballot(
            election=election,
            entry=entry(election, 1),
            choices=[option_ids(election)[0], 987654],
            channel=Channel.ONLINE,
            key=KEY,
            actor=NOBODY,
            at=at,
        )
    assert not Ballot.objects.exists()


def test_nobody_votes_before_the_opening_or_after_the_end(at):
    officer = holder(Role.SECRETARIAT, at)
    election = prepared(at, officer)
    voters(election, 2)
    operations.freeze_roll(election=election, actor=officer, at=at)
    with pytest.raises(UnableToCast, match="아직 투표를 열지 않았어요"):
        cast(election, 1, [1], at)
    operations.open_election(election=election, actor=officer, at=at)
    with pytest.raises(UnableToCast, match=r"5\. 27\. 10:00에 마감"):
        cast(election, 1, [1], election.closes_at)
    assert cast(election, 1, [1], election.closes_at - timedelta(seconds=1))
    operations.close_election(election=election, actor=officer, at=at, reason="시험으로 먼저 닫음")
    with pytest.raises(UnableToCast, match=r"5\. 21\. 10:00에 마감"):
        cast(election, 2, [1], at)


def test_a_voter_of_another_roll_is_refused(at):
    election, other = opened(at), opened(at)
    with pytest.raises(UnableToCast, match="명부에 없는 분"):
        operations.cast_ballot(
            election=election,
            entry=entry(other, 1),
            choices=option_ids(election)[:1],
            channel=Channel.ONLINE,
            key=KEY,
            actor=NOBODY,
            at=at,
        )


def test_a_desk_ballot_needs_an_officer_of_this_very_district(at):
    election = opened(at)
    for actor in (NOBODY, resident(at), holder(Role.DESK_OFFICER, at, district="gangbuk")):
        with pytest.raises(NotAllowed):
            cast(election, 1, [1], at, channel=Channel.ON_SITE, actor=actor)
    assert entry(election, 1).state == "open"
    assert cast(election, 1, [1], at, channel=Channel.ON_SITE, actor=holder(Role.DESK_OFFICER, at))


def test_channel_totals_equal_the_ballots(at):
    election = opened(at, people=8)
    officer = holder(Role.DESK_OFFICER, at)
    for number in range(1, 9):
        cast(election, number, [1], at, channel=list(Channel)[number % 4], actor=officer)
    turnout = turnout_of(election)
    assert [channel.people for channel in turnout.channels] == [2, 2, 2, 2]
    assert (turnout.voted, turnout.roll, turnout.share) == (8, 8, "100.0")
    assert unequal_channels(election) == []


def test_the_turnout_is_one_query(at, django_assert_num_queries):
    election = opened(at)
    with django_assert_num_queries(1):
        turnout_of(election)


def test_a_large_roll_is_counted_once_for_many_looks(at, django_assert_num_queries):
    election = opened(at)
    election.roll_size = 300_000
    cast(election, 1, [1], at)
    assert turnout_of(election).voted == 1
    with django_assert_num_queries(0):
        assert turnout_of(election).voted == 1


def test_the_database_itself_refuses_to_change_or_delete_a_ballot(at):
    election = opened(at)
    cast(election, 1, [1], at)
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        Ballot.objects.update(choices=[option_ids(election)[1]])
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        Ballot.objects.all().delete()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("same_key", [True, False])
def test_two_casts_at_the_same_moment_leave_exactly_one_ballot(at, places, same_key):
    election = opened(at)
    start, answers = Barrier(2), []

    def attempt(key: str) -> None:
        start.wait()
        try:
            answers.append(cast(election, 1, [1], at, key=key).number)
        except UnableToCast as refused:
            answers.append(str(refused.reason))
        finally:
            connection.close()

    keys = [f"{KEY}a", f"{KEY}a" if same_key else f"{KEY}b"]
    threads = [Thread(target=attempt, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    ballot = Ballot.objects.get()
    assert len(answers) == 2
    assert ballot.receipt in answers
    if same_key:
        assert answers == [ballot.receipt] * 2
    else:
        assert any("이미 투표하셨어요" in answer for answer in answers)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_close_waits_for_a_ballot_on_its_way_and_counts_it(at, places):
    officer = holder(Role.SECRETARIAT, at)
    election = opened(at, officer)
    closed = Thread(target=_close, args=(election.pk, officer, at))
    with transaction.atomic():
        cast(election, 1, [1], at)
        closed.start()
        closed.join(0.5)
        assert closed.is_alive()
    closed.join(20)
    election.refresh_from_db()
    assert election.state == "closed"
    assert election.tallies.get(option=None).number == 1


def _close(number: int, officer, at) -> None:
    try:
        operations.close_election(election=Election.objects.get(pk=number), actor=officer, at=at, reason="시험")
    finally:
        connection.close()


def test_the_day_of_a_ballot_is_kept_without_its_hour(at):
    election = opened(at)
    cast(election, 1, [1], at)
    assert Ballot.objects.get().cast_on == date(2020, 5, 21)
