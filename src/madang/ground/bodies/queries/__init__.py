"""What is read about bodies: who sits where, what the rules say of it, quorum, meetings."""

from madang.ground.bodies.queries.composition import Composition, Share, composition, rules_of
from madang.ground.bodies.queries.council import ordinance_of, quorum_of, standing
from madang.ground.bodies.queries.meetings import Tally, meeting_day, tally
from madang.ground.bodies.queries.seats import (
    bodies_of,
    city_bodies,
    council_of,
    member_facts,
    members_on,
    seat_facts,
)

__all__ = [
    "Composition",
    "Share",
    "Tally",
    "bodies_of",
    "city_bodies",
    "composition",
    "council_of",
    "meeting_day",
    "member_facts",
    "members_on",
    "ordinance_of",
    "quorum_of",
    "rules_of",
    "seat_facts",
    "standing",
    "tally",
]
