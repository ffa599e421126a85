"""Opening a workbook: what is not certain is named by its cell, what is no workbook is refused with the reason."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from madang.engines.rulebook import Line, PlanFacts, Project, Task, UnableToReadPlan
from madang.engines.rulebook.workbook import plan_from_sheets, sheets_from_plan, sheets_of

FACTS = PlanFacts(
    "도봉구",
    2020,
    2021,
    1_000_000,
    None,
    (Task("1-1"),),
    (Project("S1", "sectoral", (Line("201-01", city=3000, basis="6회 × 500,000원"),), task="1-1", not_fundable=()),),
)


def book(fill=None, **options) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False} | options) as made:
        for name, rows in sheets_from_plan(FACTS).items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        if fill is not None:
            fill(made.get_worksheet_by_name("예산"))
    return stream.getvalue()


def refusal(content: bytes) -> list[str]:
    with pytest.raises(UnableToReadPlan) as refused:
        plan_from_sheets(sheets_of(content))
    return [problem.at or problem.expected_ko for problem in refused.value.problems]


def city(content: bytes) -> int:
    project = (plan_from_sheets(sheets_of(content)).projects or ())[0]
    return project.lines[0].city


def test_a_formula_counts_with_the_value_that_was_kept() -> None:
    assert city(book(lambda sheet: sheet.write_formula("D2", "=6*500", None, 3000))) == 3000


def test_a_formula_that_nobody_calculated_is_named() -> None:
    assert refusal(book(lambda sheet: sheet.write_formula("D2", "=6*500"))) == ["예산!D2"]
    opened = openpyxl.load_workbook(io.BytesIO(book()))
    opened["예산"]["D2"] = "=6*500"
    stream = io.BytesIO()
    opened.save(stream)
    assert refusal(stream.getvalue()) == ["예산!D2"]


def test_merged_cells_are_named() -> None:
    assert refusal(book(lambda sheet: sheet.merge_range("A2:A3", "S1"))) == ["예산!A2:A3"]


@pytest.mark.parametrize("typed", ["3,000", "３,０００", "３０００", " 3000 ", 3000, 3000.0])
def test_an_amount_is_read_as_people_type_it(typed) -> None:
    assert city(book(lambda sheet: sheet.write("D2", typed))) == 3000


@pytest.mark.parametrize("typed", ["3,00", "3천", "삼천", "3000원", "-3", "3.5", 3.5, -3, True])
def test_what_is_no_whole_amount_is_named(typed) -> None:
    assert refusal(book(lambda sheet: sheet.write("D2", typed))) == ["예산!D2"]


def test_what_is_no_workbook_is_refused_with_the_reason() -> None:
    old = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    locked = old + "EncryptedPackage".encode("utf-16-le")
    assert "빈 파일" in refusal(b"")[0]
    assert ".xls)" in refusal(old)[0]
    assert "암호" in refusal(locked)[0]
    for content in (b"PK\x03\x04", b"hello", book()[:-200], book()[:2000]):
        assert ".xlsx" in refusal(content)[0]


def _with_part(content: bytes, name: str, text: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, text if part == name else old.read(part))
    return stream.getvalue()


def test_a_package_that_grows_or_declares_entities_is_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><c r="A1"><v>&a;</v></c></worksheet>'
    assert ".xlsx" in refusal(_with_part(book(), "xl/worksheets/sheet1.xml", bomb))[0]
    assert "커요" in refusal(_with_part(book(), "xl/styles.xml", bytes(60 * 1024 * 1024)))[0]
    assert refusal(book(lambda sheet: sheet.write("A900000", 1))) == ["예산"]


def test_messages_speak_of_cells_and_not_of_codes() -> None:
    with pytest.raises(UnableToReadPlan) as refused:
        plan_from_sheets(sheets_of(book(lambda sheet: sheet.write("H2", "재산성 물품"))))
    said = refused.value.problems[0].expected_ko
    assert "‘재산성 물품’ 표시는 405" in said
