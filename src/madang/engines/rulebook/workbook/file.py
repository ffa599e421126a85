"""Opening the plan workbook as a file: what is no workbook, or holds what cannot be read for certain, is refused.

A formula counts with the value that the spreadsheet kept; one without a value, and merged cells, are named by cell.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any
from xml.parsers import expat

from ..document import Problem, UnableToReadPlan
from .layout import OTHER_SHEETS, Rows

OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MOST_UNPACKED = 50 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, RuntimeError, ValueError, EOFError, KeyError)
NOT_XLSX = ("열 수 있는 .xlsx 파일이어야 해요", "expected an .xlsx file that can be opened")
EMPTY = ("빈 파일이에요", "the file is empty")
LOCKED = ("암호가 걸린 파일이에요. 암호를 풀고 저장해 주세요", "the file is encrypted: save it without a password")
OLD = ("옛 형식(.xls)이에요. .xlsx로 저장해 주세요", "an old .xls file: save it as .xlsx")
TOO_LARGE = ("계획 파일로는 너무 커요", "too large for a plan")
FORMULA = (
    "수식의 계산값이 파일에 없어요. 값으로 적어 주세요",
    "the formula has no calculated value in the file: write the value itself",
)
MERGED = ("병합한 칸은 읽지 않아요. 병합을 풀어 주세요", "merged cells are not read: unmerge them")


def sheets_of(content: bytes) -> dict[str, Rows]:
    """Return the sheets of an .xlsx file as rows of values.

    Raises UnableToReadPlan for a file that is empty, old (.xls), encrypted, damaged or too large, and with every cell
    whose value is not certain.
    """
    if not content:
        raise _refused(EMPTY)
    if content.startswith(OLD_OFFICE):
        raise _refused(LOCKED if ENCRYPTED in content else OLD)
    try:
        problems = list(_doubtful(content))
    except UnableToReadPlan:
        raise
    except BROKEN:
        raise _refused(NOT_XLSX) from None
    if problems:
        raise UnableToReadPlan(problems)
    return _values(content)


def _values(content: bytes) -> dict[str, Rows]:
    """Read the values of all sheets."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (CalamineError, ValueError, OSError):
        raise _refused(NOT_XLSX) from None
    except BaseException as error:
        # A panic of the reader is no Exception; anything else is not ours.
        if type(error).__name__ != "PanicException":
            raise
        raise _refused(NOT_XLSX) from None


def _refused(what: tuple[str, str]) -> UnableToReadPlan:
    """Return the refusal of a whole file."""
    return UnableToReadPlan([Problem("", *what)])


def _doubtful(content: bytes) -> Iterator[Problem]:
    """Yield the cells of the plan's sheets whose value is not certain; refuse what is too large."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if sum(part.file_size for part in package.infolist()) > MOST_UNPACKED:
            raise _refused(TOO_LARGE)
        for name, part in _parts(package).items():
            scan = _SheetScan()
            scan.read(package.read(part))
            if scan.too_large:
                raise UnableToReadPlan([Problem(name, *TOO_LARGE)])
            if name not in OTHER_SHEETS:
                yield from (Problem(f"{name}!{cell}", *FORMULA) for cell in scan.unknown)
                yield from (Problem(f"{name}!{cell}", *MERGED) for cell in scan.merged)


def _parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of the package that holds each sheet, by the sheet's name."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            targets[attributes["Id"]] = attributes["Target"]

    def sheet(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            number = next(value for key, value in attributes.items() if key.rpartition(":")[2] == "id")
            sheets[attributes["name"]] = targets[number]

    _walk(package.read("xl/_rels/workbook.xml.rels"), relation)
    _walk(package.read("xl/workbook.xml"), sheet)
    return {name: to.removeprefix("/") if to.startswith("/") else f"xl/{to}" for name, to in sheets.items()}


def _walk(xml: bytes, start: Any, end: Any = None, text: Any = None) -> None:
    """Read XML without a document type, so that nothing in it can grow or reach outside."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    parser.Parse(xml, True)


def _refuse_doctype(*_declared: object) -> None:
    """Refuse a document type."""
    raise ValueError("a workbook has no document type")


class _SheetScan:
    """Looks through a sheet's XML for formulas without a value, merged cells, and cells that stand too far out."""

    def __init__(self) -> None:
        self.unknown: list[str] = []
        self.merged: list[str] = []
        self.too_large = False
        self._cell = ""
        self._has_formula = self._in_value = False
        self._value = ""

    def read(self, xml: bytes) -> None:
        """Look through the XML of a sheet."""
        _walk(xml, self._start, self._end, self._text)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._cell, self._has_formula, self._value = attributes.get("r", ""), False, ""
        elif name == "f":
            self._has_formula = True
        elif name in ("v", "t"):
            self._in_value = True
        elif name == "mergeCell":
            self.merged.append(attributes.get("ref", ""))

    def _end(self, name: str) -> None:
        if name in ("v", "t"):
            self._in_value = False
        elif name == "c":
            # Writers that do not calculate leave nothing, or a nought, where the value belongs.
            if self._has_formula and self._value.strip() in ("", "0"):
                self.unknown.append(self._cell)
            place = CELL.fullmatch(self._cell)
            if self._value and place and (int(place[2]) > MOST_ROWS or _column(place[1]) > MOST_COLUMNS):
                self.too_large = True

    def _text(self, text: str) -> None:
        if self._in_value:
            self._value += text


def _column(letters: str) -> int:
    """Return the number of a column from its letters, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
