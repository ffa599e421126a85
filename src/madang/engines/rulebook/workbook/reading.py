"""Reading the plan workbook; problems name the cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..document import Problem, UnableToReadPlan
from ..facts import PlanFacts
from ..reading import FORMAT, plan_from_dict
from .layout import (
    CLASS_WORDS,
    FLAG_WORDS,
    GENDER_WORDS,
    LEFT_OUT,
    LINE_COLUMNS,
    LINES_SHEET,
    MEMBER_COLUMNS,
    MEMBERS_SHEET,
    OTHER_SHEETS,
    PART_WORDS,
    PLAN_ROWS,
    PLAN_SHEET,
    PROJECT_COLUMNS,
    PROJECTS_SHEET,
    REF_COLUMN,
    TASK_COLUMNS,
    TASKS_SHEET,
    Cell,
    Rows,
    plain,
)


@dataclass
class _Sheets:
    """A workbook being read: problems found so far, and the cell that each JSON path came from."""

    problems: list[Problem] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)

    def refuse(self, cell: str, ko: str, en: str) -> None:
        """Note a problem at a cell."""
        self.problems.append(Problem(cell, ko, en))

    def table(self, name: str, rows: Rows, columns: dict[str, tuple[str, Cell]]) -> list[tuple[dict[str, Any], int]]:
        """Return the rows of a sheet as objects, with their row numbers; the first row is the heading."""
        heading = [str(plain(value)) for value in rows[0]] if rows else []
        for at, title in enumerate(heading):
            if title and (title not in columns or title in heading[:at]):
                known = ", ".join(columns)
                self.refuse(
                    address(name, 1, at), f"{known} 가운데 하나여야 하고 한 번만 써요", f"expected once one of {known}"
                )
        found = []
        for number, row in enumerate(rows[1:], 2):
            values = [plain(value) if value is not None else "" for value in row]
            if is_filled(values, heading):
                found.append((self._row(name, number, heading, values, columns), number))
        return found

    def _row(
        self, name: str, number: int, heading: list[str], values: list[object], columns: dict[str, tuple[str, Cell]]
    ) -> dict[str, Any]:
        """Return one row as an object; a value outside every column is refused."""
        found: dict[str, Any] = {}
        for at, value in enumerate(values):
            title = heading[at] if at < len(heading) else ""
            if title in columns:
                key, read = columns[title]
                content = read(value)
                if content is not LEFT_OUT:
                    _put(found, key, content)
            elif value != "" and not title:
                self.refuse(
                    address(name, number, at), "제목이 없는 칸이에요", "expected a column heading above this cell"
                )
        return found

    def remember(self, path: str, name: str, number: int, rows: Rows, columns: dict[str, tuple[str, Cell]]) -> None:
        """Remember which cells the keys of an object came from."""
        self.cells[path] = address(name, number, 0)
        for at, value in enumerate(rows[0]):
            title = str(plain(value))
            if title in columns:
                self.cells[f"{path}.{columns[title][0]}"] = address(name, number, at)

    def cell_of(self, path: str) -> str:
        """Return the cell of a JSON path: its own, or that of the nearest path above it."""
        while path and path not in self.cells:
            cut = max(path.rfind("."), path.rfind("["))
            path = path[:cut] if cut > 0 else ""
        return self.cells.get(path, PLAN_SHEET)


def is_filled(values: Sequence[object], heading: Sequence[str]) -> bool:
    """Say whether a row says anything; the name of a line that was emptied says nothing."""
    return any(value != "" and heading[at : at + 1] != [REF_COLUMN] for at, value in enumerate(values))


def filled_rows(rows: Rows) -> list[tuple[int, dict[str, object]]]:
    """Return the rows under a heading that say anything, with their numbers, in the order in which they are read."""
    heading = [str(plain(value)) for value in rows[0]] if rows else []
    found = []
    for number, row in enumerate(rows[1:], 2):
        values = [plain(value) if value is not None else "" for value in row]
        if is_filled(values, heading):
            found.append((number, dict(zip(heading, values, strict=False))))
    return found


def address(sheet: str, row: int, column: int) -> str:
    """Return a cell's address such as 예산!D7; rows count from 1, columns from 0."""
    letters = ""
    column += 1
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{sheet}!{letters}{row}"


def _put(found: dict[str, Any], key: str, value: object) -> None:
    """Put a value at a dotted key."""
    head, dot, tail = key.partition(".")
    if dot:
        _put(found.setdefault(head, {}), tail, value)
    else:
        found[key] = value


def plan_from_sheets(sheets: Mapping[str, Rows], *, fiscal_year: int | None = None) -> PlanFacts:
    """Read a plan from the sheets of a workbook.

    Raises UnableToReadPlan with every problem at once, each with its cell and what was expected.
    """
    book = _Sheets()
    document = _document(book, sheets)
    try:
        facts = plan_from_dict(document, fiscal_year=fiscal_year)
    except UnableToReadPlan as error:
        moved = [
            Problem(
                book.cell_of(one.at) if one.at.startswith("$") else one.at, spoken(one.expected_ko), one.expected_en
            )
            for one in error.problems
        ]
        raise UnableToReadPlan([*book.problems, *moved]) from None
    if book.problems:
        raise UnableToReadPlan(book.problems)
    return facts


CODES = {code: word for words in (CLASS_WORDS, GENDER_WORDS, PART_WORDS, FLAG_WORDS) for word, code in words.items()}
CODES |= {"true": "예", "false": "아니오"}
CODE_IN_TEXT = re.compile(rf"\b({'|'.join(CODES)})\b", re.ASCII)


def spoken(text: str) -> str:
    """Return a Korean message with the words of the cells in place of the codes of the document."""
    return CODE_IN_TEXT.sub(lambda found: CODES[found[1]], text)


def _document(book: _Sheets, sheets: Mapping[str, Rows]) -> dict[str, Any]:
    """Return the madang-plan/1 document of a workbook."""
    known = (PLAN_SHEET, MEMBERS_SHEET, TASKS_SHEET, PROJECTS_SHEET, LINES_SHEET)
    for name in sheets:
        if name not in (*known, *OTHER_SHEETS):
            book.refuse(name, f"{', '.join(known)} 시트만 읽어요", f"expected only the sheets {', '.join(known)}")
    document: dict[str, Any] = {"format": FORMAT}
    for number, row in enumerate(sheets.get(PLAN_SHEET, ()), 1):
        title, value = (*(plain(cell) if cell is not None else "" for cell in row[:2]), "", "")[:2]
        if title in PLAN_ROWS and f"$.{PLAN_ROWS[str(title)][0]}" not in book.cells:
            key, read = PLAN_ROWS[str(title)]
            book.cells[f"$.{key}"] = address(PLAN_SHEET, number, 1)
            if (content := read(value)) is not LEFT_OUT:
                document[key] = content
        elif title != "" or value != "":
            titles = ", ".join(PLAN_ROWS)
            book.refuse(
                address(PLAN_SHEET, number, 0),
                f"{titles} 가운데 하나여야 하고 한 번만 써요",
                f"expected once one of {titles}",
            )
        for at, beside in enumerate(row[2:], 2):
            if beside is not None and plain(beside) != "":
                book.refuse(address(PLAN_SHEET, number, at), "빈 칸이어야 해요", "expected an empty cell")
    for key, name, columns in (("members", MEMBERS_SHEET, MEMBER_COLUMNS), ("tasks", TASKS_SHEET, TASK_COLUMNS)):
        if name in sheets:
            document[key] = []
            for found, number in book.table(name, sheets[name], columns):
                book.remember(f"$.{key}[{len(document[key])}]", name, number, sheets[name], columns)
                document[key].append(found)
    if PROJECTS_SHEET in sheets or LINES_SHEET in sheets:
        document["projects"] = _projects(book, sheets)
    return document


def _projects(book: _Sheets, sheets: Mapping[str, Rows]) -> list[dict[str, Any]]:
    """Return the projects with their lines; a line of a project that is not there is refused."""
    projects: list[dict[str, Any]] = []
    places: dict[object, int] = {}
    rows = sheets.get(PROJECTS_SHEET, ())
    for found, number in book.table(PROJECTS_SHEET, rows, PROJECT_COLUMNS):
        book.remember(f"$.projects[{len(projects)}]", PROJECTS_SHEET, number, rows, PROJECT_COLUMNS)
        places.setdefault(found.get("id"), len(projects))
        projects.append(found | {"lines": []})
    rows = sheets.get(LINES_SHEET, ())
    for found, number in book.table(LINES_SHEET, rows, LINE_COLUMNS):
        at = places.get(found.pop("project", None))
        if at is None:
            book.refuse(
                address(LINES_SHEET, number, 0),
                f"{PROJECTS_SHEET} 시트에 있는 사업 번호여야 해요",
                f"expected the number of a project on the sheet {PROJECTS_SHEET}",
            )
            continue
        lines = projects[at]["lines"]
        book.remember(f"$.projects[{at}].lines[{len(lines)}]", LINES_SHEET, number, rows, LINE_COLUMNS)
        lines.append(found)
    return projects
