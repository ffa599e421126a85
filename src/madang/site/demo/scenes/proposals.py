"""The proposals of Dobong in the order of their numbers, and those that cannot be taken up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from madang.decide.agendas.operations.proposals import Source, Words, decline, hand_over, propose, write_down
from madang.decide.agendas.states import Origin
from madang.ground.people.actors import SYSTEM, Actor, actor_for
from madang.ground.people.models import Person
from madang.ground.people.operations import register_person
from madang.site.demo import content
from madang.site.demo.scenes import who
from madang.site.demo.scenes.names import name_for
from madang.site.demo.scenes.scene import Scene, moment

DECLINED_ON = date(2020, 4, 24)
DECLINED = ("declined", "answered", "kept")
HANDED_OVER = "district_budget"
BETWEEN = timedelta(minutes=4)


def scenes() -> Iterator[Scene]:
    """Yield one scene for every day with proposals, and the day on which some are declined."""
    for day, entries in groupby(content.proposals(), key=lambda entry: entry["on"]):
        yield Scene(moment(day, 22), f"proposals of {day}", partial(_take, list(entries)))
    yield Scene(moment(DECLINED_ON, 15), "proposals declined", _decline)


def key_of(slug: str, number: int) -> UUID:
    """Return the key of the form with which a proposal of the example is sent."""
    return uuid5(NAMESPACE_URL, f"example/{slug}/{number}")


def _take(entries: list[dict[str, Any]], until: datetime) -> None:
    at = moment(until.date(), 8)
    for entry in entries:
        at = max(at + BETWEEN, _usual_time(entry))
        words = Words(
            title=entry["title"],
            problem=entry["problem"],
            wish=entry["wish"],
            dong=who.dong("dobong", entry["dong"], until.date()),
        )
        if entry["source"] == "online":
            actor = actor_for(_author(entry, at), at)
            proposal = propose(
                district=who.district(),
                words=words,
                submission_key=key_of("dobong", entry["number"]),
                actor=actor,
                at=at,
            )
        else:
            proposal = write_down(
                district=who.district(),
                words=words,
                source=_source(entry),
                submission_key=key_of("dobong", entry["number"]),
                actor=_writer(entry, at),
                at=at,
            )
        if proposal.number != entry["number"]:
            raise ValueError(f"proposal {entry['number']} of the example got the number {proposal.number}")


def _usual_time(entry: dict[str, Any]) -> datetime:
    """Return when in its day a proposal comes: at a forum after it began, else in the course of the day."""
    if entry["source"] == "forum":
        forum = who.forum(entry["forum"])
        if forum.starts_at.astimezone().date() == entry["on"]:
            return forum.starts_at + timedelta(minutes=35)
    hours = {"desk": 10, "department": 11, "transferred": 9}
    return moment(entry["on"], hours.get(entry["source"], 12))


def _author(entry: dict[str, Any], at: datetime) -> Person:
    """Return who wrote a proposal; somebody shown by a family name only gets an account with an invented name."""
    if "author" in entry:
        return who.person(entry["author"])
    return register_person(
        email=f"resident{entry['number']}@example.org",
        name=name_for(f"proposal|{entry['number']}", entry["display"][0]),
        dong=who.dong("dobong", entry["dong"], entry["on"]),
        actor=SYSTEM,
        at=at,
    )


def _source(entry: dict[str, Any]) -> Source:
    display = entry.get("display", "")
    return Source(
        origin=Origin(entry["source"]),
        forum=who.forum(entry["forum"]) if "forum" in entry else None,
        proposer_name=display if "○" in display else "",
        proposer=who.person(entry["author"]) if "author" in entry else None,
    )


def _writer(entry: dict[str, Any], at: datetime) -> Actor:
    return who.acting("gilnarae" if entry["source"] == "desk" else "hanjiwon", at)


def _decline(at: datetime) -> None:
    staff = who.acting("hanjiwon", at)
    for entry in content.proposals():
        outcome = entry.get("outcome", {})
        if outcome.get("kind") in DECLINED:
            (proposal,) = who.proposals("dobong", [entry["number"]])
            decline(proposal=proposal, reason=outcome["reason"], actor=staff, at=at)
        elif outcome.get("kind") == HANDED_OVER:
            (proposal,) = who.proposals("dobong", [entry["number"]])
            hand_over(proposal=proposal, reason=outcome["reason"], actor=staff, at=at)
