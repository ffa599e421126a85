"""Readers of papers that share no code with the writers: tables of an HWPX file, words of a PDF."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

from pypdf import PdfReader

HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"


@dataclass(frozen=True)
class ReadTable:
    """A table as read back: its rows, each cell standing in every column that it covers."""

    rows: list[list[str]]

    @property
    def head(self) -> list[str]:
        return self.rows[0]

    def column(self, title: str) -> int:
        return next(place for row in self.rows[:2] for place, text in enumerate(row) if text == title)

    def row(self, label: str) -> list[str]:
        return next(row for row in self.rows if row[0] == label)


def said(element: ElementTree.Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{HP}t"))


def hwpx_sections(data: bytes) -> list[ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = sorted(name for name in package.namelist() if name.startswith("Contents/section"))
        return [ElementTree.fromstring(package.read(name)) for name in names]


def hwpx_words(data: bytes) -> str:
    return "\n".join(said(part) for root in hwpx_sections(data) for part in root.iter(f"{HP}p"))


def hwpx_tables(data: bytes) -> list[ReadTable]:
    return [_table(found) for root in hwpx_sections(data) for found in root.iter(f"{HP}tbl")]


def table_of(data: bytes, *titles: str) -> ReadTable:
    """Return the first table whose head has all these titles."""
    return next(table for table in hwpx_tables(data) if set(titles) <= {text for row in table.rows[:2] for text in row})


def _table(found: ElementTree.Element) -> ReadTable:
    rows, columns = int(found.get("rowCnt", 0)), int(found.get("colCnt", 0))
    grid = [["" for _ in range(columns)] for _ in range(rows)]
    for cell in found.iter(f"{HP}tc"):
        at, span = cell.find(f"{HP}cellAddr"), cell.find(f"{HP}cellSpan")
        assert at is not None
        assert span is not None
        for row in range(int(span.get("rowSpan", 1))):
            for column in range(int(span.get("colSpan", 1))):
                grid[int(at.get("rowAddr", 0)) + row][int(at.get("colAddr", 0)) + column] = said(cell)
    return ReadTable(grid)


def pdf_words(data: bytes) -> str:
    """Return a PDF's words without any space, for a line may end anywhere between words."""
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def number(text: str) -> int:
    """Read a figure such as 1,234."""
    return int(text.replace(",", ""))


def tenths(text: str) -> int:
    """Read a percentage such as 69.5% in tenths of a percent."""
    whole, tenth = text.removesuffix("%").split(".")
    return int(whole) * 10 + int(tenth)
