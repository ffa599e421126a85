"""June and July: the city sets up its committees and invites the first focus group."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from madang.ground.bodies.operations import Seat, found_body, seat_member
from madang.ground.bodies.states import BodyKind, Gender, MemberClass
from madang.site.demo import content
from madang.site.demo.scenes import who
from madang.site.demo.scenes.scene import Scene, moment

Entry = dict[str, Any]


def scenes() -> Iterator[Scene]:
    """Yield how each body of the city is set up on its first day."""
    for entry in content.city_bodies():
        yield Scene(moment(entry["since_on"], 10), f"city body {entry['name']}", partial(_found, entry))


def _found(entry: Entry, at: datetime) -> None:
    officer = who.acting("oserin", at)
    body = found_body(
        district=None,
        kind=BodyKind(entry["kind"]),
        name=entry["name"],
        since_on=entry["since_on"],
        until_on=entry.get("until_on"),
        actor=officer,
        at=at,
    )
    for member in entry["member"]:
        seat_member(body=body, seat=_seat(member), starts_on=entry["since_on"], actor=officer, at=at)


def _seat(member: Entry) -> Seat:
    """Return a seat: somebody of the content by the key, anybody else by what the entry itself tells."""
    key = member.get("person")
    known = who.people_by_key()[key] if key else member
    return Seat(
        name=known["name"],
        member_class=MemberClass(member["class"]),
        gender=Gender(known["gender"]),
        affiliation=known.get("about", ""),
        person=who.person(key) if key else None,
        stands_for=tuple(member.get("parts", ())),
    )
