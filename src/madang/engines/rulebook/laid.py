"""A plan laid out once for all rules: every line with its place, its item of the fiscal year and its total.

Rules stay functions of facts and a view; what they all need is worked out once and kept with the facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .facts import Line, PlanFacts, Project
from .findings import Place
from .items import Item, Nature
from .view import View


class LaidLine(NamedTuple):
    """A line with its place, the item that its code settles (None when nothing does), its nature and its total."""

    line: Line
    place: Place
    item: Item | None
    nature: Nature | None
    total: int


class LaidProject(NamedTuple):
    """A project with its place, its lines and the amount of all of them in thousand won."""

    project: Project
    place: Place
    lines: tuple[LaidLine, ...]
    total: int


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


def _project(project: Project, position: int, facts: PlanFacts, view: View) -> LaidProject:
    """Lay out one project, counted from 1."""
    items = view.items(facts.fiscal_year)
    lines = []
    for number, line in enumerate(project.lines, 1):
        item = items.settle(line.item, line.nature)
        place = Place("line", project.id, position, number, line.ref)
        lines.append(LaidLine(line, place, item, item.nature if item else None, line.total))
    return LaidProject(project, project_place(project, position), tuple(lines), sum(one.total for one in lines))


def project_place(project: Project, position: int) -> Place:
    """Return the place of a project, counting from 1."""
    return Place("project", project.id, position)
