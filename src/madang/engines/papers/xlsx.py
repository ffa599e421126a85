"""The tables of a paper as XLSX: every figure a number, every text a text."""

import io
import re
from datetime import UTC, datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped,unused-ignore]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped,unused-ignore]

from madang.engines.papers import look, model
from madang.engines.papers.grid import GridCell, table_grid
from madang.engines.papers.text import WORDS, cleaned, head_words, unit_words, words
from madang.engines.papers.zipped import repacked

UNDATED = datetime(1980, 1, 1, tzinfo=UTC)
MOST_CHARACTERS = 32_767  # a cell of Excel holds no more
EXACT = 999_999_999_999_999  # Excel keeps fifteen digits; a longer figure is written as text
FORMATS = {"text": "@", "number": "#,##0", "percent": "#,##0.0%"}


def to_xlsx(paper: model.Paper, *, at: datetime | None = None) -> bytes:
    """Write the tables of a paper, a sheet each: figures as numbers, percents as ratios, text never a formula.

    Raises UnableToWritePaper when the paper has no table. The same arguments give the same bytes.
    """
    paper = cleaned(paper)
    tables = [block for block in paper.blocks if isinstance(block, model.Table)]
    if not tables:
        raise model.UnableToWritePaper("표가 없는 문서라서 XLSX로 만들 수 없어요. The paper has no table.")
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    made = (at or UNDATED).replace(tzinfo=None)
    book.set_properties({"title": paper.title[:255], "subject": paper.running[:255], "created": made})
    taken: set[str] = set()
    for place, table in enumerate(tables, 1):
        name = sheet_name(table.caption, place, paper.language, taken)
        Sheet(book, book.add_worksheet(name), paper, table).write()
    book.close()
    return repacked(target.getvalue())


def sheet_name(caption: str, place: int, language: model.Language, taken: set[str]) -> str:
    """Name a sheet after its table's caption, within Excel's rules (31 characters, no []:*?/\\, each once)."""
    fallback = f"{WORDS[language]['sheet']} {place}"
    name = re.sub(r"[\[\]:*?/\\\n]", " ", caption).strip().strip("'")[:31].strip()
    if not name or name.casefold() in taken or name.casefold() == "history":
        name = fallback if fallback.casefold() not in taken else f"{fallback} ({place})"
    taken.add(name.casefold())
    return name


class Sheet:
    """One table on one sheet."""

    def __init__(self, book: Any, sheet: Worksheet, paper: model.Paper, table: model.Table) -> None:
        self.book, self.sheet, self.paper, self.table = book, sheet, paper, table
        self.grid = table_grid(table)
        self.formats: dict[tuple[str, str, str, bool], Any] = {}

    def write(self) -> None:
        """Write the heading lines, the table and its notes, ready to print on A4."""
        paper, table = self.paper, self.table
        marks = " · ".join(part for part in (paper.running, head_words(paper.record_number, paper.status_mark)) if part)
        lines = [paper.title, marks, table.caption, unit_words(table.unit, paper.language)]
        at = 0
        for line in lines:
            if line:
                self.text(at, 0, line, self.book.add_format({"bold": at == 0, "font_size": 13 if at == 0 else 9}))
                at += 1
        top = at + 1
        self.body(top)
        for place, note in enumerate(table.notes, top + len(self.grid.rows) + 1):
            self.text(place, 0, note, self.book.add_format({"font_size": 9, "font_color": "#" + look.DIM}))
        self.page(top)

    def page(self, top: int) -> None:
        """Set widths, the repeating head and the page for printing."""
        for place, width in enumerate(self.grid.widths):
            self.sheet.set_column(place, place, max(8, width / 190))
        self.sheet.freeze_panes(top + self.grid.head_rows, 0)
        self.sheet.repeat_rows(top, top + self.grid.head_rows - 1)
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C&P / &N")

    def body(self, top: int) -> None:
        """Write head rows and rows; a cell reaching over others is merged."""
        for place, row in enumerate(self.grid.rows):
            values = iter(self.table.rows[place - self.grid.head_rows].cells if place >= self.grid.head_rows else ())
            for cell in row:
                self.cell(top, cell, next(values, None))

    def cell(self, top: int, cell: GridCell, value: model.Cell) -> None:
        """Write one cell, as a number when the paper holds a figure."""
        figure = isinstance(value, int) and abs(value) <= EXACT and cell.role != "head"
        kind = self.table.columns[cell.column].kind if figure else "text"
        style = self.format(cell, kind)
        first, last = top + cell.row, top + cell.row + cell.rows - 1
        if cell.rows > 1 or cell.columns > 1:
            self.sheet.merge_range(first, cell.column, last, cell.column + cell.columns - 1, "", style)
        if figure:
            assert isinstance(value, int)
            self.sheet.write_number(first, cell.column, value / 1000 if kind == "percent" else value, style)
        elif words(cell.text):
            self.text(first, cell.column, words(cell.text), style)
        else:
            self.sheet.write_blank(first, cell.column, None, style)

    def text(self, row: int, column: int, text: str, style: Any) -> None:
        """Write a text as a text; raises UnableToWritePaper when it is longer than a cell holds."""
        if self.sheet.write_string(row, column, text, style) == -2:
            raise model.UnableToWritePaper(
                f"한 칸에는 {MOST_CHARACTERS:,}자까지 쓸 수 있어요. A cell holds no more characters."
            )

    def format(self, cell: GridCell, kind: str) -> Any:
        """Return the format for a cell's role, alignment, weight and kind of figure, made once."""
        key = (cell.role, cell.align, kind, cell.bold)
        if key not in self.formats:
            shape: dict[str, Any] = {"align": cell.align, "valign": "top", "text_wrap": kind == "text"}
            shape |= {"bold": cell.bold, "font_size": 10, "num_format": FORMATS[kind]}
            shape |= {"bottom": 1, "bottom_color": "#" + (look.EDGE if cell.role == "head" else look.LINE)}
            if cell.shaded:
                shape["bg_color"] = "#" + look.SUNK
            if cell.role == "total":
                shape |= {"top": 2, "top_color": "#" + look.PINE}
            self.formats[key] = self.book.add_format(shape)
        return self.formats[key]
