from __future__ import annotations

from datetime import date, timedelta

import pytest

from madang.ground.bodies import operations
from madang.ground.bodies.models import Meeting, Member, MotionVote
from madang.ground.bodies.operations import UnableToMeet, UnableToPutMotion, UnableToVote
from madang.ground.bodies.queries import tally
from madang.ground.bodies.states import Ballot
from madang.ground.bodies.testing import council, seat
from madang.ground.notices.models import Notice
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.workflow import UnableToMove

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(at):
    return holder(Role.SUPPORT_OFFICER, at)


@pytest.fixture
def body(db):
    return council()


@pytest.fixture
def meeting(body, staff, at) -> Meeting:
    return operations.call_meeting(
        body=body, title="6월 협치회의", place="구청", held_at=at + timedelta(hours=1), actor=staff, at=at
    )


def _ids(body, count: int) -> list[int]:
    return list(body.members.values_list("pk", flat=True)[:count])


@pytest.fixture
def session(meeting, body, staff, at) -> Meeting:
    operations.open_meeting(meeting=meeting, present=_ids(body, 7), actor=staff, at=at)
    return meeting


@pytest.fixture
def motion(session, staff, at):
    return operations.put_motion(meeting=session, title="규칙을 정한다", actor=staff, at=at)


def test_members_are_told_of_a_called_meeting(body, staff, at) -> None:
    member = resident(at)
    seat(body, member.person)
    operations.call_meeting(body=body, title="회의", place="구청", held_at=at, actor=staff, at=at)
    assert Notice.objects.filter(person=member.person).count() == 1


def test_a_meeting_is_not_called_for_the_past(body, staff, at) -> None:
    with pytest.raises(UnableToMeet):
        operations.call_meeting(
            body=body, title="회의", place="구청", held_at=at - timedelta(minutes=1), actor=staff, at=at
        )


@pytest.mark.parametrize("role", [Role.COUNCIL_MEMBER, Role.DEPARTMENT_OFFICER, Role.CITY_OFFICER])
def test_only_district_staff_calls_meetings(body, at, role) -> None:
    with pytest.raises(NotAllowed):
        operations.call_meeting(body=body, title="회의", place="구청", held_at=at, actor=holder(role, at), at=at)


def test_staff_of_another_district_runs_no_meeting_here(meeting, body, at) -> None:
    stranger = holder(Role.SECRETARIAT, at, district="mapo")
    with pytest.raises(NotAllowed):
        operations.open_meeting(meeting=meeting, present=_ids(body, 9), actor=stranger, at=at)


def test_half_of_the_members_are_no_quorum_and_one_more_is(meeting, body, staff, at) -> None:
    with pytest.raises(UnableToMeet) as refused:
        operations.open_meeting(meeting=meeting, present=_ids(body, 5), actor=staff, at=at)
    assert "6명" in str(refused.value)
    operations.open_meeting(meeting=meeting, present=_ids(body, 6), actor=staff, at=at)
    assert meeting.state == "in_session"


def test_somebody_who_is_no_member_on_the_day_cannot_be_present(meeting, body, staff, at) -> None:
    gone = body.members.first()
    Member.objects.filter(pk=gone.pk).update(ends_on=date(2020, 5, 20))
    with pytest.raises(UnableToMeet):
        operations.open_meeting(meeting=meeting, present=_ids(body, 8), actor=staff, at=at)


def test_a_meeting_opens_only_on_its_day_and_once(body, staff, at) -> None:
    later = operations.call_meeting(
        body=body, title="회의", place="구청", held_at=at + timedelta(days=1), actor=staff, at=at
    )
    with pytest.raises(UnableToMeet):
        operations.open_meeting(meeting=later, present=_ids(body, 7), actor=staff, at=at)
    operations.open_meeting(meeting=later, present=_ids(body, 7), actor=staff, at=at + timedelta(days=1))
    with pytest.raises(UnableToMove):
        operations.open_meeting(meeting=later, present=_ids(body, 7), actor=staff, at=at + timedelta(days=1))


def test_a_member_votes_for_himself_and_not_for_another(motion, body, at) -> None:
    member = resident(at)
    own = seat(body, member.person)
    other = body.members.exclude(pk=own.pk).first()
    with pytest.raises(NotAllowed):
        operations.cast_vote(motion=motion, member=other, ballot=Ballot.YES, actor=member, at=at)
    operations.cast_vote(motion=motion, member=own, ballot=Ballot.YES, actor=member, at=at)
    assert tally(motion).yes == 1


def test_nobody_votes_twice(motion, body, staff, at) -> None:
    member = body.members.first()
    operations.cast_vote(motion=motion, member=member, ballot=Ballot.NO, actor=staff, at=at)
    with pytest.raises(UnableToVote):
        operations.cast_vote(motion=motion, member=member, ballot=Ballot.YES, actor=staff, at=at)
    assert list(MotionVote.objects.values_list("ballot", flat=True)) == ["no"]


def test_a_member_who_did_not_come_does_not_vote_and_nothing_is_entered_by_halves(motion, body, staff, at) -> None:
    members = list(body.members.all())
    with pytest.raises(UnableToVote):
        operations.cast_votes(
            motion=motion, ballots={members[0]: Ballot.YES, members[9]: Ballot.YES}, actor=staff, at=at
        )
    assert tally(motion).yes == 0


def test_a_motion_before_the_session_takes_no_votes(meeting, body, staff, at) -> None:
    motion = operations.put_motion(meeting=meeting, title="안건", actor=staff, at=at)
    with pytest.raises(UnableToVote):
        operations.cast_vote(motion=motion, member=body.members.first(), ballot=Ballot.YES, actor=staff, at=at)
    with pytest.raises(UnableToVote):
        operations.close_motion(motion=motion, actor=staff, at=at)


@pytest.mark.parametrize(("yes", "state"), [(3, "rejected"), (4, "carried")])
def test_a_majority_of_those_present_decides(motion, body, staff, at, yes, state) -> None:
    for member in body.members.all()[:yes]:
        operations.cast_vote(motion=motion, member=member, ballot=Ballot.YES, actor=staff, at=at)
    operations.close_motion(motion=motion, actor=staff, at=at)
    assert (motion.state, motion.decided_at) == (state, at)


def test_a_decided_motion_takes_no_more_votes_and_is_not_decided_again(motion, body, staff, at) -> None:
    operations.close_motion(motion=motion, actor=staff, at=at)
    with pytest.raises(UnableToVote):
        operations.cast_vote(motion=motion, member=body.members.first(), ballot=Ballot.YES, actor=staff, at=at)
    with pytest.raises(UnableToMove):
        operations.close_motion(motion=motion, actor=staff, at=at)


def test_a_meeting_closes_when_its_motions_are_decided_and_takes_no_more(motion, session, staff, at) -> None:
    with pytest.raises(UnableToMeet):
        operations.close_meeting(meeting=session, minutes="기록", actor=staff, at=at)
    operations.close_motion(motion=motion, actor=staff, at=at)
    operations.close_meeting(meeting=session, minutes="기록", actor=staff, at=at)
    with pytest.raises(UnableToPutMotion):
        operations.put_motion(meeting=session, title="늦은 안건", actor=staff, at=at)
