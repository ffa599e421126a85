"""What is done with bodies: found them, seat their members, keep the ordinance, hold meetings and decide."""

from madang.ground.bodies.operations.founding import end_body, found_body
from madang.ground.bodies.operations.meetings import (
    UnableToMeet,
    UnableToPutMotion,
    UnableToVote,
    call_meeting,
    cast_vote,
    cast_votes,
    close_meeting,
    close_motion,
    open_meeting,
    put_motion,
)
from madang.ground.bodies.operations.ordinances import OrdinanceText, UnableToKeepOrdinance, keep_ordinance
from madang.ground.bodies.operations.seats import Seat, UnableToSeat, change_seat, proposed, seat_member

__all__ = [
    "OrdinanceText",
    "Seat",
    "UnableToKeepOrdinance",
    "UnableToMeet",
    "UnableToPutMotion",
    "UnableToSeat",
    "UnableToVote",
    "call_meeting",
    "cast_vote",
    "cast_votes",
    "change_seat",
    "close_meeting",
    "close_motion",
    "end_body",
    "found_body",
    "keep_ordinance",
    "open_meeting",
    "proposed",
    "put_motion",
    "seat_member",
]
