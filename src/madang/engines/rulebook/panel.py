"""The live panel beside a budget: every cap with its room, and the totals that a plan must state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .caps import Cap, grant_of, plan_caps
from .facts import PlanFacts
from .findings import Lang, Place, Severity
from .items import Kind
from .laid import lay
from .shares import WHOLE, percent
from .view import View


class State(StrEnum):
    """How a cap stands."""

    OK = "ok"
    AT_LIMIT = "at limit"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class CapState:
    """A cap for the panel. Amounts in thousand won, limit in percent.

    `room` is how much the counted part can still grow with all other lines as they are; negative when it is over.
    `lines` are the places of the counted lines; `refs` their own names as the caller gave them.
    """

    rule: str
    where: Place
    severity: Severity
    label_ko: str
    label_en: str
    whole_ko: str
    whole_en: str
    part: int
    whole: int
    percent: str | None
    limit: int
    largest: int
    room: int
    clause: str
    state: State
    lines: tuple[Place, ...]

    @property
    def refs(self) -> tuple[str, ...]:
        """Return the caller's own names of the counted lines."""
        return tuple(place.ref for place in self.lines)

    def label(self, lang: Lang = "ko") -> str:
        """Return what is counted, in one language."""
        return self.label_ko if lang == "ko" else self.label_en


@dataclass(frozen=True, slots=True)
class Amounts:
    """Amounts by source in thousand won."""

    city: int = 0
    district: int = 0
    national: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """Return all sources together."""
        return self.city + self.district + self.national + self.other

    def __add__(self, more: Amounts) -> Amounts:
        return Amounts(
            self.city + more.city, self.district + more.district, self.national + more.national, self.other + more.other
        )


@dataclass(frozen=True, slots=True)
class KindTotal:
    """Total of current or capital money and the share of its city money in the city grant (BUDGET-13)."""

    kind: Kind
    amounts: Amounts
    percent_of_grant: str | None


@dataclass(frozen=True, slots=True)
class ItemTotal:
    """Amounts of one item and their share of the whole (BUDGET-14)."""

    code: str
    name: str
    amounts: Amounts
    percent: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What the panel shows: caps, current and capital totals, totals by item, part and project."""

    grant: int
    caps: tuple[CapState, ...]
    kinds: tuple[KindTotal, ...]
    items: tuple[ItemTotal, ...]
    parts: Mapping[str, Amounts]
    projects: Mapping[str, Amounts]
    total: Amounts

    @property
    def worst(self) -> State:
        """Return the worst state of all caps that can block."""
        states = [cap.state for cap in self.caps if cap.severity is Severity.BLOCK]
        return State.OVER if State.OVER in states else State.AT_LIMIT if State.AT_LIMIT in states else State.OK


def summary(facts: PlanFacts, view: View) -> Summary:
    """Return the panel's figures for a plan: every cap even when nothing is wrong, and the totals to be stated."""
    items, grant = view.items(facts.fiscal_year), grant_of(facts, view)
    kinds = {Kind.CURRENT: Amounts(), Kind.CAPITAL: Amounts(), Kind.NEITHER: Amounts()}
    by_item: dict[str, Amounts] = {}
    parts = {"foundation": Amounts(), "sectoral": Amounts()}
    projects = {project.id: Amounts() for project in facts.projects or ()}
    total = Amounts()
    for laid in lay(facts, view):
        own = Amounts()
        for one in laid.lines:
            line = one.line
            amounts = Amounts(line.city, line.district, line.national, line.other)
            kinds[one.item.kind if one.item else Kind.NEITHER] += amounts
            by_item[line.item] = by_item.get(line.item, Amounts()) + amounts
            own += amounts
        parts[laid.project.part] += own
        projects[laid.project.id] += own
        total += own
    names = {code: found.name if (found := items.get(code)) else "" for code in by_item}
    return Summary(
        grant,
        tuple(_state(cap) for cap in plan_caps(facts, view)),
        tuple(KindTotal(kind, sums, _share(sums.city, grant)) for kind, sums in kinds.items()),
        tuple(
            ItemTotal(code, names[code], sums, _share(sums.total, total.total))
            for code, sums in sorted(by_item.items())
        ),
        parts,
        projects,
        total,
    )


def _share(part: int, whole: int) -> str | None:
    """Print a share of a whole, rounded down so that shares never add up to more than the whole."""
    return percent(part, whole, WHOLE)


def _state(cap: Cap) -> CapState:
    """Return a cap as the panel shows it."""
    measure, label = cap.measure, cap.label
    state = State.OVER if cap.over else State.AT_LIMIT if cap.at_limit else State.OK
    return CapState(
        cap.rule,
        cap.where,
        cap.severity,
        label.part_ko,
        label.part_en,
        label.whole_ko,
        label.whole_en,
        cap.part,
        cap.whole,
        measure.percent,
        cap.limit,
        cap.largest,
        cap.largest - cap.part,
        cap.clause,
        state,
        cap.lines,
    )
