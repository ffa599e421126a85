"""The forums of Dobong: planned, held, and recorded when they end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from madang.decide.forums.operations import plan_forum, record_forum
from madang.site.demo import content
from madang.site.demo.scenes import open_forum, who
from madang.site.demo.scenes.scene import Scene, moment

EARLIEST = moment(date(2020, 1, 9))
NOTICE = timedelta(days=21)
KEYS = {
    "origin": {"assembly": "district_assembly", "existing_committees": "committees"},
    "gender": {"untold": "unknown"},
    "age": {"60+": "60s", "untold": "unknown"},
}


def scenes() -> Iterator[Scene]:
    """Yield the planning and the recording of every forum."""
    for entry in content.forums():
        yield Scene(max(EARLIEST, entry["starts_at"] - NOTICE), f"forum {entry['key']} planned", partial(_plan, entry))
        if "origin" in entry:
            recorded_at = entry["ends_at"] + timedelta(minutes=40)
            yield Scene(recorded_at, f"forum {entry['key']} recorded", partial(_record, entry))


def counts_of(entry: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Return how many came, by the keys that the forums' room counts by."""
    return {
        dimension: {renamed.get(key, key): number for key, number in entry[dimension].items()}
        for dimension, renamed in KEYS.items()
    }


def _plan(entry: dict[str, Any], at: datetime) -> None:
    plan_forum(
        district=who.district(),
        cycle=who.cycle(),
        kind=entry["kind"],
        title=entry["title"],
        place=entry["place"],
        dong=who.dong("dobong", entry.get("dong", ""), entry["starts_at"].date()),
        starts_at=entry["starts_at"],
        ends_at=entry["ends_at"],
        method=entry["method"],
        purpose=entry.get("purpose", ""),
        address=entry.get("address", ""),
        capacity=entry.get("capacity"),
        registration_closes_at=entry.get("registration_closes_at"),
        actor=who.acting("hanjiwon", at),
        at=at,
    )


def _record(entry: dict[str, Any], at: datetime) -> None:
    material = entry["material"]
    record_forum(
        forum=who.forum(entry["key"]),
        counts=counts_of(entry),
        outcome=entry["outcome"],
        opinions_made=entry["opinions"],
        material=f"{material['title']}\n{material['text']}",
        material_days_before=material["days_before"],
        **(open_forum.outcome() if entry["key"] == open_forum.KEY else {}),
        actor=who.acting("hanjiwon", at),
        at=at,
    )
