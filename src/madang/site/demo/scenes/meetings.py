"""The meetings of Dobong's council before the one that approves the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from madang.ground.bodies.models import Body, Meeting, Member, Motion
from madang.ground.bodies.operations import (
    call_meeting,
    cast_votes,
    close_meeting,
    close_motion,
    open_meeting,
    put_motion,
)
from madang.ground.bodies.queries import members_on
from madang.ground.bodies.states import Ballot
from madang.ground.people.actors import Actor
from madang.site.demo import content
from madang.site.demo.scenes import who
from madang.site.demo.scenes.scene import Scene, moment

EARLIEST = moment(date(2020, 1, 9))
CALLED_BEFORE = timedelta(days=9)


def scenes() -> Iterator[Scene]:
    """Yield the calling of every meeting, and the holding of those that are closed in the content."""
    for entry in council()["meeting"]:
        day = entry["held_at"].date()
        called_at = max(EARLIEST, entry["held_at"] - CALLED_BEFORE)
        yield Scene(called_at, f"council of {day} called", partial(_call, entry))
        if entry["state"] == "closed":
            yield Scene(entry["held_at"], f"council of {day} held", partial(_hold, entry))


def council() -> dict[str, Any]:
    """Return Dobong's council as the content has it."""
    return next(entry for entry in content.bodies() if entry["key"] == "council")


def meeting_of(body: Body, held_at: datetime) -> Meeting:
    return Meeting.objects.select_related("body__district").get(body=body, held_at=held_at)


def present_at(body: Body, day: date, absent: Iterable[str] = ()) -> list[Member]:
    """Return the members of a day without those who are absent (addresses)."""
    away = set(absent)
    return [member for member in members_on(body, day) if member.person is None or member.person.email not in away]


def decide(motion: Motion, present: list[Member], votes: Mapping[Ballot, int], actor: Actor, at: datetime) -> None:
    """Let the members present vote in their order, so that the numbers of the votes are these, and close the motion."""
    ballots = [ballot for ballot, number in votes.items() for _vote in range(number)]
    cast_votes(motion=motion, ballots=dict(zip(present, ballots, strict=False)), actor=actor, at=at)
    close_motion(motion=motion, actor=actor, at=at + timedelta(minutes=5))


def _call(entry: dict[str, Any], at: datetime) -> None:
    call_meeting(
        body=who.body("council"),
        title=entry["title"],
        place=entry["place"],
        held_at=entry["held_at"],
        actor=who.acting("seodaon", at),
        at=at,
    )


def _hold(entry: dict[str, Any], at: datetime) -> None:
    staff = who.acting("seodaon", at)
    body = who.body("council")
    meeting = meeting_of(body, entry["held_at"])
    absent = [who.people_by_key()[key]["email"] for key in entry["absent"]]
    present = present_at(body, at.date(), absent)
    open_meeting(meeting=meeting, present=[member.pk for member in present], actor=staff, at=at)
    for put in entry["motion"]:
        motion = put_motion(meeting=meeting, title=put["title"], actor=staff, at=at)
        votes = {Ballot.YES: put["yes"], Ballot.NO: put["no"], Ballot.ABSTAIN: put["abstain"]}
        decide(motion, present, votes, staff, at + timedelta(minutes=40))
    close_meeting(meeting=meeting, minutes=entry["minutes"], actor=staff, at=at + timedelta(minutes=90))
