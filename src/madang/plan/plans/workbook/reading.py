"""Reading a filled workbook: every problem with its cell, and whether it belongs to the plan at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.engines import rulebook
from madang.engines.rulebook.workbook import (
    GUIDE_SHEET,
    LINES_SHEET,
    PROJECTS_SHEET,
    address,
    filled_rows,
    plan_from_sheets,
    sheets_of,
)
from madang.engines.rulebook.workbook.layout import LINE_COLUMNS, PROJECT_COLUMNS, PROJECT_OF_LINE, REF_COLUMN, Rows
from madang.ground.workflow import UnableTo
from madang.plan.plans.models import Plan
from madang.plan.plans.workbook.writing import FORMAT, KEY_TITLE, workbook_key

NEEDED = {PROJECTS_SHEET: tuple(PROJECT_COLUMNS), LINES_SHEET: tuple(LINE_COLUMNS)}


class UnableToReadWorkbook(UnableTo):
    """The file cannot be taken; ``problems`` are pairs of a cell (empty for the whole file) and what is expected."""

    def __init__(self, reason: str, problems: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(reason, field="file")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A workbook as read: its facts, each line's ``ref`` the number it was written with, and the draft it came from.

    ``columns`` are the headings of a sheet; ``project_rows`` and ``line_rows`` the rows by number of the project.
    """

    facts: rulebook.PlanFacts
    draft_sha256: str
    columns: Mapping[str, tuple[str, ...]]
    project_rows: Mapping[str, int]
    line_rows: Mapping[str, tuple[int, ...]]

    def project_cell(self, number: str, title: str) -> str:
        """Return the cell of a project under a heading."""
        return address(PROJECTS_SHEET, self.project_rows[number], self.columns[PROJECTS_SHEET].index(title))

    def line_cell(self, number: str, place: int, title: str) -> str:
        """Return the cell of a project's line, counted from 0, under a heading."""
        return address(LINES_SHEET, self.line_rows[number][place], self.columns[LINES_SHEET].index(title))


def read_workbook(content: bytes, plan: Plan) -> PlanFile:
    """Return what a workbook of this plan says; raises ``UnableToReadWorkbook`` with the cells that cannot be read."""
    try:
        sheets = sheets_of(content)
    except rulebook.UnableToReadPlan as refused:
        raise _refusal(_said(refused)) from None
    draft_sha256 = _belongs(sheets, plan)
    # A sheet or column that is gone would read as if everything in it had been emptied.
    problems = list(_missing(sheets))
    try:
        facts = plan_from_sheets(sheets)
    except rulebook.UnableToReadPlan as refused:
        raise _refusal([*problems, *_said(refused)]) from None
    if problems:
        raise cells_refused(problems)
    return _placed(facts, draft_sha256, sheets)


def _said(refused: rulebook.UnableToReadPlan) -> list[tuple[str, str]]:
    lang = "en" if get_language() == "en" else "ko"
    return [(one.at, one.expected(lang)) for one in refused.problems]  # type: ignore[arg-type]


def _refusal(problems: list[tuple[str, str]]) -> UnableToReadWorkbook:
    """Return the refusal of a file: for itself where it is no workbook, else for its cells."""
    whole = [expected for at, expected in problems if not at]
    return UnableToReadWorkbook(whole[0]) if whole else cells_refused(problems)


def cells_refused(problems: Iterable[tuple[str, str]]) -> UnableToReadWorkbook:
    """Return the refusal of a file for its cells."""
    return UnableToReadWorkbook(_("읽을 수 없는 칸이 있어요. 고쳐서 다시 올려 주세요."), problems)


def _belongs(sheets: Mapping[str, Rows], plan: Plan) -> str:
    """Return the hash of the draft that the workbook was made of; refuse one of another plan."""
    rows = sheets.get(GUIDE_SHEET, ())
    title, form, key, draft_sha256 = (*([str(cell).strip() for cell in rows[0]] if rows else []), "", "", "", "")[:4]
    if (title, form) != (KEY_TITLE, FORMAT):
        raise UnableToReadWorkbook(_("이 계획에서 ‘엑셀로 내보내기’로 받은 파일이 아니에요. 그 파일에 적어 주세요."))
    if key != workbook_key(plan):
        raise UnableToReadWorkbook(_("다른 계획의 파일이에요. 이 계획에서 내보낸 파일을 올려 주세요."))
    return draft_sha256


def _missing(sheets: Mapping[str, Rows]) -> Iterator[tuple[str, str]]:
    for name, titles in NEEDED.items():
        rows = sheets.get(name)
        if not rows:
            yield name, _("이 시트가 없어요. 지우지 말고 두어 주세요.")
            continue
        heading = {str(cell).strip() for cell in rows[0]}
        for title in titles:
            if title not in heading:
                yield name, _("‘%(title)s’ 열이 없어요. 지우지 말고 두어 주세요.") % {"title": title}


def _placed(facts: rulebook.PlanFacts, draft_sha256: str, sheets: Mapping[str, Rows]) -> PlanFile:
    """Give the lines the numbers they were written with, and remember which rows they stand in."""
    refs: dict[str, list[str]] = {}
    rows: dict[str, list[int]] = {}
    for number, row in filled_rows(sheets[LINES_SHEET]):
        project = str(row[PROJECT_OF_LINE])
        refs.setdefault(project, []).append(str(row.get(REF_COLUMN, "")))
        rows.setdefault(project, []).append(number)
    projects = tuple(
        replace(
            project,
            lines=tuple(
                replace(line, ref=ref) for line, ref in zip(project.lines, refs.get(project.id, ()), strict=True)
            ),
        )
        for project in facts.projects or ()
    )
    return PlanFile(
        replace(facts, projects=projects),
        draft_sha256,
        {name: tuple(str(cell).strip() for cell in sheets[name][0]) for name in NEEDED},
        {str(row[next(iter(PROJECT_COLUMNS))]): number for number, row in filled_rows(sheets[PROJECTS_SHEET])},
        {project: tuple(numbers) for project, numbers in rows.items()},
    )
