from madang.ground.bodies.views.bodies import bodies, body_page, end, found
from madang.ground.bodies.views.meetings import call, close, decide, meeting, open_session, put_motion, votes
from madang.ground.bodies.views.members import change_seat, seat
from madang.ground.bodies.views.ordinances import ordinance

__all__ = [
    "bodies",
    "body_page",
    "call",
    "change_seat",
    "close",
    "decide",
    "end",
    "found",
    "meeting",
    "open_session",
    "ordinance",
    "put_motion",
    "seat",
    "votes",
]
