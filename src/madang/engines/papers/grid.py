"""Tables as a grid of cells with places, spans and measured widths, so that every format draws the same table."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from madang.engines.papers.model import Cell, Column, FieldTable, Row, Span, Table, Text
from madang.engines.papers.text import cell_words, words

Align = Literal["left", "right", "center"]
Role = Literal["head", "label", "body", "group", "subtotal", "total"]

TEXT_WIDTH = 17600  # hundredths of a millimetre between the side margins of 17 mm on A4
PADDING = 400  # both sides of a cell together
SIZES = (90, 84, 76, 68, 60)  # tenths of a point, tried in turn until the words fit
LABEL_WIDTH = 2800
SHADED: tuple[Role, ...] = ("head", "label", "group", "subtotal", "total")


@dataclass(frozen=True)
class GridCell:
    """One cell: its place, how many rows and columns it takes, what it says and how it is drawn."""

    row: int
    column: int
    text: Text
    role: Role
    rows: int = 1
    columns: int = 1
    align: Align = "left"
    bold: bool = False

    @property
    def shaded(self) -> bool:
        """Whether the cell stands on the sunk ground."""
        return self.role in SHADED


@dataclass(frozen=True)
class Grid:
    """Cells in reading order; widths in hundredths of a millimetre; `size` of the text in tenths of a point."""

    widths: tuple[int, ...]
    aligns: tuple[Align, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    head_rows: int
    size: int

    def lines(self, row: int) -> int:
        """Estimate how many lines the highest cell of a row takes."""
        return max((self._lines(cell) for cell in self.rows[row] if cell.rows == 1), default=1)

    def fits(self, cell: GridCell) -> bool:
        """Whether a cell's text surely fits on one line."""
        return length(words(cell.text), self.size, bold=cell.bold) <= self._room(cell) * 9 // 10

    def _room(self, cell: GridCell) -> int:
        return max(1, sum(self.widths[cell.column : cell.column + cell.columns]) - PADDING)

    def _lines(self, cell: GridCell) -> int:
        """Estimate a cell's lines; words that stay whole leave a tenth of each line empty."""
        room = self._room(cell) * 9 // 10
        return sum(max(1, -(-length(line, self.size, bold=cell.bold) // room)) for line in words(cell.text).split("\n"))


def length(text: str, size: int, *, bold: bool = False) -> int:
    """Estimate the drawn length of a line in hundredths of a millimetre at `size` tenths of a point."""
    return _thousandths(text) * (105 if bold else 100) // 100 * size * 3528 // 1_000_000 + 1


@lru_cache(maxsize=20_000)
def _thousandths(text: str) -> int:
    return sum(map(_advance, text))


@lru_cache(maxsize=20_000)
def _advance(char: str) -> int:
    """Return the width of a character in thousandths of its size, rather too much than too little."""
    if "가" <= char <= "힣":
        return 925
    if unicodedata.east_asian_width(char) in "WF":
        return 1010
    if char == " ":
        return 230
    if char in ".,:;'|!il()[]":
        return 330
    if char.isdigit():
        return 560
    if char in "%@mMW—→":
        return 930
    return 680 if char.isupper() or char in "&w" else 580


def table_grid(table: Table) -> Grid:
    """Lay a table out: bands and titles as repeating head rows, then its rows, groups and totals shaded."""
    heads = head_rows(table)
    rows = [_row_cells(table.columns, row, len(heads) + place) for place, row in enumerate(table.rows)]
    every = (*heads, *rows)
    widths, size = measured(table.columns, every)
    return Grid(widths, tuple(map(_align, table.columns)), every, len(heads), size)


def head_rows(table: Table) -> tuple[tuple[GridCell, ...], ...]:
    """Return the one or two rows of titles; a column under an untitled band reaches through both."""
    level = 1 if any(band.title for band in table.bands) else 0
    titles = [
        GridCell(level, place, column.title, "head", align=_align(column), bold=True)
        for place, column in enumerate(table.columns)
    ]
    if not level:
        return (tuple(titles),)
    upper: list[GridCell] = []
    lower: list[GridCell] = []
    at = 0
    for band in table.bands:
        under = titles[at : at + band.columns]
        if band.title:
            upper.append(GridCell(0, at, band.title, "head", columns=band.columns, align="center", bold=True))
            lower.extend(under)
        else:
            upper.extend(GridCell(0, t.column, t.text, "head", rows=2, align=t.align, bold=True) for t in under)
        at += band.columns
    return tuple(upper), tuple(lower)


def _align(column: Column) -> Align:
    return "left" if column.kind == "text" else "right"


def _row_cells(columns: Sequence[Column], row: Row, place: int) -> tuple[GridCell, ...]:
    role: Role = "body" if row.kind == "plain" else row.kind
    cells: list[GridCell] = []
    at = 0
    for cell in row.cells:
        column = columns[at]
        span = cell.columns if isinstance(cell, Span) else 1
        align: Align = "left" if isinstance(cell, Span) else _align(column)
        bold = role != "body" or column.strong
        cells.append(GridCell(place, at, _words(cell, column), role, columns=span, align=align, bold=bold))
        at += span
    return tuple(cells)


def _words(cell: Cell, column: Column) -> str:
    return cell_words(cell, column.kind)


def field_grid(fields: FieldTable) -> Grid:
    """Lay label and value pairs out: labels shaded; a single pair reaches across when others stand side by side."""
    pairs = max(len(row) for row in fields.rows)
    rows: list[tuple[GridCell, ...]] = []
    for place, row in enumerate(fields.rows):
        cells: list[GridCell] = []
        for at, field in enumerate(row):
            reach = 1 + 2 * (pairs - len(row))
            cells.append(GridCell(place, 2 * at, field.label, "label", bold=True))
            cells.append(GridCell(place, 2 * at + 1, field.value, "body", columns=reach))
        rows.append(tuple(cells))
    label = LABEL_WIDTH
    value = (TEXT_WIDTH - pairs * label) // pairs
    aligns: tuple[Align, Align] = ("left", "left")
    return Grid((label, value) * pairs, aligns * pairs, tuple(rows), 0, 95)


def measured(columns: Sequence[Column], rows: Sequence[Sequence[GridCell]]) -> tuple[tuple[int, ...], int]:
    """Share the page's width among the columns: no figure broken, text columns growing with what they hold.

    Returns widths in hundredths of a millimetre, TEXT_WIDTH together, and the largest text size at which words fit.
    """
    shares = [column.width for column in columns]
    if all(shares):
        return _shared(shares), _size_for(_shared(shares), columns, rows)
    for size, wish in [(size, True) for size in SIZES[:2]] + [(size, False) for size in SIZES]:
        least, wished = _needs(columns, rows, size)
        if sum(wished if wish else least) <= TEXT_WIDTH:
            return _grown(columns, least, wished), size
    return _shared(least), SIZES[-1]


def _shared(shares: Sequence[int]) -> tuple[int, ...]:
    ends = [TEXT_WIDTH * sum(shares[: at + 1]) // sum(shares) for at in range(len(shares))]
    return tuple(end - start for start, end in zip([0, *ends], ends, strict=False))


def _size_for(widths: Sequence[int], columns: Sequence[Column], rows: Sequence[Sequence[GridCell]]) -> int:
    for size in SIZES:
        least, _ = _needs(columns, rows, size)
        if all(need <= width for need, width in zip(least, widths, strict=True)):
            return size
    return SIZES[-1]


def _needs(columns: Sequence[Column], rows: Sequence[Sequence[GridCell]], size: int) -> tuple[list[int], list[int]]:
    """Return for each column the width of its longest word and of its longest line (both within reason)."""
    least = [1000] * len(columns)
    wished = [1000] * len(columns)
    for row in rows:
        for cell in row:
            if cell.columns > 1:
                continue
            line = words(cell.text)
            whole = PADDING + length(line, size, bold=cell.bold)
            if columns[cell.column].kind == "text" or cell.role == "head":
                longest = max((length(word, size, bold=cell.bold) for word in re.split(r"\s", line)), default=0)
                need = PADDING + min(longest, 3200)
            else:
                need = min(whole, TEXT_WIDTH // 2)
            least[cell.column] = max(least[cell.column], need)
            wished[cell.column] = max(wished[cell.column], need, min(whole, 9000))
    return least, wished


def _grown(columns: Sequence[Column], least: Sequence[int], wished: Sequence[int]) -> tuple[int, ...]:
    """Give each column its least width and share what is left: first by wishes, then among the text columns."""
    room = TEXT_WIDTH - sum(least)
    wants = [wish - need for wish, need in zip(wished, least, strict=True)]
    if sum(wants) > room:
        widths = [need + room * want // sum(wants) for need, want in zip(least, wants, strict=True)]
    else:
        widths = list(wished)
        growing = [at for at, column in enumerate(columns) if column.kind == "text"] or list(range(len(columns)))
        spare = TEXT_WIDTH - sum(widths)
        weight = sum(wished[at] for at in growing)
        for at in growing:
            widths[at] += spare * wished[at] // weight
    widths[max(range(len(widths)), key=widths.__getitem__)] += TEXT_WIDTH - sum(widths)
    return tuple(widths)
