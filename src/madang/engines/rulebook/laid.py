"""A plan laid out once for all rules: every line with its place, its item of the fiscal year and its total.

Rules stay functions of facts and a view; what they all need is worked out once and kept with the facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .facts import Line, PlanFacts, Project
from .findings import Place
from .items import Item, Nature
from .view import View


class LaidLine(NamedTuple):
    """A line with the item that its code settles (None when nothing does), its nature, its total and where it is."""

    line: Line
    item: Item | None
    nature: Nature | None
    total: int
    project: str
    position: int
    number: int

    @property
    def place(self) -> Place:
        """Return the place of the line, counting projects and lines from 1."""
        return Place("line", self.project, self.position, self.number, self.line.ref)


class LaidProject(NamedTuple):
    """A project with its place, its lines and their amount in thousand won.

    `natures` and `flags` hold the lines that have an amount, by nature and by flag, in their order.
    """

    project: Project
    place: Place
    lines: tuple[LaidLine, ...]
    total: int
    natures: Mapping[Nature | None, list[LaidLine]]
    flags: Mapping[str, list[LaidLine]]


def lay(facts: PlanFacts, view: View) -> tuple[LaidProject, ...]:
    """Return the projects of a plan laid out; raises KeyError for a fiscal year without a table of item codes."""
    kept = facts.kept.get("laid")
    if kept and kept[0] is view:
        laid: tuple[LaidProject, ...] = kept[1]
        return laid
    laid = tuple(_project(project, position, facts, view) for position, project in enumerate(facts.projects or (), 1))
    facts.kept["laid"] = (view, laid)
    return laid


def laid_lines(facts: PlanFacts, view: View) -> Iterator[LaidLine]:
    """Yield every line of a plan."""
    for project in lay(facts, view):
        yield from project.lines


def flagged(flag: str, facts: PlanFacts, view: View) -> Iterator[LaidLine]:
    """Yield the lines of a plan that have an amount and carry a flag."""
    for project in lay(facts, view):
        yield from project.flags.get(flag, ())


def _project(project: Project, position: int, facts: PlanFacts, view: View) -> LaidProject:
    """Lay out one project, counted from 1."""
    settle = view.items(facts.fiscal_year).settle
    lines: list[LaidLine] = []
    natures: dict[Nature | None, list[LaidLine]] = {}
    flags: dict[str, list[LaidLine]] = {}
    whole = 0
    for number, line in enumerate(project.lines, 1):
        item, total = settle(line.item, line.nature), line.total
        laid = LaidLine(line, item, item.nature if item else None, total, project.id, position, number)
        lines.append(laid)
        if total:
            whole += total
            natures.setdefault(laid.nature, []).append(laid)
            for flag in line.flags:
                flags.setdefault(flag, []).append(laid)
    return LaidProject(project, project_place(project, position), tuple(lines), whole, natures, flags)


def project_place(project: Project, position: int) -> Place:
    """Return the place of a project, counting from 1."""
    return Place("project", project.id, position)
