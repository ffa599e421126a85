"""Readers of the written files that share no code with the writers."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile

import openpyxl
import pypdf

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"

Rows = list[list[str]]


def pdf_pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def pdf_text(data: bytes) -> str:
    return "\n".join(pdf_pages(data))


def pdf_figures(data: bytes, label: str) -> list[int]:
    """The figures that follow a label on its line."""
    line = next(line for line in pdf_text(data).splitlines() if line.startswith(label))
    return [int(found.replace(",", "")) for found in re.findall(r"-?[\d,]+", line.removeprefix(label))]


def part(data: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ET.fromstring(archive.read(name))


def hwpx_words(element: ET.Element) -> str:
    """Text of an element in order: line breaks as line feeds, tabs as tabs."""
    said = []
    for text in element.iter(f"{HP}t"):
        said.append(text.text or "")
        for inside in text:
            said.append({"lineBreak": "\n", "tab": "\t"}.get(inside.tag.removeprefix(HP), ""))
            said.append(inside.tail or "")
    return "".join(said)


def hwpx_text(data: bytes) -> str:
    return "\n".join(hwpx_words(paragraph) for paragraph in part(data, "Contents/section0.xml").iter(f"{HP}p"))


def hwpx_tables(data: bytes) -> list[Rows]:
    section = part(data, "Contents/section0.xml")
    return [
        [[hwpx_words(cell) for cell in row.iter(f"{HP}tc")] for row in table.iter(f"{HP}tr")]
        for table in section.iter(f"{HP}tbl")
    ]


def docx_words(element: ET.Element) -> str:
    marks = {f"{W}t": None, f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join((marks[node.tag] or node.text or "") for node in element.iter() if node.tag in marks)


def docx_text(data: bytes) -> str:
    return "\n".join(docx_words(paragraph) for paragraph in part(data, "word/document.xml").iter(f"{W}p"))


def docx_tables(data: bytes) -> list[Rows]:
    body = part(data, "word/document.xml")
    return [
        [[docx_words(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
        for table in body.iter(f"{W}tbl")
    ]


def xlsx_tables(data: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def number(text: str) -> int:
    return int(text.replace(",", ""))
