"""Writing the plan workbook as rows of text and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..facts import SOURCES, Line, PlanFacts, Project
from ..reading import FORMAT
from .layout import (
    CLASS_WORDS,
    FLAG_WORDS,
    GENDER_WORDS,
    LINE_COLUMNS,
    LINES_SHEET,
    MEMBER_COLUMNS,
    MEMBERS_SHEET,
    PART_WORDS,
    PLAN_ROWS,
    PLAN_SHEET,
    PROJECT_COLUMNS,
    PROJECTS_SHEET,
    TASK_COLUMNS,
    TASKS_SHEET,
)


def sheets_from_plan(facts: PlanFacts) -> dict[str, list[list[object]]]:
    """Return the sheets of the plan workbook for a plan, to be written by any XLSX writer as text and numbers."""
    values = (FORMAT, facts.district, facts.planning_year, facts.fiscal_year, facts.rulebook, facts.city_grant)
    sheets: dict[str, list[list[object]]] = {
        PLAN_SHEET: [[title, "" if value is None else value] for title, value in zip(PLAN_ROWS, values, strict=True)]
    }
    if facts.members is not None:
        sheets[MEMBERS_SHEET] = [
            list(MEMBER_COLUMNS),
            *(
                _row(
                    one.name,
                    _spoken(CLASS_WORDS, one.member_class),
                    _yes(one.elected),
                    _yes(one.appointed),
                    _spoken(GENDER_WORDS, one.gender),
                )
                for one in facts.members
            ),
        ]
    if facts.tasks is not None:
        sheets[TASKS_SHEET] = [list(TASK_COLUMNS), *(_row(task.id, task.title) for task in facts.tasks)]
    if facts.projects is not None:
        sheets[PROJECTS_SHEET] = [list(PROJECT_COLUMNS), *(_project_row(project) for project in facts.projects)]
        sheets[LINES_SHEET] = [list(LINE_COLUMNS), *(_line_row(project, line) for project, line in facts.lines())]
    return sheets


def _project_row(project: Project) -> list[object]:
    """Return the row of a project."""
    joint = project.joint_operation
    return [
        project.id,
        project.title,
        _spoken(PART_WORDS, project.part),
        project.task or "",
        _listed(joint.departments) if joint else "",
        _listed(joint.private_partners) if joint else "",
        joint.when if joint else "",
        joint.how if joint else "",
        project.transfer_reason or "",
        _yes(project.run_by_administration_alone),
        ", ".join(str(number) for number in project.not_fundable or ()),
    ]


def _line_row(project: Project, line: Line) -> list[object]:
    """Return the row of a budget line."""
    flags = ", ".join(_spoken(FLAG_WORDS, flag) for flag in sorted(line.flags))
    amounts = [getattr(line, source) for source in SOURCES]
    return [
        project.id,
        line.item,
        line.basis,
        *amounts,
        flags,
        line.reason or "",
        _yes(line.register_of_goods),
        line.nature or "",
        line.ref,
    ]


def _spoken(words: Mapping[str, str], code: str) -> str:
    """Return the Korean word of a code."""
    return next(word for word, of in words.items() if of == code)


def _yes(value: bool | None) -> str:
    """Return yes, no or nothing."""
    return "" if value is None else "예" if value else "아니오"


def _row(*values: object) -> list[object]:
    """Return a row of values."""
    return list(values)


def _listed(names: Sequence[str]) -> str:
    """Write several things into one cell so that they are read back as they are, commas included."""
    return "".join(f"{name}; " for name in names).strip()
