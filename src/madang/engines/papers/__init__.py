"""Neutral documents and their writers: one paper, written as PDF, HWPX, DOCX and XLSX.

A room builds a `Paper` from its own facts and never touches a format::

    paper = Paper(title="밤에도 걷고 싶은 방학천", running="도봉구 2021년 실행계획", record_number="도봉-2020-의12",
                  status_mark="승인본", blocks=(Heading("소요예산", number="6"), Table(...), Note("...")))
    to_pdf(paper, fonts=folder, at=made_at)
    to_hwpx(paper, at=made_at)
    to_docx(paper, at=made_at)
    to_xlsx(paper, at=made_at)  # only the tables

Blocks are `Heading`, `Paragraph` (of `Run`), `Bullets`, `Quote`, `FieldTable` (of `Field`), `Table` (of `Column`,
`Band`, `Row`, `Span`), `Signatures` (of `Signatory`), `Note` and `PageBreak`; `group_row`, `total_row` and
`tenths_of_percent` help to fill a table. Figures are ints and read the same in every format; text is never markup.
`check_hwpx` lists what is wrong with the structure of an HWPX file. Every writer gives the same bytes for the same
arguments and raises `UnableToWritePaper` with what is wrong.
"""

from madang.engines.papers.docx import to_docx
from madang.engines.papers.hwpx import to_hwpx
from madang.engines.papers.hwpx_check import check_hwpx
from madang.engines.papers.model import (
    Band,
    Block,
    Bullets,
    Cell,
    Column,
    Field,
    FieldTable,
    Heading,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Quote,
    Row,
    Run,
    Signatory,
    Signatures,
    Span,
    Table,
    UnableToWritePaper,
    group_row,
    total_row,
)
from madang.engines.papers.pdf import to_pdf
from madang.engines.papers.text import figure, tenths_of_percent
from madang.engines.papers.xlsx import to_xlsx

__all__ = [
    "Band",
    "Block",
    "Bullets",
    "Cell",
    "Column",
    "Field",
    "FieldTable",
    "Heading",
    "Note",
    "PageBreak",
    "Paper",
    "Paragraph",
    "Quote",
    "Row",
    "Run",
    "Signatory",
    "Signatures",
    "Span",
    "Table",
    "UnableToWritePaper",
    "check_hwpx",
    "figure",
    "group_row",
    "tenths_of_percent",
    "to_docx",
    "to_hwpx",
    "to_pdf",
    "to_xlsx",
    "total_row",
]
