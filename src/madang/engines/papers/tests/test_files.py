import io
import time
import zipfile
from datetime import UTC, datetime

import pypdf
import pytest

from madang.engines.papers import (
    Band,
    Column,
    FieldTable,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    Span,
    Table,
    UnableToWritePaper,
    group_row,
    to_docx,
    to_hwpx,
    to_pdf,
    to_xlsx,
)
from madang.engines.papers.hwpx_check import check_hwpx
from madang.engines.papers.tests.readers import docx_tables, hwpx_tables, pdf_pages
from madang.engines.papers.tests.samples import HOSTILE, plan

MADE = datetime(2020, 7, 6, 9, 0, tzinfo=UTC)


def test_the_same_paper_gives_the_same_bytes(fonts):
    writers = (to_hwpx, to_docx, to_xlsx, lambda paper, at: to_pdf(paper, fonts=fonts, at=at))
    first = [write(plan(), at=MADE) for write in writers]
    time.sleep(2.1)  # a zip's dates count in steps of two seconds
    assert first == [write(plan(), at=MADE) for write in writers]


def test_another_figure_gives_other_bytes():
    assert to_hwpx(plan(), at=MADE) != to_hwpx(Paper("제목", plan().blocks), at=MADE)


def test_the_pdf_is_tagged_titled_korean_and_a4(fonts):
    reader = pypdf.PdfReader(io.BytesIO(to_pdf(plan(), fonts=fonts, at=MADE)))
    root = reader.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "ko"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "밤에도 걷고 싶은 방학천"
    assert reader.metadata.creation_date == MADE
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode()
    assert [round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]] == [210, 297]


def test_the_pdf_tags_its_headings_table_heads_and_lists(fonts):
    reader = pypdf.PdfReader(io.BytesIO(to_pdf(plan(), fonts=fonts)))
    tags, left = set(), [reader.trailer["/Root"]["/StructTreeRoot"]]
    while left:
        node = left.pop().get_object()
        if isinstance(node, dict):
            tags.add(str(node.get("/S", "")))
            kids = node.get("/K", [])
            left += kids if isinstance(kids, list) else [kids]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/P"} <= tags


def test_every_font_of_the_pdf_is_embedded(fonts):
    reader = pypdf.PdfReader(io.BytesIO(to_pdf(plan(), fonts=fonts)))
    found = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert found
    for font in found:
        inner = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(inner)
        assert "Noto" in inner["/FontName"]


def test_a_folder_without_korean_fonts_is_refused_clearly(tmp_path):
    with pytest.raises(UnableToWritePaper, match=r"한글 글꼴이 없어요.*Noto Sans KR.*no Korean font"):
        to_pdf(plan(), fonts=tmp_path)
    with pytest.raises(UnableToWritePaper, match="글꼴 폴더가 없어요"):
        to_pdf(plan(), fonts=tmp_path / "nowhere")


def test_a_page_break_starts_a_new_page(fonts):
    paper = Paper("제목", (Paragraph("앞쪽"), PageBreak(), Paragraph("뒤쪽")))
    pages = pdf_pages(to_pdf(paper, fonts=fonts))
    assert ["앞쪽" in pages[0], "뒤쪽" in pages[0], "뒤쪽" in pages[1]] == [True, False, True]
    with zipfile.ZipFile(io.BytesIO(to_hwpx(paper))) as archive:
        assert archive.read("Contents/section0.xml").decode().count('pageBreak="1"') == 1


def test_a_row_higher_than_a_page_loses_no_word(fonts):
    long = " ".join(f"낱말{n}" for n in range(3000))
    paper = Paper("제목", (Table((Column("가"), Column("나")), (Row((long, "끝")),)),))
    found = "".join(pdf_pages(to_pdf(paper, fonts=fonts)))
    assert [n for n in range(3000) if f"낱말{n}" not in found] == []


def test_a_row_stays_on_one_page(fonts):
    text = "한 줄에 다 들어가지 않는 긴 산출내역을 여러 줄에 걸쳐 적어 본다 " * 6
    rows = tuple(Row((f"처음{n}끝", text + f"마지막{n}끝")) for n in range(40))
    pages = pdf_pages(to_pdf(Paper("제목", (Table((Column("가"), Column("나")), rows),)), fonts=fonts))
    assert len(pages) > 2
    for n in range(40):
        assert sum(f"처음{n}끝" in page and f"마지막{n}끝" in page for page in pages) == 1


def spanning() -> Paper:
    columns = (Column("구분"), Column("이름"), Column("구비", "number"), Column("시비", "number"), Column("비고"))
    bands = (Band("", 2), Band("재원", 2), Band("", 1))
    rows = (group_row("의제 1", columns=5), Row((Span("가나", 2), 1, 2, None)), Row(("가", "나", Span("없음", 3))))
    return Paper("표", (Table(columns, rows, bands=bands),))


def test_spans_and_bands_fill_the_table_in_every_form(fonts):
    assert check_hwpx(to_hwpx(spanning())) == []
    assert hwpx_tables(to_hwpx(spanning()))[0] == [
        ["구분", "이름", "재원", "비고"],
        ["구비", "시비"],
        ["의제 1"],
        ["가나", "1", "2", ""],
        ["가", "나", "없음"],
    ]
    rows = docx_tables(to_docx(spanning()))[0]
    assert rows[1] == ["", "", "구비", "시비", ""]
    assert "의제 1" in pdf_pages(to_pdf(spanning(), fonts=fonts))[0]


def test_a_wide_table_keeps_every_figure_inside_the_page(fonts):
    columns = tuple(Column(f"{n}월 예산", "number") for n in range(1, 14))
    rows = tuple(Row(tuple(1_234_567 + n for n in range(13))) for _ in range(3))
    page = pypdf.PdfReader(io.BytesIO(to_pdf(Paper("표", (Table(columns, rows),)), fonts=fonts))).pages[0]
    assert all(f"{1_234_567 + n:,}" in page.extract_text() for n in range(13))


@pytest.mark.parametrize(
    "broken",
    [
        lambda: Table((Column("가"), Column("나")), (Row(("하나",)),)),
        lambda: Table((Column("가"),), (Row((Span("하나", 2),)),)),
        lambda: Table((Column("가"),), (Row((Span("", 0), "하나")),)),
        lambda: Table((Column("가"),), (Row((3,)),)),
        lambda: Table((Column("가", "number"),), (Row((True,)),)),
        lambda: Table((Column("가", "number"),), (Row((1.5,)),)),
        lambda: Table((Column("가"), Column("나")), (), bands=(Band("재원", 3),)),
        lambda: Table((), ()),
        lambda: Heading("깊은 제목", level=5),
        lambda: FieldTable(((),)),
        lambda: Paper("  ", ()),
        lambda: Paper("제목", (), language="jp"),
    ],
)
def test_a_paper_that_does_not_hold_together_is_refused(broken):
    with pytest.raises(UnableToWritePaper, match="요"):
        broken()


def test_a_workbook_without_a_table_or_with_too_long_a_text_is_refused():
    with pytest.raises(UnableToWritePaper, match="표가 없는 문서"):
        to_xlsx(Paper("제목", (Paragraph("글"),)))
    with pytest.raises(UnableToWritePaper, match="32,767자"):
        to_xlsx(Paper("제목", (Table((Column("가"),), (Row(("가" * 32_768,)),)),)))


def test_sheets_named_alike_or_forbidden_still_open():
    table = [
        Table((Column("가"),), (Row(("나",)),), caption=name) for name in ("표", "표", "[가]:*", "History", *HOSTILE)
    ]
    with zipfile.ZipFile(io.BytesIO(to_xlsx(Paper("제목", tuple(table))))) as archive:
        assert sum(name.startswith("xl/worksheets/sheet") for name in archive.namelist()) == len(table)
