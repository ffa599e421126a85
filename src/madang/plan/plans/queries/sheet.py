"""A project's plan as a sheet of paper shows it (appendix 6), derived from one content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from madang.engines import rulebook
from madang.plan.plans.categories import category_name
from madang.plan.plans.models.projects import SOURCES
from madang.plan.plans.queries.documents import Document
from madang.plan.plans.queries.overview import view_of

ADDED_UP = 10


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line with the name of its item and its amounts."""

    item: str
    name: str
    basis: str
    amounts: rulebook.Amounts


@dataclass(frozen=True, slots=True)
class SheetGroup:
    """The lines of one category with their sum."""

    category: str
    name: str
    lines: tuple[SheetLine, ...]
    amounts: rulebook.Amounts


@dataclass(frozen=True, slots=True)
class Sheet:
    """A project as a sheet: its entry of the plan, its texts, its budget by category, and the caps it stands under."""

    entry: Document
    written: Document
    task: Document | None
    groups: tuple[SheetGroup, ...]
    total: rulebook.Amounts
    current: int
    capital: int
    caps: tuple[rulebook.CapState, ...]
    findings: tuple[rulebook.Finding, ...]

    @property
    def current_percent(self) -> str:
        return tenths(self.current, self.total.total)

    @property
    def capital_percent(self) -> str:
        return tenths(self.capital, self.total.total)


def tenths(part: int, whole: int) -> str:
    """Return a share in percent with one decimal, rounded to the nearest; a dash for an empty whole."""
    if not whole:
        return "–"
    scaled = (part * 2000 + whole) // (2 * whole)
    return f"{scaled // ADDED_UP}.{scaled % ADDED_UP}"


def sheet(content: Document, number: str) -> Sheet | None:
    """Return the sheet of a project, or None when the content has no project of that number."""
    entry = next((one for one in content["plan"]["projects"] if one["id"] == number), None)
    if entry is None:
        return None
    facts = rulebook.plan_from_dict(content["plan"])
    view = view_of(content)
    items = view.items(facts.fiscal_year)
    lines = [_line(line, items) for line in entry["lines"]]
    kinds = {rulebook.Kind.CURRENT: 0, rulebook.Kind.CAPITAL: 0, rulebook.Kind.NEITHER: 0}
    for line in entry["lines"]:
        item = items.settle(line["item"], line.get("nature"))
        kinds[item.kind if item else rulebook.Kind.NEITHER] += sum(line[source] for source in SOURCES)
    tasks = {task["number"]: task for task in content["base"]["tasks"]}
    return Sheet(
        entry,
        content["projects"][number],
        tasks.get(entry["task"]),
        tuple(groups(lines)),
        add_up(lines),
        kinds[rulebook.Kind.CURRENT],
        kinds[rulebook.Kind.CAPITAL],
        tuple(cap for cap in rulebook.summary(facts, view).caps if cap.where.project == number),
        tuple(found for found in rulebook.judge(facts, view).findings if found.where.project == number),
    )


def _line(line: dict[str, Any], items: rulebook.ItemTable) -> SheetLine:
    item = items.get(line["item"])
    amounts = rulebook.Amounts(*(line[source] for source in SOURCES))
    return SheetLine(line["item"], item.name if item else line["item"], line["basis"], amounts)


def groups(lines: list[SheetLine]) -> Iterator[SheetGroup]:
    """Yield the lines by category in the order of the codes."""
    for category in sorted({line.item[:3] for line in lines}):
        own = tuple(line for line in lines if line.item[:3] == category)
        yield SheetGroup(category, category_name(category), own, add_up(own))


def add_up(lines: list[SheetLine] | tuple[SheetLine, ...]) -> rulebook.Amounts:
    """Return the sum of the amounts of lines."""
    return sum((line.amounts for line in lines), rulebook.Amounts())
