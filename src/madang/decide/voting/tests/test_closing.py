from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from madang.decide.agendas.models import Agenda
from madang.decide.voting import operations
from madang.decide.voting.models import RollEntry, Tally
from madang.decide.voting.operations import UnableToCertify, UnableToClose
from madang.decide.voting.queries import result_of, turnout_of, vote_events
from madang.decide.voting.states import Channel
from madang.decide.voting.tests.scenes import cast, opened, option_ids
from madang.ground.audit.models import Entry
from madang.ground.people.actors import NOBODY
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.workflow import UnableToMove

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(at):
    return holder(Role.SECRETARIAT, at)


@pytest.fixture
def other(at):
    return holder(Role.SUPPORT_OFFICER, at, name="오확인")


def closed(at, officer, ballots: list[list[int]], **changes):
    election = opened(at, officer, people=max(len(ballots), 1), **changes)
    for number, places in enumerate(ballots, start=1):
        cast(election, number, places, at)
    operations.close_election(election=election, actor=officer, at=election.closes_at)
    return election


def test_the_result_is_what_the_ballots_say(at, officer):
    election = closed(at, officer, [[1, 2], [1, 3], [1], [2]])
    result = result_of(election)
    assert (result.ballots, result.picks) == (4, 6)
    assert [(row.option.place, row.votes, row.option.rank, row.option.chosen, row.share) for row in result.rows] == [
        (1, 3, 1, True, "75.0"),
        (2, 2, 2, True, "50.0"),
        (3, 1, 3, False, "25.0"),
        (4, 0, 4, False, "0.0"),
        (5, 0, 4, False, "0.0"),
    ]
    assert sum(row.votes for row in result.rows) == result.picks


def test_there_is_no_result_before_the_close(at, officer):
    election = opened(at, officer)
    cast(election, 1, [1], at)
    assert result_of(election) is None
    assert not Tally.objects.exists()


def test_closing_early_needs_a_reason_that_is_kept(at, officer):
    election = opened(at, officer)
    with pytest.raises(UnableToClose, match="까닭"):
        operations.close_election(election=election, actor=officer, at=at)
    operations.close_election(election=election, actor=officer, at=at, reason="태풍으로 일찍 마침")
    election.refresh_from_db()
    assert election.close_reason == "태풍으로 일찍 마침"
    assert Entry.objects.filter(operation="voting.close").first().reason == "태풍으로 일찍 마침"
    with pytest.raises(UnableToMove):
        operations.close_election(election=election, actor=officer, at=at, reason="다시")


def test_only_staff_of_the_district_close_and_certify(at, officer):
    election = opened(at, officer)
    for actor in (
        NOBODY,
        resident(at),
        holder(Role.DESK_OFFICER, at),
        holder(Role.SECRETARIAT, at, district="gangbuk"),
    ):
        with pytest.raises(NotAllowed):
            operations.close_election(election=election, actor=actor, at=election.closes_at)
    operations.close_election(election=election, actor=officer, at=election.closes_at)
    for actor in (NOBODY, resident(at), holder(Role.SECRETARIAT, at, district="gangbuk")):
        with pytest.raises(NotAllowed):
            operations.certify_election(election=election, actor=actor, at=election.closes_at)


def test_whoever_opened_or_closed_does_not_certify_and_the_attempt_is_in_the_log(at, officer, other):
    election = opened(at, officer)
    cast(election, 1, [1], at)
    operations.close_election(election=election, actor=other, at=election.closes_at)
    for actor in (officer, other):
        with pytest.raises(NotAllowed, match="다른 담당자"):
            operations.certify_election(election=election, actor=actor, at=election.closes_at)
    refused = Entry.objects.filter(operation="voting.certify_refused").order_by("id")
    assert [entry.actor_id for entry in refused] == [officer.person_id, other.person_id]
    third = holder(Role.COORDINATOR, at)
    operations.certify_election(election=election, actor=third, at=election.closes_at)
    assert election.state == "certified"


def test_a_certified_result_reaches_every_agenda_and_its_thread(at, officer, other):
    election = closed(at, officer, [[1, 2], [1], [2]])
    operations.certify_election(election=election, actor=other, at=election.closes_at)
    states = Agenda.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["chosen", "chosen", "not_chosen", "not_chosen", "not_chosen"]
    events = vote_events(Agenda.objects.get(number=2))
    assert [event.kind for event in events] == ["vote_opened", "vote_result"]
    assert events[1].title == "우선순위 투표 5개 의제 가운데 1위"
    assert events[1].url.endswith(f"/elections/{election.slug}/")
    with pytest.raises(UnableToMove):
        operations.certify_election(election=election, actor=other, at=election.closes_at)


def test_an_open_tie_waits_for_exactly_the_missing_seats_and_a_reason(at, officer, other):
    election = closed(at, officer, [[1, 2], [1, 3], [1]])
    options = option_ids(election)
    assert [row.option.pk for row in result_of(election).open_tie] == options[1:3]

    def certify(winners, reason="현장에서 손을 들어 정함"):
        operations.certify_election(
            election=election, actor=other, at=election.closes_at, tie_winners=winners, tie_reason=reason
        )

    for winners in ([], options[1:3], [options[4]]):
        with pytest.raises(UnableToCertify, match="1개를 골라"):
            certify(winners)
    with pytest.raises(UnableToCertify, match="어떻게 정했는지"):
        certify([options[2]], " ")
    election.refresh_from_db()
    assert election.state == "closed"
    certify([options[2]])
    result = result_of(election)
    assert [row.option.pk for row in result.rows if row.option.chosen] == [options[0], options[2]]
    assert [row.option.pk for row in result.ties] == options[1:3]
    assert election.tie_decision == "현장에서 손을 들어 정함"


def test_the_listed_order_settles_a_tie_and_the_page_still_names_it(at, officer):
    election = closed(at, officer, [[1, 2], [1, 3], [1]], tie_rule="listed")
    result = result_of(election)
    assert [row.option.place for row in result.rows if row.option.chosen] == [1, 2]
    assert [row.option.place for row in result.ties] == [2, 3]
    assert result.open_tie == ()


def test_an_agenda_that_changed_meanwhile_keeps_the_result_from_being_certified(at, officer, other):
    election = closed(at, officer, [[1]])
    Agenda.objects.filter(number=3).update(state="kept")
    with pytest.raises(UnableToCertify, match="의제 3"):
        operations.certify_election(election=election, actor=other, at=election.closes_at)
    assert set(Agenda.objects.exclude(number=3).values_list("state", flat=True)) == {"fit"}


def test_a_roll_that_does_not_match_the_ballots_cannot_be_certified(at, officer, other):
    election = closed(at, officer, [[1], [2]])
    RollEntry.objects.filter(reference="1").update(channel=Channel.PAPER)
    with pytest.raises(UnableToCertify, match="명부에서 투표한 사람 수와"):
        operations.certify_election(election=election, actor=other, at=election.closes_at)


def test_a_ballot_slipped_in_after_the_close_is_noticed(at, officer, other):
    election = closed(at, officer, [[1], [2]])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO voting_ballot (id, election_id, channel, choices, idempotency_key, receipt, cast_on)"
            " SELECT gen_random_uuid(), election_id, channel, choices, 'x', 'y', cast_on FROM voting_ballot LIMIT 1"
        )
    with pytest.raises(UnableToCertify, match="다시 센 수가"):
        operations.certify_election(election=election, actor=other, at=election.closes_at)


def test_channels_under_twenty_ballots_are_not_shown_and_cannot_be_subtracted(at, officer):
    election = opened(at, officer, people=55)
    desk = holder(Role.DESK_OFFICER, at)
    for number in range(1, 56):
        channel = Channel.ONLINE if number <= 30 else Channel.MOBILE if number <= 52 else Channel.ON_SITE
        cast(election, number, [1 + number % 2], at, channel=channel, actor=desk)
    operations.close_election(election=election, actor=officer, at=election.closes_at)
    result = result_of(election)
    assert [channel.channel for channel in result.hidden] == ["mobile", "on_site"]
    assert result.rows[0].cells == (15, None, None, 0)
    assert [channel.people for channel in result.channels] == [30, 22, 3, 0]
    assert turnout_of(election).voted == result.ballots == 55


def test_a_vote_without_ballots_chooses_nothing(at, officer, other):
    election = opened(at, officer)
    operations.close_election(election=election, actor=officer, at=election.closes_at + timedelta(hours=1))
    assert {row.option.chosen for row in result_of(election).rows} == {False}
    operations.certify_election(election=election, actor=other, at=election.closes_at + timedelta(hours=2))
    assert set(Agenda.objects.values_list("state", flat=True)) == {"not_chosen"}
