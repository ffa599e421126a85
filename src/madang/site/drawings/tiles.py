"""The city as 25 squares: where each district stands in the year, one step of a ramp for each group of stages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from madang.ground.cycles.models import DistrictYear
from madang.ground.cycles.states import YEAR, Participation

PITCH = 102
MARGIN = 8
SIDE = 88


@dataclass(frozen=True)
class Group:
    """Stages that share one step of the ramp."""

    step: int
    label: str | Promise
    short: str | Promise
    stages: frozenset[str]


GROUPS = (
    Group(1, _("지역조사"), pgettext_lazy("tile", "조사"), frozenset({"discuss", "survey", "vision"})),
    Group(2, _("의제 발굴"), pgettext_lazy("tile", "발굴"), frozenset({"find"})),
    Group(3, _("융합·검토"), pgettext_lazy("tile", "검토"), frozenset({"merge"})),
    Group(4, _("우선순위 투표"), pgettext_lazy("tile", "투표"), frozenset({"priorities"})),
    Group(5, _("세부계획"), pgettext_lazy("tile", "계획"), frozenset({"detail", "draft", "final"})),
    Group(6, _("승인·제출"), pgettext_lazy("tile", "승인"), frozenset({"approval", "submitted"})),
)
GROUP_OF = {stage: group for group in GROUPS for stage in group.stages}


@dataclass(frozen=True)
class Tile:
    """One district's square: place in the drawing, ramp step (0: outside the year), and what it says."""

    year: DistrictYear
    x: int
    y: int
    group: Group | None
    is_open: bool

    @property
    def mid(self) -> int:
        return self.x + SIDE // 2

    @property
    def name_y(self) -> int:
        return self.y + 44

    @property
    def word_y(self) -> int:
        return self.y + 68

    @property
    def dot_x(self) -> int:
        return self.x + 74

    @property
    def dot_y(self) -> int:
        return self.y + 14

    @property
    def css(self) -> str:
        return f"r{self.group.step}" if self.group else "r0"

    @property
    def dark(self) -> bool:
        return self.group is not None and self.group.step >= 5

    @property
    def word(self) -> str | Promise:
        """The one word in the square: that of its step, and of a plan that has been handed in, that it has."""
        if self.group is None:
            return "–"
        return pgettext("tile", "제출") if self.year.state == "submitted" else self.group.short

    @property
    def stage(self) -> str | Promise:
        return YEAR.state(self.year.state).public if self.group else self.year.get_participation_display()


def tiles(years: Iterable[DistrictYear], open_districts: frozenset[int]) -> list[Tile]:
    """Lay out the squares of a cycle's districts; a dot marks those with a vote or forum open today."""
    return [
        Tile(
            year=year,
            x=MARGIN + PITCH * year.district.tile_column,
            y=MARGIN + PITCH * year.district.tile_row,
            group=GROUP_OF[year.state] if year.participation in TAKING_PART else None,
            is_open=year.district_id in open_districts,
        )
        for year in years
    ]


TAKING_PART = frozenset({Participation.CARRYING_OUT, Participation.PLANNING})


def by_group(drawn: Iterable[Tile]) -> list[tuple[Group, list[Tile]]]:
    """Return the squares of each group, for the key beside the map."""
    squares = sorted(drawn, key=lambda tile: tile.year.district.short_name)
    return [(group, [tile for tile in squares if tile.group == group]) for group in GROUPS]


def outside(drawn: Iterable[Tile]) -> list[Tile]:
    """Return the squares of districts that make no plan this year."""
    return [tile for tile in drawn if tile.group is None]
