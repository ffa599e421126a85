import io
import re
import zipfile

import openpyxl
import pytest

from madang.engines.papers import Heading, Paper, Paragraph, Run, to_docx, to_hwpx, to_pdf, to_xlsx
from madang.engines.papers.hwpx_check import check_hwpx
from madang.engines.papers.tests.readers import docx_text, hwpx_text, part, pdf_text, xlsx_tables
from madang.engines.papers.tests.samples import HOSTILE, SEEN_BY_NO_ONE, hostile, plan
from madang.engines.papers.text import plain


def said(paper):
    """Every text of a paper."""
    found = re.findall(r"(?:text|value|label|caption|title|statement)='((?:[^'\\]|\\.)*)'", repr(paper))
    return {text for text in found if text}


@pytest.mark.parametrize("write", [to_hwpx, to_docx], ids=["hwpx", "docx"])
def test_every_text_of_the_plan_stands_whole_in_the_editable_forms(write):
    text = (hwpx_text if write is to_hwpx else docx_text)(write(plan()))
    assert len(said(plan())) > 30
    assert [word for word in said(plan()) if word not in text] == []


def test_every_korean_word_of_the_plan_stands_whole_in_the_pdf(fonts):
    words = {word for text in said(plan()) for word in re.split(r"[\s·/]+", text) if re.search("[가-힣]", word)}
    found = pdf_text(to_pdf(plan(), fonts=fonts))
    assert len(words) > 80
    assert [word for word in words if word not in found] == []


def test_a_word_partly_bold_stays_on_one_line(fonts):
    for padding in range(20, 44):
        lead = "가 " * padding
        paper = Paper("제목", (Paragraph((Run(lead), Run("시민관리단", bold=True), Run("에게서는 끝"))),))
        assert "시민관리단에게서는" in pdf_text(to_pdf(paper, fonts=fonts))


def squeezed(text):
    return re.sub(r"\s", "", text)


def test_hostile_text_is_text_in_the_pdf(fonts):
    found = squeezed(pdf_text(to_pdf(hostile(), fonts=fonts)))
    assert [text for text in HOSTILE if squeezed(text) not in found] == []


@pytest.mark.parametrize("write", [to_hwpx, to_docx], ids=["hwpx", "docx"])
def test_hostile_text_is_text_in_the_editable_forms(write):
    found = (hwpx_text if write is to_hwpx else docx_text)(write(hostile()))
    assert [text for text in HOSTILE if found.count(text) < 10] == []


def test_hostile_text_leaves_the_hwpx_structure_whole():
    assert check_hwpx(to_hwpx(hostile())) == []


def test_hostile_text_is_never_a_formula_or_a_link_in_the_workbook():
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(hostile())))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.value for cell in cells} >= set(HOSTILE)
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)


def test_controls_and_marks_no_one_sees_are_removed_everywhere(fonts):
    assert plain(f"방{SEEN_BY_NO_ONE}학천\t길\r\n끝") == "방학천 길\n끝"
    for data in (to_hwpx(hostile()), to_docx(hostile()), to_xlsx(hostile())):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if name.endswith(("xml", "hpf", "rels", "txt"))]
            parts = "".join(archive.read(name).decode() for name in names)
        assert not set(SEEN_BY_NO_ONE.replace("\ufeff", "")) & set(parts)
    assert not set(SEEN_BY_NO_ONE) & set(pdf_text(to_pdf(hostile(), fonts=fonts)))


def test_decomposed_korean_is_written_composed():
    assert plain("방학천") == "방학천"


def test_an_emoji_is_named_in_the_pdf_and_kept_elsewhere(fonts):
    paper = Paper("밤길 🌙", (Paragraph("달빛 👩‍👩‍👧 산책 🚶🏽 끝"),))
    assert "[crescent moon]" in pdf_text(to_pdf(paper, fonts=fonts))
    assert "산책 [pedestrian] 끝" in " ".join(pdf_text(to_pdf(paper, fonts=fonts)).split())
    assert "🚶🏽" in hwpx_text(to_hwpx(paper))
    assert "👩‍👩‍👧" in docx_text(to_docx(paper))


def test_a_line_feed_starts_a_new_line_in_every_form(fonts):
    paper = Paper("제목", (Paragraph("첫째 줄\n둘째 줄"),))
    assert "첫째 줄\n둘째 줄" in hwpx_text(to_hwpx(paper))
    assert "첫째 줄\n둘째 줄" in docx_text(to_docx(paper))
    assert "첫째 줄\n둘째 줄" in pdf_text(to_pdf(paper, fonts=fonts))


def test_headings_that_skip_a_level_are_still_written(fonts):
    paper = Paper("제목", (Heading("셋째 단계", level=3), Heading("넷째 단계", level=4), Heading("첫째 단계")))
    assert "넷째 단계" in pdf_text(to_pdf(paper, fonts=fonts))


def test_head_and_foot_carry_plan_record_number_status_and_pages(fonts):
    parts = [hwpx_text(to_hwpx(plan())), pdf_text(to_pdf(plan(), fonts=fonts))]
    parts.append("".join(part(to_docx(plan()), "word/header1.xml").itertext()))
    for text in parts:
        assert "도봉구 2021년 지역사회혁신계획(구단위계획형) 실행계획" in text
        assert "도봉-2020-의12 · 예시" in text
    foot = part(to_docx(plan()), "word/footer1.xml")
    fields = [value for element in foot.iter() for key, value in element.attrib.items() if key.endswith("instr")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_an_english_paper_says_its_own_words_in_english(fonts):
    table = next(block for block in plan().blocks if getattr(block, "unit", ""))
    paper = Paper("Plan", (table,), language="en")
    assert "Unit: 천원" in pdf_text(to_pdf(paper, fonts=fonts))
    assert "Unit: 천원" in hwpx_text(to_hwpx(paper))
    assert "Unit: 천원" in docx_text(to_docx(paper))
    assert "Unit: 천원" in [row[0] for row in xlsx_tables(to_xlsx(paper))["소요예산"]]
