"""The caps of the budget: which lines each counts, of which whole, and up to which share.

The rules turn a cap that is exceeded into a finding; the live panel shows every cap with the room left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .facts import LEASE_DEPOSIT, PlanFacts
from .findings import PLAN, Measure, Place, Severity
from .items import Nature
from .laid import LaidLine, LaidProject, lay
from .shares import WHOLE, exceeds, largest_beside, largest_inside, percent
from .view import View

BUILT = frozenset({Nature.FACILITIES, Nature.ASSETS})
PAID = frozenset({Nature.PERSONNEL})
HANDED_ON = frozenset({Nature.TRANSFER})


@dataclass(frozen=True, slots=True)
class Label:
    """What a cap counts and of what whole, in both languages."""

    part_ko: str
    part_en: str
    whole_ko: str
    whole_en: str


@dataclass(frozen=True, slots=True)
class Cap:
    """A cap as it stands in a plan: amounts in thousand won, limit in percent, and the lines it counts.

    `inside` says whether the counted part is itself in the whole.
    """

    rule: str
    where: Place
    severity: Severity
    label: Label
    part: int
    whole: int
    limit: int
    clause: str
    inside: bool
    counted: tuple[LaidLine, ...]

    @property
    def lines(self) -> tuple[Place, ...]:
        """Return the places of the lines that count."""
        return tuple(one.place for one in self.counted)

    @property
    def over(self) -> bool:
        """Say whether the cap is exceeded; exactly at the limit it is not."""
        return exceeds(self.part, self.whole, self.limit)

    @property
    def at_limit(self) -> bool:
        """Say whether the part is exactly at the limit."""
        return self.part > 0 and self.part * WHOLE == self.whole * self.limit

    @property
    def largest(self) -> int:
        """Return the largest part that passes with all other lines as they are."""
        if self.inside:
            return largest_inside(self.part, self.whole, self.limit)
        return largest_beside(self.whole, self.limit)

    @property
    def measure(self) -> Measure:
        """Return the figures of the cap as a finding shows them."""
        return Measure(self.part, self.whole, percent(self.part, self.whole, self.limit), self.limit, self.largest)


@dataclass(frozen=True, slots=True)
class CapKind:
    """What a rule caps: which lines count, in which money, of which whole, and the parameter with the limit.

    Lines count by nature, by flag, or all (neither given). A kind without a key is capped by the whole itself.
    """

    rule: str
    part: tuple[str, str]
    of: Literal["grant", "sectoral", "project"]
    key: str = ""
    natures: frozenset[Nature] = frozenset()
    flag: str = ""
    sectoral_only: bool = True
    shown_empty: bool = True

    def counts(self, project: LaidProject) -> list[LaidLine]:
        """Return the lines of a project that count, in their order; a cap of the grant counts city money alone."""
        if self.flag:
            return project.flags.get(self.flag, [])
        if not self.natures:
            return [one for one in project.lines if (one.line.city if self.of == "grant" else one.total)]
        found = (one for nature in self.natures for one in project.natures.get(nature, ()))
        return sorted(found, key=lambda one: one.number)


WHOLES = {
    "grant": ("시 보조금", "the city grant"),
    "sectoral": ("분야별 협치과제 총액", "the sectoral total"),
    "project": ("사업비", "the project"),
}
BUILT_NAME = ("시설비 및 부대비·자산취득비", "Facilities and assets")
TRANSFER_NAME = ("민간이전", "Private transfers")
SECTORAL_CITY_NAME = ("분야별 협치과제의 시비", "City money of sectoral projects")
KINDS = (
    CapKind("BUDGET-1", SECTORAL_CITY_NAME, "grant", "budget.sectoral_city_share_max"),
    CapKind("BUDGET-2", ("인건비성 경비", "Personnel-type costs"), "sectoral", "budget.personnel_share_max", PAID),
    CapKind("BUDGET-4", BUILT_NAME, "sectoral", "budget.facilities_share_max", BUILT),
    CapKind("BUDGET-7", TRANSFER_NAME, "sectoral", "budget.transfer_share_max", HANDED_ON),
    CapKind("BUDGET-16", ("모든 사업의 시비", "City money of all projects"), "grant", sectoral_only=False),
    CapKind("BUDGET-5", BUILT_NAME, "project", "budget.facilities_project_share_max", BUILT),
    CapKind("BUDGET-8", TRANSFER_NAME, "project", "budget.transfer_project_share_max", HANDED_ON),
    CapKind(
        "BUDGET-11",
        ("임차보증금", "Lease deposits"),
        "project",
        "budget.deposit_project_share_max",
        flag=LEASE_DEPOSIT,
        sectoral_only=False,
        shown_empty=False,
    ),
)


def grant_of(facts: PlanFacts, view: View) -> int:
    """Return the city grant of the plan in thousand won, or the default where the plan leaves it out (PLAN-10)."""
    return view.number("plan.city_grant_default") if facts.city_grant is None else facts.city_grant


def plan_caps(facts: PlanFacts, view: View, rule: str | None = None) -> tuple[Cap, ...]:
    """Return every cap of the budget, or those of one rule, as they stand: first of the plan, then by project."""
    if facts.projects is None:
        return ()
    kinds = [kind for kind in KINDS if rule in (None, kind.rule)]
    projects = lay(facts, view)
    of_plan = [_of_plan(kind, projects, facts, view) for kind in kinds if kind.of != "project"]
    by_project = [_of_project(kind, project, view) for project in projects for kind in kinds if kind.of == "project"]
    return (*of_plan, *(cap for cap in by_project if cap is not None))


def _of_plan(kind: CapKind, projects: tuple[LaidProject, ...], facts: PlanFacts, view: View) -> Cap:
    """Return a cap over the whole plan: BUDGET-1, 2, 4, 7 and 16."""
    counted = [one for one in projects if one.project.part == "sectoral" or not kind.sectoral_only]
    parts = [_counted(kind, project) for project in counted]
    whole = grant_of(facts, view) if kind.of == "grant" else sum(project.total for project in counted)
    lines = tuple(one for _, found in parts for one in found)
    return _cap(kind, view, PLAN, Severity.BLOCK, sum(amount for amount, _ in parts), whole, lines)


def _of_project(kind: CapKind, laid: LaidProject, view: View) -> Cap | None:
    """Return a cap of one project: BUDGET-5, 8 and, where there are deposits, 11; a foundation project may warn."""
    part, lines = _counted(kind, laid)
    if not part and not kind.shown_empty:
        return None
    gentle = kind.sectoral_only and laid.project.part == "foundation"
    severity = Severity.WARN if gentle else Severity.BLOCK
    return _cap(kind, view, laid.place, severity, part, laid.total, tuple(lines))


def _counted(kind: CapKind, project: LaidProject) -> tuple[int, list[LaidLine]]:
    """Return the counted amount of a project (city money for the grant, all sources otherwise) and its lines."""
    lines = kind.counts(project)
    if kind.of == "grant":
        return sum(one.line.city for one in lines), lines
    return sum(one.total for one in lines), lines


def _cap(
    kind: CapKind, view: View, where: Place, severity: Severity, part: int, whole: int, lines: tuple[LaidLine, ...]
) -> Cap:
    """Return a cap with its limit; a limit that a district tightened cites the district's own clause."""
    limit = view.number(kind.key) if kind.key else WHOLE
    clause = view.clause(kind.rule, kind.key) if kind.key else view.rules[kind.rule].clause
    label = Label(*kind.part, *WHOLES[kind.of])
    return Cap(kind.rule, where, severity, label, part, whole, limit, clause, kind.of != "grant", lines)
