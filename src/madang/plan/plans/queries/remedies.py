"""Trying a way out: the amounts of a project's lines as they would be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from madang.plan.plans.models.projects import SOURCES
from madang.plan.plans.queries.panel import WayKind

CITY = SOURCES.index("city")
DISTRICT = SOURCES.index("district")


@dataclass(slots=True)
class Amounts:
    """The amounts of one line by source, and whether a cap counts it."""

    by_source: list[int]
    counted: bool

    @property
    def total(self) -> int:
        return sum(self.by_source)


def try_way(lines: Sequence[Amounts], kind: WayKind, amount: int) -> int:
    """Change the amounts of lines in place and return how many thousand won could not be placed.

    Counted lines give first where they are largest; what others receive keeps its source, and what is added is
    district money, so that no cap of the city's money is touched.
    """
    counted = sorted((line for line in lines if line.counted), key=lambda line: -line.total)
    others = sorted((line for line in lines if not line.counted), key=lambda line: -line.total)
    if kind is WayKind.SWAP:
        return _swap(counted, amount)
    if kind in (WayKind.MOVE, WayKind.RAISE) and not others:
        return amount
    if kind is WayKind.RAISE:
        others[0].by_source[DISTRICT] += amount
        return 0
    left = amount
    for line in counted:
        for source in range(len(SOURCES)):
            taken = min(left, line.by_source[source])
            line.by_source[source] -= taken
            left -= taken
            if kind is WayKind.MOVE:
                others[0].by_source[source] += taken
    return left


def _swap(counted: Sequence[Amounts], amount: int) -> int:
    """Turn city money of counted lines into district money."""
    left = amount
    for line in counted:
        taken = min(left, line.by_source[CITY])
        line.by_source[CITY] -= taken
        line.by_source[DISTRICT] += taken
        left -= taken
    return left
