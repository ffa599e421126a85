"""The caps of the budget: which lines each counts, of which whole, and up to which share.

The rules turn a cap that is exceeded into a finding; the live panel shows every cap with the room left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .facts import LEASE_DEPOSIT, Line, PlanFacts, Project
from .findings import PLAN, Measure, Place, Severity
from .items import ItemTable, Nature
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
    lines: tuple[Place, ...]

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


BUILT_LABEL = ("시설비 및 부대비·자산취득비", "Facilities and assets")
HANDED_ON_LABEL = ("민간이전", "Private transfers")
SECTORAL_WHOLE = ("분야별 협치과제 총액", "the sectoral total")
PROJECT_WHOLE = ("사업비", "the project")
GRANT_WHOLE = ("시 보조금", "the city grant")


def grant_of(facts: PlanFacts, view: View) -> int:
    """Return the city grant of the plan in thousand won, or the default where the plan leaves it out (PLAN-10)."""
    return view.number("plan.city_grant_default") if facts.city_grant is None else facts.city_grant


def line_place(project: Project, position: int, line: Line, number: int) -> Place:
    """Return the place of a line, counting projects and lines from 1."""
    return Place("line", project.id, position, number, line.ref)


def project_place(project: Project, position: int) -> Place:
    """Return the place of a project, counting from 1."""
    return Place("project", project.id, position)


def placed_lines(facts: PlanFacts) -> Iterator[tuple[Project, Line, Place]]:
    """Yield every line with its project and its place."""
    for position, project in enumerate(facts.projects or (), 1):
        for number, line in enumerate(project.lines, 1):
            yield project, line, line_place(project, position, line, number)


def nature_of(line: Line, items: ItemTable) -> Nature | None:
    """Return the nature that the item code of the fiscal year gives a line; None for a code nothing settles."""
    item = items.settle(line.item, line.nature)
    return item.nature if item else None


def plan_caps(facts: PlanFacts, view: View) -> tuple[Cap, ...]:
    """Return every cap of the budget as it stands in the plan, in the order of the rules."""
    if facts.projects is None:
        return ()
    items = view.items(facts.fiscal_year)
    return (*_whole_plan(facts, view, items), *_each_project(facts, view, items))


def _whole_plan(facts: PlanFacts, view: View, items: ItemTable) -> Iterator[Cap]:
    """Yield the caps over the whole plan: BUDGET-1, 2, 4, 7 and 16."""
    everything = [(line, place) for _, line, place in placed_lines(facts)]
    sectoral = [(line, place) for project, line, place in placed_lines(facts) if project.part == "sectoral"]
    whole, grant = sum(line.total for line, _ in sectoral), grant_of(facts, view)

    def beside(rule: str, label: tuple[str, str], lines: list[tuple[Line, Place]], limit: int, clause: str) -> Cap:
        paid = tuple(place for line, place in lines if line.city)
        city = sum(line.city for line, _ in lines)
        return Cap(rule, PLAN, Severity.BLOCK, Label(*label, *GRANT_WHOLE), city, grant, limit, clause, False, paid)

    def inside(rule: str, label: tuple[str, str], natures: frozenset[Nature], key: str) -> Cap:
        part, counted = _count(sectoral, lambda line: nature_of(line, items) in natures)
        return Cap(
            rule,
            PLAN,
            Severity.BLOCK,
            Label(*label, *SECTORAL_WHOLE),
            part,
            whole,
            view.number(key),
            view.rules[rule].clause,
            True,
            counted,
        )

    share = view["budget.sectoral_city_share_max"]
    yield beside(
        "BUDGET-1",
        ("분야별 협치과제의 시비", "City money of sectoral projects"),
        sectoral,
        view.number(share.key),
        share.clause,
    )
    yield inside("BUDGET-2", ("인건비성 경비", "Personnel-type costs"), PAID, "budget.personnel_share_max")
    yield inside("BUDGET-4", BUILT_LABEL, BUILT, "budget.facilities_share_max")
    yield inside("BUDGET-7", HANDED_ON_LABEL, HANDED_ON, "budget.transfer_share_max")
    yield beside(
        "BUDGET-16",
        ("모든 사업의 시비", "City money of all projects"),
        everything,
        WHOLE,
        view.rules["BUDGET-16"].clause,
    )


def _each_project(facts: PlanFacts, view: View, items: ItemTable) -> Iterator[Cap]:
    """Yield the caps of each project: BUDGET-5, 8 and, where there are deposits, 11."""
    for position, project in enumerate(facts.projects or (), 1):
        lines = [(line, line_place(project, position, line, n)) for n, line in enumerate(project.lines, 1)]
        gentle = Severity.BLOCK if project.part == "sectoral" else Severity.WARN
        rows: tuple[tuple[str, tuple[str, str], str, Severity, Callable[[Line], bool]], ...] = (
            (
                "BUDGET-5",
                BUILT_LABEL,
                "budget.facilities_project_share_max",
                gentle,
                lambda line: nature_of(line, items) in BUILT,
            ),
            (
                "BUDGET-8",
                HANDED_ON_LABEL,
                "budget.transfer_project_share_max",
                gentle,
                lambda line: nature_of(line, items) in HANDED_ON,
            ),
            (
                "BUDGET-11",
                ("임차보증금", "Lease deposits"),
                "budget.deposit_project_share_max",
                Severity.BLOCK,
                lambda line: LEASE_DEPOSIT in line.flags,
            ),
        )
        for rule, label, key, severity, counts in rows:
            part, counted = _count(lines, counts)
            if part or rule != "BUDGET-11":
                yield Cap(
                    rule,
                    project_place(project, position),
                    severity,
                    Label(*label, *PROJECT_WHOLE),
                    part,
                    project.total,
                    view.number(key),
                    view[key].clause,
                    True,
                    counted,
                )


def _count(lines: Iterable[tuple[Line, Place]], counts: Callable[[Line], bool]) -> tuple[int, tuple[Place, ...]]:
    """Return the amount of the lines that count, and their places."""
    counted = [(line.total, place) for line, place in lines if counts(line)]
    return sum(amount for amount, _ in counted), tuple(place for amount, place in counted if amount)
