"""What a filled workbook would change in the draft, project by project and line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from madang.engines import rulebook
from madang.engines.rulebook.workbook import plan_from_sheets, sheets_from_plan

LINE_FIELDS = ("item", "basis", *rulebook.SOURCES, "flags", "reason", "register_of_goods", "nature")


class Kind(StrEnum):
    """What happens to a line."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line as it is and as it would be; ``fields`` are those that differ."""

    kind: Kind
    before: rulebook.Line | None
    after: rulebook.Line | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """A project that would change: its texts as (name, before, after), its lines, and all lines as they would be.

    ``lines`` are facts whose ``ref`` is the number of the stored line, or empty for a new one.
    """

    number: str
    title: str
    texts: tuple[tuple[str, Any, Any], ...]
    changes: tuple[LineChange, ...]
    lines: tuple[rulebook.Line, ...]
    moved: bool
    total_before: int
    total_after: int


def changes_of(draft: rulebook.PlanFacts, filled: rulebook.PlanFacts) -> tuple[ProjectChange, ...]:
    """Return how the projects of a filled workbook differ from those of ``read_alike(draft)``."""
    before = {project.id: project for project in draft.projects or ()}
    found = [_project(before[one.id], one) for one in filled.projects or () if one.id in before]
    return tuple(one for one in found if one.texts or one.changes or one.moved)


def read_alike(draft: rulebook.PlanFacts) -> rulebook.PlanFacts:
    """Return a draft as a workbook would give it back, so that only what an officer wrote is a change."""
    refs = [[line.ref for line in project.lines] for project in draft.projects or ()]
    plain = plan_from_sheets(sheets_from_plan(draft))
    return replace(
        plain,
        projects=tuple(
            replace(
                project,
                lines=tuple(replace(line, ref=ref) for line, ref in zip(project.lines, own, strict=True)),
            )
            for project, own in zip(plain.projects or (), refs, strict=True)
        ),
    )


def _project(before: rulebook.Project, after: rulebook.Project) -> ProjectChange:
    lines, changes = _lines(before.lines, after.lines)
    kept = [line.ref for line in lines if line.ref]
    return ProjectChange(
        before.id,
        before.title,
        tuple(_texts(before, after)),
        tuple(changes),
        lines,
        kept != [line.ref for line in before.lines if line.ref in kept] or _new_between(lines),
        before.total,
        after.total,
    )


def _new_between(lines: Sequence[rulebook.Line]) -> bool:
    """Say whether a new line stands before one that is kept."""
    marks = [bool(line.ref) for line in lines]
    return marks != sorted(marks, reverse=True)


def _texts(before: rulebook.Project, after: rulebook.Project) -> Iterator[tuple[str, Any, Any]]:
    old, new = before.joint_operation, after.joint_operation
    pairs: list[tuple[str, Any, Any]] = [
        (name, getattr(before, name), getattr(after, name))
        for name in ("title", "task", "transfer_reason", "run_by_administration_alone", "not_fundable")
    ]
    if old is not None and new is not None:
        names = ("departments", "private_partners", "when", "how")
        pairs += [(name, getattr(old, name), getattr(new, name)) for name in names]
    yield from ((name, was, now) for name, was, now in pairs if now is not None and was != now)


def _lines(
    before: Sequence[rulebook.Line], after: Sequence[rulebook.Line]
) -> tuple[tuple[rulebook.Line, ...], list[LineChange]]:
    """Return the lines as they would be, and what changes; a copied row is a new line."""
    stored = {line.ref: line for line in before}
    lines: list[rulebook.Line] = []
    changes: list[LineChange] = []
    for line in after:
        old = stored.pop(line.ref, None)
        lines.append(line if old is not None else replace(line, ref=""))
        if old is None:
            changes.append(LineChange(Kind.ADDED, None, line))
        elif fields := tuple(name for name in LINE_FIELDS if getattr(old, name) != getattr(line, name)):
            changes.append(LineChange(Kind.CHANGED, old, line, fields))
    changes += [LineChange(Kind.REMOVED, line, None) for line in stored.values()]
    return tuple(lines), changes
