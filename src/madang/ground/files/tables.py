"""Read a table that somebody hands in as CSV, XLSX or JSONL into rows of text, or say why it cannot be read."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from madang.ground.workflow import UnableTo

MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_UNPACKED = 200 * 1024 * 1024
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
CELL_ADDRESS = re.compile(rb"""\br=["']([A-Za-z]{1,3})(\d{1,7})["']""")

Numbered = tuple[int, list[Any]]


class UnableToReadTable(UnableTo):
    """The file is no table that can be read."""


@dataclass(frozen=True)
class Table:
    """A table as text: ``rows`` are pairs of the row's number in the file (the heading is row 1) and its cells.

    ``faults`` names the rows that could not be read at all, with the cause; ``encoding_note`` says in which
    encoding a text file was read when that was a guess, else it is empty.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    encoding_note: str = ""
    faults: tuple[tuple[int, str], ...] = ()


def read_table(content: bytes, name: str, *, needed: Sequence[str] = (), most_rows: int = MOST_ROWS) -> Table:
    """Return the table in a file; the kind is told from the content first, then from the name.

    Raises ``UnableToReadTable`` for a file that is empty, corrupt, encrypted, an old .xls, no table, too long, or
    without one of the columns in ``needed``.
    """
    if not content.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise UnableToReadTable(_("빈 파일이에요. 제목 줄과 내용이 있는 파일을 올려 주세요."))
    ending = name.lower().rsplit(".", 1)[-1]
    if content.startswith(OLD_OFFICE):
        raise _refuse_old_office(content)
    if content.startswith(b"PK"):
        return _finish(_sheet_rows(content, most_rows), needed, most_rows)
    text, note = _decode(content)
    if ending in ("jsonl", "ndjson") or (ending not in ("csv", "tsv", "txt") and text.lstrip().startswith("{")):
        return _json_lines(text, note, needed, most_rows)
    return _finish(_csv_rows(text), needed, most_rows, note)


def _refuse_old_office(content: bytes) -> UnableToReadTable:
    if ENCRYPTED in content:
        return UnableToReadTable(_("암호가 걸린 파일이에요. 암호를 풀고 다시 저장해서 올려 주세요."))
    return UnableToReadTable(_("옛 형식(.xls)이에요. 엑셀에서 .xlsx나 CSV로 저장해서 올려 주세요."))


def _decode(content: bytes) -> tuple[str, str]:
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnableToReadTable(_("표로 읽을 수 없는 파일이에요. CSV, XLSX, JSONL 가운데 하나로 올려 주세요."))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), "UTF-16"
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    _refuse_damaged_utf8(content)
    try:
        return content.decode("cp949"), "CP949"
    except UnicodeDecodeError:
        raise UnableToReadTable(_("글자를 읽을 수 없어요. UTF-8로 저장해서 다시 올려 주세요.")) from None


def _refuse_damaged_utf8(content: bytes) -> None:
    """Refuse UTF-8 with broken places, which CP949 would often read without complaint as other letters."""
    guess = content.decode("utf-8", errors="replace")
    broken = guess.count("\ufffd")
    whole = sum(not character.isascii() for character in guess) - broken
    if whole > broken:
        line = guess.count("\n", 0, guess.index("\ufffd")) + 1
        raise UnableToReadTable(
            _("%(line)s번째 줄의 글자를 읽을 수 없어요. UTF-8로 다시 저장해서 올려 주세요.") % {"line": line}
        )


def _csv_rows(text: str) -> Iterator[Numbered]:
    heading = text.lstrip().split("\n", 1)[0]
    delimiter = max(",\t;", key=heading.count)
    try:
        yield from enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), start=1)
    except csv.Error:
        raise UnableToReadTable(_("따옴표가 닫히지 않았거나 줄이 깨진 CSV예요. 다시 저장해서 올려 주세요.")) from None


def _sheet_rows(content: bytes, most_rows: int) -> Iterator[Numbered]:
    _refuse_outsize(content, most_rows)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheet = book.get_sheet_by_index(0)
            rows = sheet.to_python(skip_empty_area=False)
    except PasswordError:
        raise UnableToReadTable(_("암호가 걸린 파일이에요. 암호를 풀고 다시 저장해서 올려 주세요.")) from None
    except (CalamineError, OSError, ValueError, IndexError):
        raise UnableToReadTable(_("깨진 엑셀 파일이에요. 엑셀에서 열어 다시 저장해서 올려 주세요.")) from None
    yield from enumerate(rows, start=1)


def _refuse_outsize(content: bytes, most_rows: int) -> None:
    """Look into the package before a reader makes room for every cell up to the furthest one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise UnableToReadTable(_("펼치면 너무 큰 파일이에요. 나누어 올려 주세요."))
            sheets = [part for part in parts if part.filename.startswith("xl/worksheets/")]
            for sheet in sheets:
                _refuse_far_cells(package.read(sheet), most_rows)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        raise UnableToReadTable(_("깨진 엑셀 파일이에요. 엑셀에서 열어 다시 저장해서 올려 주세요.")) from None
    if not sheets:
        raise UnableToReadTable(_("표로 읽을 수 없는 파일이에요. CSV, XLSX, JSONL 가운데 하나로 올려 주세요."))


def _refuse_far_cells(sheet: bytes, most_rows: int) -> None:
    for found in CELL_ADDRESS.finditer(sheet):
        if int(found[2]) > most_rows + 100:
            raise _too_many_rows(most_rows)
        if len(found[1]) > 2:
            raise UnableToReadTable(_("칸이 너무 많은 표예요. 쓰지 않는 열을 지우고 올려 주세요."))


def _too_many_rows(most_rows: int) -> UnableToReadTable:
    return UnableToReadTable(_("줄이 너무 많아요. %(most)s줄까지 올릴 수 있어요.") % {"most": f"{most_rows:,}"})


def _finish(rows: Iterable[Numbered], needed: Sequence[str], most_rows: int, note: str = "") -> Table:
    filled = ((number, [_text(cell) for cell in cells]) for number, cells in rows)
    numbered = ((number, cells) for number, cells in filled if any(cells))
    heading = next(numbered, None)
    if heading is None:
        raise UnableToReadTable(_("빈 파일이에요. 제목 줄과 내용이 있는 파일을 올려 주세요."))
    columns = _columns(heading[1], needed)
    read: list[tuple[int, dict[str, str]]] = []
    faults: list[tuple[int, str]] = []
    for number, cells in numbered:
        if len(read) + len(faults) >= most_rows:
            raise _too_many_rows(most_rows)
        if any(cells[len(columns) :]):
            faults.append((number, _("제목 줄보다 칸이 많아요.")))
            continue
        padded = cells + [""] * (len(columns) - len(cells))
        read.append((number, {column: cell for column, cell in zip(columns, padded, strict=False) if column}))
    return Table(tuple(column for column in columns if column), tuple(read), note, tuple(faults))


def _columns(heading: list[str], needed: Sequence[str]) -> list[str]:
    while heading and not heading[-1]:
        heading = heading[:-1]
    if len(heading) > MOST_COLUMNS:
        raise UnableToReadTable(_("칸이 너무 많은 표예요. 쓰지 않는 열을 지우고 올려 주세요."))
    named = [column for column in heading if column]
    double = sorted({column for column in named if named.count(column) > 1})
    if double:
        raise UnableToReadTable(_("같은 이름의 열이 두 번 있어요: %(names)s") % {"names": ", ".join(double)})
    _refuse_missing(named, needed)
    return heading


def _refuse_missing(columns: Sequence[str], needed: Sequence[str]) -> None:
    missing = [column for column in needed if column not in columns]
    if missing:
        names = {"missing": ", ".join(missing), "found": ", ".join(columns[:12])}
        raise UnableToReadTable(_("%(missing)s 열이 없어요. 파일에 있는 열: %(found)s") % names)


def _json_lines(text: str, note: str, needed: Sequence[str], most_rows: int) -> Table:
    columns: dict[str, None] = {}
    read: list[tuple[int, dict[str, str]]] = []
    faults: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        if len(read) + len(faults) >= most_rows:
            raise _too_many_rows(most_rows)
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if not isinstance(record, dict) or not record:
            faults.append((number, _("JSON 한 줄로 읽을 수 없어요.")))
            continue
        row = {key.strip(): _text(value) for key, value in record.items()}
        columns.update(dict.fromkeys(row))
        read.append((number, row))
    if not read:
        raise UnableToReadTable(_("JSON 한 줄로 읽을 수 있는 줄이 하나도 없어요."))
    _refuse_missing(list(columns), needed)
    rows = tuple((number, {column: row.get(column, "") for column in columns}) for number, row in read)
    return Table(tuple(columns), rows, note, tuple(faults))


def _text(cell: Any) -> str:
    """Write a cell as the person would have typed it: whole numbers without a point, days as 2020-05-21."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, dict | list):
        return json.dumps(cell, ensure_ascii=False)
    return str(cell).replace("\0", "").strip()
