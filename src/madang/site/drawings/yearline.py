"""The year as one line: the city's days, with today on it. Busy months are drawn wider, and the page says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from madang.engines.rulebook import Step

WIDTHS = (54, 54, 129, 129, 129, 129, 129, 129, 44, 44, 44, 44)
LEFT = 3
TOTAL = LEFT + sum(WIDTHS)
TODAY_LABEL_HALF = 78
# A knot on the last days of the year stays whole inside the drawing.
EDGE = 12


@dataclass(frozen=True)
class Month:
    """One month of the axis: its number and where it begins."""

    number: int
    x: int


@dataclass(frozen=True)
class Point:
    """One day of the city procedure on the line."""

    step: Step
    x: int
    done: bool
    row: int

    @property
    def name(self) -> str:
        return self.step.name_en if get_language() == "en" else self.step.name_ko

    @property
    def anchor(self) -> str:
        if self.x > TOTAL - 60:
            return "end"
        return "start" if self.x < 60 else "middle"

    @property
    def name_y(self) -> int:
        return 118 if self.row == 0 else 164

    @property
    def day_y(self) -> int:
        return self.name_y + 20

    @property
    def stem_y(self) -> int:
        return self.name_y - 15


@dataclass(frozen=True)
class YearLine:
    """The whole drawing: months, points, and where today stands (None outside the year)."""

    months: tuple[Month, ...]
    points: tuple[Point, ...]
    today_x: int | None

    @property
    def label_x(self) -> int:
        return min(max(self.today_x or 0, LEFT + TODAY_LABEL_HALF), TOTAL - TODAY_LABEL_HALF)

    @property
    def box_x(self) -> int:
        return self.label_x - TODAY_LABEL_HALF

    @property
    def next_point(self) -> Point | None:
        return next((point for point in self.points if not point.done), None)


def yearline(year: int, steps: Iterable[Step], today: date) -> YearLine:
    """Draw the last days of a year's steps; labels alternate between two rows so that they do not collide."""
    dated = sorted(
        (step for step in steps if step.ends_on and step.ends_on.year == year), key=lambda step: step.ends_on
    )
    points = tuple(
        Point(step=step, x=place(step.ends_on), done=step.ends_on < today, row=index % 2)
        for index, step in enumerate(dated)
        if step.ends_on is not None
    )
    months = tuple(Month(number, LEFT + sum(WIDTHS[: number - 1])) for number in range(1, 13))
    return YearLine(months, points, place(today) if today.year == year else None)


def place(day: date) -> int:
    """Return where a day lies on the axis."""
    before = LEFT + sum(WIDTHS[: day.month - 1])
    return min(before + WIDTHS[day.month - 1] * (day.day - 1) // 31, TOTAL - EDGE)
