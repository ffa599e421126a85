"""Checks of HWPX tables: cells in their rows, spans inside the table, no overlap, no hole, widths that add up."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

MOST_CELLS = 1_000_000


@dataclass(frozen=True)
class Place:
    """Where a cell says it stands."""

    row: int
    column: int
    rows: int
    columns: int
    width: int


def check_tables(section: ET.Element) -> Iterator[str]:
    """Yield what is wrong with each table of a section, tables inside tables too."""
    for count, table in enumerate(section.findall(".//{*}tbl"), 1):
        yield from (f"table {count}: {problem}" for problem in _check_table(table))


def _number(element: ET.Element | None, attribute: str) -> int:
    value = element.get(attribute, "") if element is not None else ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1


def _check_table(table: ET.Element) -> Iterator[str]:
    rows, columns = _number(table, "rowCnt"), _number(table, "colCnt")
    drawn = table.findall("{*}tr")
    if rows < 1 or columns < 1 or rows * columns > MOST_CELLS:
        yield f"counts {table.get('rowCnt')} rows and {table.get('colCnt')} columns"
        return
    if len(drawn) != rows:
        yield f"counts {rows} rows, holds {len(drawn)}"
    taken: dict[tuple[int, int], Place] = {}
    for at, row in enumerate(drawn):
        for cell in row.findall("{*}tc"):
            place = _place(cell)
            problem = _outside(place, at, rows, columns)
            if problem:
                yield problem
                continue
            yield from _take(place, taken)
    holes = rows * columns - len(taken)
    if holes:
        yield f"{holes} places hold no cell"
    yield from _check_widths(taken, rows, columns, _number(table.find("{*}sz"), "width"))


def _place(cell: ET.Element) -> Place:
    address, span, size = cell.find("{*}cellAddr"), cell.find("{*}cellSpan"), cell.find("{*}cellSz")
    return Place(
        _number(address, "rowAddr"),
        _number(address, "colAddr"),
        _number(span, "rowSpan"),
        _number(span, "colSpan"),
        _number(size, "width"),
    )


def _outside(place: Place, at: int, rows: int, columns: int) -> str:
    """Say why a cell's place cannot be, or nothing when it can."""
    where = f"cell at row {place.row}, column {place.column}"
    if min(place.row, place.column) < 0 or min(place.rows, place.columns) < 1:
        return f"{where} has no proper address or span ({place.rows} × {place.columns})"
    if place.row != at:
        return f"{where} stands in row {at}"
    if place.row + place.rows > rows or place.column + place.columns > columns:
        return f"{where} reaches out of the table ({place.rows} × {place.columns} in {rows} × {columns})"
    return ""


def _take(place: Place, taken: dict[tuple[int, int], Place]) -> Iterator[str]:
    for row in range(place.row, place.row + place.rows):
        for column in range(place.column, place.column + place.columns):
            if (row, column) in taken:
                yield f"two cells at row {row}, column {column}"
            taken[row, column] = place


def _check_widths(taken: dict[tuple[int, int], Place], rows: int, columns: int, width: int) -> Iterator[str]:
    """Check that the cells of every full row are together as wide as the table."""
    for row in range(rows):
        places = {taken[row, column] for column in range(columns) if (row, column) in taken}
        if sum(place.columns for place in places) == columns and sum(place.width for place in places) != width:
            yield f"row {row} is {sum(place.width for place in places)} wide, the table {width}"
