"""The ballots of the example vote, made from the planned numbers and the seed: the same every time."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from . import vote

_WHOLE = 1 << 64


@dataclass(frozen=True, slots=True)
class ExampleBallot:
    """One ballot: its channel, its place in the channel from 1, its day, and the agendas chosen (numbers, sorted)."""

    channel: str
    place: int
    on: date
    choices: tuple[str, ...]


def ballots() -> Iterator[ExampleBallot]:
    """Yield every counted ballot of the example vote, channel by channel."""
    plan = vote()
    for channel in plan["channel"]:
        last_on = channel["closes_at"].date()
        for place in range(1, channel["ballots"] + 1):
            name = f"{plan['seed']}|{channel['key']}|{place}"
            yield ExampleBallot(channel["key"], place, _day(plan["daily"], name, last_on), _choices(plan, name))


def approvals() -> Counter[str]:
    """Count how many ballots chose each agenda."""
    return Counter(choice for ballot in ballots() for choice in ballot.choices)


def _choices(plan: dict[str, Any], name: str) -> tuple[str, ...]:
    """Choose an agenda when its draw lies under its weight; too many or none: the strongest draws decide."""
    drawn = sorted(
        (_draw(f"{name}|{option['agenda']}") * 1000 // option["weight"], option["agenda"]) for option in plan["option"]
    )
    chosen = [agenda for strength, agenda in drawn if strength < _WHOLE] or [drawn[0][1]]
    return tuple(sorted(chosen[: plan["choose_at_most"]]))


def _day(daily: list[dict[str, Any]], name: str, last_on: date) -> date:
    days = [day for day in daily if day["on"] <= last_on]
    point = _draw(f"{name}|day") * sum(day["share"] for day in days) // _WHOLE
    for day in days:
        point -= day["share"]
        if point < 0:
            return date.fromisoformat(day["on"].isoformat())
    return last_on


def _draw(name: str) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:8], "big")
