"""The neutral document: what a paper says, without saying how a format draws it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

ColumnKind = Literal["text", "number", "percent"]
RowKind = Literal["plain", "group", "subtotal", "total"]
Language = Literal["ko", "en"]

COLUMN_KINDS = ("text", "number", "percent")
ROW_KINDS = ("plain", "group", "subtotal", "total")
MAX_TABLE_COLUMNS = 40


class UnableToWritePaper(Exception):
    """A paper that cannot be written as it stands; the message says what is wrong, Korean first, then English."""


@dataclass(frozen=True)
class Run:
    """A stretch of text in one weight."""

    text: str
    bold: bool = False


Text = str | tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4; `number` ("4", "4.1", "나") is drawn in pine before the text."""

    text: str
    level: int = 1
    number: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise UnableToWritePaper(f"제목 단계는 1에서 4까지예요: {self.level}. Heading level must be 1 to 4.")


@dataclass(frozen=True)
class Paragraph:
    """Running text: a plain string, or runs when part of it is bold. A line feed starts a new line."""

    text: Text


@dataclass(frozen=True)
class Bullets:
    """A list with a dash before each item."""

    items: tuple[Text, ...]


@dataclass(frozen=True)
class Quote:
    """A resident's own words, set in serif, with who said it."""

    text: str
    by: str = ""


@dataclass(frozen=True)
class Note:
    """A small line of source, measure or remark."""

    text: str


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True)
class Field:
    """A label and its value in a boxed table."""

    label: str
    value: Text


@dataclass(frozen=True)
class FieldTable:
    """Boxed label and value pairs; each row holds one pair across the page or two side by side."""

    rows: tuple[tuple[Field, ...], ...]

    def __post_init__(self) -> None:
        if not self.rows or any(not 1 <= len(row) <= 2 for row in self.rows):
            raise UnableToWritePaper("항목 표의 한 줄은 한 쌍이나 두 쌍이에요. A field row holds one or two pairs.")


@dataclass(frozen=True)
class Span:
    """A text cell reaching over several columns of its row."""

    text: str
    columns: int


Cell = str | int | None | Span


@dataclass(frozen=True)
class Column:
    """A table column: `number` cells are ints, `percent` cells ints in tenths of a percent (695 is 69.5%).

    `width` is this column's share of the page relative to the others; 0 lets the writers measure. `strong` sets its
    cells in bold (a column of sums).
    """

    title: str
    kind: ColumnKind = "text"
    width: int = 0
    strong: bool = False


@dataclass(frozen=True)
class Band:
    """A heading over several columns; an empty title leaves those columns without one."""

    title: str
    columns: int


@dataclass(frozen=True)
class Row:
    """A table row whose cells, spans counted, fill every column; group, subtotal and total rows are shaded."""

    cells: tuple[Cell, ...]
    kind: RowKind = "plain"


@dataclass(frozen=True)
class Table:
    """A table with a caption, a unit ("천원", written 단위: 천원), bands over the columns and notes below.

    The heading repeats on every page and a row is never split. Raises UnableToWritePaper when a row does not fill the
    columns or a cell is not of its column's kind (an int in a text column, a bool, a float).
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    unit: str = ""
    bands: tuple[Band, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_table(self)


@dataclass(frozen=True)
class Signatory:
    """One who signs: role ("민간대표"), name, and whether a seal or a signature is asked for."""

    role: str
    name: str = ""
    seal: bool = True


@dataclass(frozen=True)
class Signatures:
    """The closing of a form: what is stated, the date, who signs with a place for each seal, and to whom."""

    parties: tuple[Signatory, ...]
    date: str = ""
    statement: str = ""
    to: str = ""


Block = Heading | Paragraph | Bullets | Quote | Note | PageBreak | FieldTable | Table | Signatures


@dataclass(frozen=True)
class Paper:
    """A whole document.

    `running` (the plan's name), `record_number` and `status_mark` ("예시", "승인본") stand at the head of every page;
    `kicker` is the small line above the title.
    """

    title: str
    blocks: tuple[Block, ...]
    language: Language = "ko"
    running: str = ""
    record_number: str = ""
    status_mark: str = ""
    kicker: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise UnableToWritePaper("문서에 제목이 있어야 해요. A paper needs a title.")
        if self.language not in ("ko", "en"):
            raise UnableToWritePaper(f"문서의 언어는 ko나 en이에요: {self.language!r}. The language is ko or en.")


def check_table(table: Table) -> None:
    """Raise UnableToWritePaper unless every row and band fills the columns with cells of the right kind."""
    count = len(table.columns)
    if not 1 <= count <= MAX_TABLE_COLUMNS:
        raise UnableToWritePaper(f"표의 열은 1에서 {MAX_TABLE_COLUMNS}까지예요: {count}. A table has 1 to 40 columns.")
    for column in table.columns:
        if column.kind not in COLUMN_KINDS or column.width < 0:
            raise UnableToWritePaper(f"열을 쓸 수 없어요: {column.title!r}. This column has no known kind or width.")
    if table.bands and (min(band.columns for band in table.bands) < 1 or reach(table.bands) != count):
        raise UnableToWritePaper(f"묶음 머리글이 열 {count}개와 맞지 않아요. The bands do not cover the columns.")
    for place, row in enumerate(table.rows, 1):
        check_row(table, row, place)


def check_row(table: Table, row: Row, place: int) -> None:
    """Raise UnableToWritePaper unless this row (the `place`-th, from 1) fits the table's columns."""
    widths = [cell.columns if isinstance(cell, Span) else 1 for cell in row.cells]
    if row.kind not in ROW_KINDS or sum(widths) != len(table.columns) or min(widths, default=0) < 1:
        raise UnableToWritePaper(
            f"표 {place}번째 줄이 열 {len(table.columns)}개와 맞지 않아요. Row {place} does not fill the columns."
        )
    at = 0
    for cell, width in zip(row.cells, widths, strict=True):
        column = table.columns[at]
        figure = isinstance(cell, int) and not isinstance(cell, bool)
        if not (cell is None or isinstance(cell, str | Span) or (figure and column.kind != "text")):
            raise UnableToWritePaper(
                f"표 {place}번째 줄 ‘{column.title}’ 칸에 넣을 수 없는 값이에요: {cell!r}. "
                f"Row {place}, column {column.title!r} cannot hold this value."
            )
        at += width


def reach(bands: Iterable[Band]) -> int:
    """Count the columns the bands cover together."""
    return sum(band.columns for band in bands)


def group_row(text: str, *, columns: int) -> Row:
    """Make a row that names the rows after it, across the whole table."""
    return Row((Span(text, columns),), kind="group")


def total_row(label: str, *figures: int | str | None, across: int = 1, kind: RowKind = "total") -> Row:
    """Make a total (or subtotal) row: the label across the first `across` columns, then the figures."""
    return Row((Span(label, across), *figures), kind=kind)
