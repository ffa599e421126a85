from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.engines import rulebook
from madang.ground.people.actors import Actor
from madang.ground.workflow import UnableTo
from madang.plan.plans.models import Line, Project
from madang.plan.plans.models.projects import AMOUNTS, SOURCES
from madang.plan.plans.operations.editing import editing
from madang.plan.plans.operations.projects import EDITABLE

# The column is a 32-bit integer; two trillion won are more than any district spends.
MOST_KWON = 2_000_000_000
PLACE = re.compile(r"lines\[(\d+)\]\.(\w+)")


@dataclass(frozen=True, slots=True)
class LineInput:
    """A line as it is to be saved, amounts in whole thousand won; ``line_id`` is None for a new one."""

    item: str
    basis: str = ""
    city_kwon: int = 0
    district_kwon: int = 0
    national_kwon: int = 0
    other_kwon: int = 0
    flags: tuple[str, ...] = ()
    reason: str = ""
    register_of_goods: bool = False
    nature: str = ""
    line_id: int | None = None

    def columns(self) -> dict[str, Any]:
        """Return the values of the line's columns."""
        names = ("item", "basis", *AMOUNTS, "reason", "register_of_goods", "nature")
        return {**{name: getattr(self, name) for name in names}, "flags": list(self.flags)}


class UnableToSaveBudget(UnableTo):
    """The budget cannot be saved; ``cells`` gives for (number of the line from 0, column) what is expected there."""

    def __init__(self, reason: str, cells: Mapping[tuple[int, str], str] | None = None) -> None:
        super().__init__(reason)
        self.cells = dict(cells or {})


def save_budget(
    *, project: Project, lines: Sequence[LineInput], texts: Mapping[str, Any] | None = None, actor: Actor, at: datetime
) -> None:
    """Put the lines of a project in place of those it has, in their order, with the texts of joint operation.

    Raises ``UnableToSaveBudget`` with every cell that cannot be saved: an unknown item code, a flag that the code
    cannot carry, an amount that is no whole number of thousand won; then nothing is saved. A finding of the rulebook
    does not keep a draft from being saved.
    """
    with editing("plans.save_budget", plan=project.plan, actor=actor, at=at):
        put_budget(project, lines, texts or {})


def put_budget(project: Project, lines: Sequence[LineInput], texts: Mapping[str, Any]) -> None:
    """Put lines and texts in place of those a project has, inside an operation that edits its plan.

    Raises ``UnableToSaveBudget`` with every cell that cannot be saved.
    """
    if unknown := set(texts) - EDITABLE:
        raise UnableToSaveBudget(_("고칠 수 없는 칸이에요: %(name)s") % {"name": sorted(unknown)[0]})
    _refuse_cells(project, lines)
    stored = {line.pk: line for line in project.lines.all()}
    kept = {line.line_id for line in lines if line.line_id is not None}
    if kept - set(stored):
        raise UnableToSaveBudget(_("그사이 다른 사람이 줄을 지웠어요. 다시 열어 확인해 주세요."))
    project.lines.exclude(pk__in=kept).delete()
    for order, entry in enumerate(lines, 1):
        values = {**entry.columns(), "order": order}
        if entry.line_id is None:
            Line.objects.create(project=project, **values)
        else:
            _update(stored[entry.line_id], values)
    for name, value in texts.items():
        setattr(project, name, value)
    if texts:
        project.save(update_fields=sorted(texts))


def _update(line: Line, values: Mapping[str, Any]) -> None:
    changed = [name for name, value in values.items() if getattr(line, name) != value]
    for name in changed:
        setattr(line, name, values[name])
    if changed:
        line.save(update_fields=changed)


def cell_problems(project: Project, lines: Sequence[LineInput]) -> dict[tuple[int, str], str]:
    """Return what is expected at each cell that cannot be saved, in the reader's language."""
    plan = project.plan
    document = {
        "format": "madang-plan/1",
        "district": plan.district.name,
        "planning_year": plan.cycle.planning_year,
        "fiscal_year": plan.fiscal_year,
        "rulebook": plan.cycle.rulebook,
        "projects": [{"id": project.number, "part": project.part, "lines": [_document(line) for line in lines]}],
    }
    cells = {
        (number, name): _("20억 천원보다 클 수 없어요.")
        for number, line in enumerate(lines)
        for name in AMOUNTS
        if getattr(line, name) > MOST_KWON
    }
    try:
        rulebook.plan_from_dict(document)
    except rulebook.UnableToReadPlan as refused:
        lang = "en" if get_language() == "en" else "ko"
        for problem in refused.problems:
            if found := PLACE.search(problem.at):
                column = f"{found[2]}_kwon" if found[2] in SOURCES else found[2]
                cells.setdefault((int(found[1]), column), problem.expected(lang))  # type: ignore[arg-type]
    return cells


def _document(line: LineInput) -> dict[str, Any]:
    amounts = {source: getattr(line, f"{source}_kwon") for source in SOURCES}
    stated = {"nature": line.nature} if line.nature else {}
    return {"item": line.item, "basis": line.basis, **amounts, "flags": list(line.flags), **stated}


def _refuse_cells(project: Project, lines: Sequence[LineInput]) -> None:
    cells = cell_problems(project, lines)
    if cells:
        (number, _column), expected = min(cells.items())
        raise UnableToSaveBudget(
            _("%(number)d번 줄: %(expected)s") % {"number": number + 1, "expected": expected}, cells
        )


def _present(project: Project) -> list[LineInput]:
    return [
        LineInput(
            item=line.item,
            basis=line.basis,
            **{name: getattr(line, name) for name in AMOUNTS},
            flags=tuple(line.flags),
            reason=line.reason,
            register_of_goods=line.register_of_goods,
            nature=line.nature,
            line_id=line.pk,
        )
        for line in project.lines.all()
    ]


def save_line(*, project: Project, line: LineInput, actor: Actor, at: datetime) -> Line:
    """Add a line to a project, or change the one that ``line_id`` names; raises ``UnableToSaveBudget``."""
    lines = _present(project)
    if line.line_id is None:
        lines.append(line)
    else:
        lines = [line if entry.line_id == line.line_id else entry for entry in lines]
    save_budget(project=project, lines=lines, actor=actor, at=at)
    stored = project.lines.order_by("-order") if line.line_id is None else project.lines.filter(pk=line.line_id)
    found = stored.first()
    if found is None:
        raise UnableToSaveBudget(_("이 세부사업의 줄이 아니에요."))
    return found


def remove_line(*, line: Line, actor: Actor, at: datetime) -> None:
    """Remove a line from its project."""
    rest = [entry for entry in _present(line.project) if entry.line_id != line.pk]
    save_budget(project=line.project, lines=rest, actor=actor, at=at)
