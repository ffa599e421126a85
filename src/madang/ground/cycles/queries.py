from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from madang.engines import rulebook
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.places.models import District

SEOUL = ZoneInfo("Asia/Seoul")


def current_cycle(day: date) -> Cycle | None:
    """Return the cycle whose planning year a day lies in, else the newest."""
    return Cycle.objects.filter(planning_year=day.year).first() or Cycle.objects.first()


def year_of(district: District, cycle: Cycle) -> DistrictYear | None:
    """Return where a district stands in a cycle, or None when it has no record there."""
    return DistrictYear.objects.filter(district=district, cycle=cycle).select_related("cycle", "district").first()


def deadline(cycle: Cycle, step: str) -> datetime:
    """Return the instant at which a step of the city procedure ends: 24:00 Korean time of its last day (calendar).

    Raises ``KeyError`` for a step the calendar does not know or that has no last day.
    """
    for entry in rulebook.calendar(cycle.planning_year):
        if entry.key == step and entry.ends_on is not None:
            return datetime.combine(entry.ends_on + timedelta(days=1), time.min, tzinfo=SEOUL)
    raise KeyError(step)
