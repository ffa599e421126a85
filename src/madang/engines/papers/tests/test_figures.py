import io
import time

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madang.engines.papers import (
    Column,
    Paper,
    Row,
    Table,
    figure,
    tenths_of_percent,
    to_docx,
    to_hwpx,
    to_pdf,
    to_xlsx,
    total_row,
)
from madang.engines.papers.tests.readers import (
    docx_tables,
    hwpx_tables,
    number,
    pdf_figures,
    pdf_pages,
    pdf_text,
    xlsx_tables,
)
from madang.engines.papers.tests.samples import BUDGET_ROWS, budget, ledger, plan


def budget_rows(rows):
    """The rows of the budget that carry figures, as (first word, five figures)."""
    return [(row[0], [number(cell) for cell in row[-5:]]) for row in rows if row[-1].replace(",", "").isdigit()]


@pytest.mark.parametrize(("write", "read"), [(to_hwpx, hwpx_tables), (to_docx, docx_tables)], ids=["hwpx", "docx"])
def test_the_budget_read_back_adds_up_to_its_own_total(write, read):
    rows = budget_rows(read(write(plan()))[-1])
    items = [figures for label, figures in rows if label not in ("소계", "합계")]
    assert len(items) == len(BUDGET_ROWS)
    assert [sum(column) for column in zip(*items, strict=True)] == [16000, 70000, 0, 0, 86000]
    assert rows[-1] == ("합계", [16000, 70000, 0, 0, 86000])
    assert all(own + city + nation + other == whole for own, city, nation, other, whole in items)


def test_the_budget_of_the_pdf_adds_up_to_its_own_total(fonts):
    text = pdf_text(to_pdf(plan(), fonts=fonts))
    items = [row for row in BUDGET_ROWS if f"{row[3]:,} {row[4]:,} 0 0 {row[3] + row[4]:,}" in text]
    assert len(items) == len(BUDGET_ROWS)
    assert pdf_figures(to_pdf(plan(), fonts=fonts), "합계") == [16000, 70000, 0, 0, 86000]


def test_the_workbook_holds_numbers_that_add_up():
    rows = xlsx_tables(to_xlsx(plan()))["소요예산"]
    figures = [row[3:] for row in rows if isinstance(row[-1], int)]
    items = [row for row in figures if row not in ([0, 13000, 0, 0, 13000], [16000, 70000, 0, 0, 86000])]
    assert [sum(column) for column in zip(*items, strict=True)] == figures[-1] == [16000, 70000, 0, 0, 86000]


def test_a_percent_is_a_ratio_in_the_workbook_and_words_elsewhere(fonts):
    assert ["야간 보행이 불안하다는 응답", 0.62, 0.31, "이용자 설문 200명"] in xlsx_tables(to_xlsx(plan()))["표 2"]
    row = ["야간 보행이 불안하다는 응답", "62.0%", "31.0%", "이용자 설문 200명"]
    assert row in hwpx_tables(to_hwpx(plan()))[2]
    assert row in docx_tables(to_docx(plan()))[2]
    assert "62.0% 31.0%" in pdf_text(to_pdf(plan(), fonts=fonts))


@pytest.mark.parametrize(
    ("value", "kind", "read"),
    [
        (0, "number", "0"),
        (1234567, "number", "1,234,567"),
        (-1000, "number", "-1,000"),
        (695, "percent", "69.5%"),
        (-5, "percent", "-0.5%"),
        (12345, "percent", "1,234.5%"),
    ],
)
def test_a_figure_reads_with_separators(value, kind, read):
    assert figure(value, kind) == read


def test_a_share_is_rounded_half_away_from_zero_and_none_of_nothing():
    assert tenths_of_percent(59750, 86000) == 695
    assert tenths_of_percent(1, 2000) == 1
    assert tenths_of_percent(-1, 2000) == -1
    assert tenths_of_percent(1, 0) is None


tables = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(-(10**14), 10**14), min_size=width, max_size=width), min_size=1, max_size=12
    )
)


def paper_of(rows):
    columns = (Column("항목"), *(Column(f"열{n}", "number") for n in range(len(rows[0]))))
    body = tuple(Row((f"줄{place}", *row)) for place, row in enumerate(rows))
    total = total_row("합계", *(sum(column) for column in zip(*rows, strict=True)))
    return Paper(title="표", blocks=(Table(columns, (*body, total), caption="표"),))


@settings(max_examples=25, deadline=None)
@given(rows=tables)
def test_any_table_of_figures_comes_back_from_hwpx_docx_and_xlsx(rows):
    paper = paper_of(rows)
    expected = [*rows, [sum(column) for column in zip(*rows, strict=True)]]
    for read in (hwpx_tables(to_hwpx(paper)), docx_tables(to_docx(paper))):
        assert [[number(cell) for cell in row[1:]] for row in read[0][1:]] == expected
    sheet = xlsx_tables(to_xlsx(paper))["표"]
    start = next(place for place, row in enumerate(sheet) if row[0] == "항목") + 1
    assert [[number(str(cell)) for cell in row[1:]] for row in sheet[start:]] == expected


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=tables)
def test_any_table_of_figures_comes_back_from_pdf(rows, fonts):
    text = " ".join(pdf_text(to_pdf(paper_of(rows), fonts=fonts)).split())
    for place, row in enumerate(rows):
        assert f"줄{place} " + " ".join(f"{value:,}" for value in row) in text


def test_the_longest_figure_of_the_workbook_keeps_every_digit():
    sheet = xlsx_tables(to_xlsx(paper_of([[999_999_999_999_999], [9_999_999_999_999_999]])))["표"]
    assert ["줄0", 999_999_999_999_999] in sheet
    assert ["줄1", "9,999,999,999,999,999"] in sheet


def test_a_long_table_repeats_its_head_and_keeps_every_figure(fonts):
    pages = pdf_pages(to_pdf(ledger(300), fonts=fonts))
    assert len(pages) > 5
    assert all("산출내역" in page and f" / {len(pages)}" in page for page in pages)
    text = "\n".join(pages)
    for n in range(1, 301):
        assert f"주민참여 사업 {n} 공론장 진행 {n}회 × 500,000원 {n * 7:,} {n * 11:,} {n * 18:,}" in text
    assert "합계 316,050 496,650 812,700" in text


@pytest.mark.speed
def test_sixty_pages_of_tables(fonts, capsys):
    to_pdf(plan(), fonts=fonts)
    start = time.perf_counter()
    data = to_pdf(ledger(2300), fonts=fonts)
    spent = time.perf_counter() - start
    with capsys.disabled():
        print(f"\n{len(pypdf.PdfReader(io.BytesIO(data)).pages)} pages of tables as PDF in {spent:.2f} s")
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) >= 60


def test_the_sample_budget_is_the_look_of_the_plan():
    assert sum(row[3] + row[4] for row in BUDGET_ROWS) == budget().rows[-1].cells[-1]
