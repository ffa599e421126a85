"""The panel beside a budget: what breaks a rule with exact ways out, and every cap with the room it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from madang.engines import rulebook
from madang.plan.plans.models import Waiver
from madang.plan.plans.queries.waivers import Mark, covered, still_blocking

WHOLE = 100
WHOLE_PLAN_LAST = ("BUDGET-5", "BUDGET-4", "BUDGET-8", "BUDGET-7", "BUDGET-2", "BUDGET-11", "BUDGET-1", "BUDGET-16")
# Caps whose counted part is a share of the grant, not of the lines themselves.
OF_GRANT = frozenset({"BUDGET-1", "BUDGET-16"})


class WayKind(StrEnum):
    """How a cap that is exceeded can be kept."""

    MOVE = "move"
    RAISE = "raise"
    CUT = "cut"
    SWAP = "swap"


@dataclass(frozen=True, slots=True)
class Way:
    """One exact way out: amount in thousand won, and what the whole then is (None where it stays)."""

    kind: WayKind
    amount: int
    whole_then: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A finding with its cap, where it has one, by how much the cap is exceeded, and the ways out."""

    finding: rulebook.Finding
    cap: rulebook.CapState | None
    ways: tuple[Way, ...]
    over: int
    fits: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A cap as a drawing on an axis of 0 to 100: how far it is used, the limit, and what is over."""

    cap: rulebook.CapState
    used: str
    limit: str
    over_from: str
    over_width: str
    is_over: bool
    over: int


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything beside the grid of one project."""

    blocking: tuple[Card, ...]
    others: tuple[Card, ...]
    council: tuple[rulebook.Finding, ...]
    elsewhere: int
    bars: tuple[Bar, ...]
    summary: rulebook.Summary
    marks: Mapping[rulebook.Finding, Mark]

    @property
    def waived(self) -> tuple[rulebook.Finding, ...]:
        """Return the findings of this project and of the whole plan that the city let pass."""
        return tuple(found for found in self.marks if found.where.kind != "members")


def panel(facts: rulebook.PlanFacts, view: rulebook.View, number: str, waivers: Iterable[Waiver] = ()) -> Panel:
    """Return the panel of one project within its whole plan, from facts that may not be saved yet."""
    judged = rulebook.judge(facts, view)
    summary = rulebook.summary(facts, view)
    caps = {(cap.rule, cap.where.project): cap for cap in summary.caps}
    block = rulebook.Severity.BLOCK
    blocking: list[Card] = []
    others: list[Card] = []
    waived = covered(waivers, judged.findings, facts)
    for found in judged.findings:
        if found in waived:
            continue
        if found.where.kind == "members" or (found.where.project and found.where.project != number):
            continue
        card = _card(found, caps.get((found.rule, found.where.project)))
        (blocking if found.severity is block else others).append(card)
    elsewhere = sum(found.where.project not in ("", number) for found in still_blocking(judged.findings, waived))
    marks = {found: Mark(one) for found, one in waived.items() if found.where.project in ("", number)}
    shown = sorted(
        (cap for cap in summary.caps if cap.where.project in ("", number)),
        key=lambda cap: WHOLE_PLAN_LAST.index(cap.rule),
    )
    council = tuple(found for found in judged.findings if found.where.kind == "members")
    bars = tuple(_bar(cap) for cap in shown)
    return Panel(tuple(blocking), tuple(others), council, elsewhere, bars, summary, marks)


def ways_out(cap: rulebook.CapState) -> tuple[Way, ...]:
    """Return every exact way to keep a cap that is exceeded, in thousand won (BUDGET-15)."""
    if cap.state is not rulebook.State.OVER:
        return ()
    cut = cap.part - cap.largest
    if cap.rule in OF_GRANT:
        return (Way(WayKind.SWAP, cut), Way(WayKind.CUT, cut, None))
    fits = cap.whole * cap.limit // WHOLE
    more = -(-cap.part * WHOLE // cap.limit) - cap.whole
    return (
        Way(WayKind.MOVE, cap.part - fits),
        Way(WayKind.RAISE, more, cap.whole + more),
        Way(WayKind.CUT, cut, cap.whole - cut),
    )


def _card(found: rulebook.Finding, cap: rulebook.CapState | None) -> Card:
    ways = ways_out(cap) if cap is not None and found.measure is not None else ()
    if cap is None or not ways:
        return Card(found, None, (), 0, 0)
    return Card(found, cap, ways, ways[0].amount, cap.part - ways[0].amount)


def _bar(cap: rulebook.CapState) -> Bar:
    """Return the drawing of a cap; a part of an empty whole fills the axis."""
    hundredths = cap.part * WHOLE * WHOLE // cap.whole if cap.whole else (WHOLE * WHOLE if cap.part else 0)
    used = min(hundredths, WHOLE * WHOLE)
    over = max(0, used - cap.limit * WHOLE)
    is_over = cap.state is rulebook.State.OVER
    shown = min(used, cap.limit * WHOLE) if is_over else used
    ways = ways_out(cap)
    limit = str(cap.limit)
    return Bar(cap, _decimal(shown), limit, limit, _decimal(over), is_over, ways[0].amount if ways else 0)


def _decimal(hundredths: int) -> str:
    return f"{hundredths // WHOLE}.{hundredths % WHOLE:02d}"
