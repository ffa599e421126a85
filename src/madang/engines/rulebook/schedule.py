"""The calendar of a cycle: dated steps of the city procedure, model stages of a district, and how days are counted.

A printed day never moves; a computed day moves to the next working day; no hour given means 24:00 Korean time.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from .view import load

KOREAN_TIME = timezone(timedelta(hours=9), "KST")
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Step:
    """A step or stage: key, kind, names, first and last day (None where the district lays it freely), who, clause.

    `printed` says that the guide prints the days for this very year; in other years they are the same days of the
    year as a proposal. `computed` days are moved to a working day. `hour` is the closing hour (24 when none is given).
    """

    key: str
    kind: str
    name_ko: str
    name_en: str
    starts_on: date | None
    ends_on: date | None
    who: str
    who_en: str
    clause: str
    printed: bool
    computed: bool = False
    hour: int = 24
    reading_ko: str = ""
    reading_en: str = ""

    @property
    def closes_at(self) -> datetime | None:
        """Return the instant at which the step closes in Korean time."""
        return closing(self.ends_on, self.hour) if self.ends_on else None


def calendar(planning_year: int = 2020, *, holidays: Collection[date] = (), edition: str = "2020") -> tuple[Step, ...]:
    """Return the steps and stages of the cycle that begins in a planning year, in the order of the guide."""
    return tuple(_steps(planning_year, frozenset(holidays), edition))


def _steps(year: int, holidays: frozenset[date], edition: str) -> Iterator[Step]:
    """Yield the steps, days worked out for the planning year."""
    data = load(edition).calendar
    for kind, steps in data.items():
        if not isinstance(steps, dict):
            continue
        for key, row in steps.items():
            computed = row.get("computed", False)
            ends_on = _day(row.get("to"), year)
            if computed and ends_on:
                ends_on = next_working_day(ends_on, holidays)
            yield Step(
                key,
                kind,
                row["ko"],
                row["en"],
                _day(row.get("from"), year),
                ends_on,
                row["who_ko"],
                row["who_en"],
                row["clause"],
                bool(ends_on) and not computed and year == data["printed_for"],
                computed,
                row.get("hour", 24),
                row.get("reading_ko", ""),
                row.get("reading_en", ""),
            )


def _day(text: str | None, year: int) -> date | None:
    """Return the day of "[+][+]MM-DD" counted from a planning year; "end" is the last day of the month."""
    if text is None:
        return None
    bare = text.lstrip("+")
    year += len(text) - len(bare)
    month, day = bare.split("-")
    last = monthrange(year, int(month))[1]
    return date(year, int(month), last if day == "end" else int(day))


def submission_day(planning_year: int, edition: str = "2020") -> date:
    """Return the last day of submission of a planning year (P 4)."""
    return next(
        step.ends_on for step in calendar(planning_year, edition=edition) if step.key == "submission" and step.ends_on
    )


def next_working_day(day: date, holidays: Collection[date] = ()) -> date:
    """Return the day itself, or the next day that is neither a weekend nor one of the holidays."""
    while day.weekday() >= SATURDAY or day in holidays:
        day += timedelta(days=1)
    return day


def months_after(day: date, months: int, holidays: Collection[date] = ()) -> date:
    """Return the computed day some months after a day: the same day of the month, or its last; a working day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return next_working_day(date(year, month, min(day.day, monthrange(year, month)[1])), holidays)


def closing(day: date, hour: int = 24) -> datetime:
    """Return the instant at which a day closes: the hour given, 24:00 when none is, in Korean time."""
    return datetime.combine(day, time(), KOREAN_TIME) + timedelta(hours=hour)
