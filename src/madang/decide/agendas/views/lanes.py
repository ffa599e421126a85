"""The drawing beside an agenda's life: one lane a proposal, joining where they were merged.

Geometry in a box of 96 by 100 that is stretched to the height of its row; colours are classes of the stylesheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from madang.decide.agendas.models import Strand

MOST_LANES = 4
STARTS = ("M12 8V101", "M36 8V101", "M60 8V101", "M84 8V101")
RUNS = ("M12 -1V101", "M36 -1V101", "M60 -1V101", "M84 -1V101")
JOINS = ("M12 -1V101", "M36 -1C36 40 12 30 12 62", "M60 -1C60 50 12 40 12 74", "M84 -1C84 60 12 50 12 86")
COLOURS = ("s-thread", "cb", "cc", "cd")
KNOTS = ("kn k1", "kn k2 cb", "kn k3 cc", "kn k4 cd")
MERGED = ("s-pine big", "M12 84V101")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the drawing: the classes that colour it, and its path."""

    css: str
    path: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the drawing: its lines, its knot, and the proposals told beside it (more than one in the last)."""

    lines: tuple[Line, ...]
    knot: str
    strands: tuple[Strand, ...]

    @property
    def first(self) -> Strand:
        return self.strands[0]


def lanes_of(strands: Sequence[Strand]) -> list[Lane]:
    """Return one lane for each of up to four proposals; with more, the fourth lane stands for all the others."""
    if len(strands) > MOST_LANES:
        groups = [(strand,) for strand in strands[: MOST_LANES - 1]] + [tuple(strands[MOST_LANES - 1 :])]
    else:
        groups = [(strand,) for strand in strands]
    return [Lane(_lines_at(place), KNOTS[place], group) for place, group in enumerate(groups)]


def _lines_at(place: int) -> tuple[Line, ...]:
    running = [Line(COLOURS[lane], RUNS[lane]) for lane in range(place)]
    return (*running, Line(COLOURS[place], STARTS[place]))


def joining(count: int) -> tuple[Line, ...]:
    """Return the lines of the row in which ``count`` lanes become one."""
    return (*(Line(COLOURS[lane], JOINS[lane]) for lane in range(count)), Line(*MERGED))
