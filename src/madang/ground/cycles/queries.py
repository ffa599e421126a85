from __future__ import annotations

from datetime import date, datetime

from madang.engines import rulebook
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.places.models import District


def current_cycle(day: date) -> Cycle | None:
    """Return the cycle whose planning year a day lies in, else the newest."""
    return Cycle.objects.filter(planning_year=day.year).first() or Cycle.objects.first()


def year_of(district: District, cycle: Cycle) -> DistrictYear | None:
    """Return where a district stands in a cycle, or None when it has no record there."""
    return DistrictYear.objects.filter(district=district, cycle=cycle).select_related("cycle", "district").first()


def steps(cycle: Cycle, kind: str = "city") -> list[rulebook.Step]:
    """Return the dated steps of one kind of a cycle's calendar, in the order of the guide."""
    return [step for step in rulebook.calendar(cycle.planning_year) if step.kind == kind]


def deadline(cycle: Cycle, step: str) -> datetime:
    """Return the instant at which a step of the city procedure ends; no hour given means 24:00 Korean time.

    Raises ``KeyError`` for a step the calendar does not know or that has no last day.
    """
    for entry in steps(cycle):
        if entry.key == step and entry.closes_at is not None:
            return entry.closes_at
    raise KeyError(step)
