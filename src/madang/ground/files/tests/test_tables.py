from __future__ import annotations

import contextlib
import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from madang.ground.files.tables import UnableToReadTable, read_table


def workbook(rows: list[list[object]]) -> bytes:
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"default_date_format": "yyyy-mm-dd", "in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell)
    book.close()
    return kept.getvalue()


ROWS = ((2, {"번호": "1", "이름": "김이웃"}), (4, {"번호": "2", "이름": "박마을"}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_a_csv_is_read_in_the_encodings_korean_offices_use(encoding):
    table = read_table("번호,이름\r\n1,김이웃\r\n\r\n2,박마을\r\n".encode(encoding), "roll.csv")
    assert table.columns == ("번호", "이름")
    assert table.rows == ROWS
    assert (table.encoding_note == "") == encoding.startswith("utf-8")


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_tabs_and_semicolons_are_found_by_themselves(delimiter):
    content = delimiter.join(["번호", "이름"]) + "\n" + delimiter.join(["1", "김, 이웃" if delimiter != "," else "김"])
    assert read_table(content.encode(), "a.csv").columns == ("번호", "이름")


def test_a_workbook_gives_days_and_whole_numbers_as_they_were_typed():
    content = workbook([["번호", "생일"], [7, date(2001, 2, 3)], ["008", "2001-02-04"]])
    assert read_table(content, "roll.xlsx").rows == (
        (2, {"번호": "7", "생일": "2001-02-03"}),
        (3, {"번호": "008", "생일": "2001-02-04"}),
    )


def test_json_lines_give_the_same_rows_and_name_a_broken_line():
    content = '{"번호": 1, "이름": "김이웃"}\nnot json\n\n{"번호": "2"}\n'.encode()
    table = read_table(content, "roll.jsonl")
    assert table.rows == ((1, {"번호": "1", "이름": "김이웃"}), (4, {"번호": "2", "이름": ""}))
    assert [number for number, _cause in table.faults] == [2]


def test_a_row_with_more_cells_than_the_heading_is_a_fault_of_that_row():
    table = read_table(b"a,b\n1,2,3\n4,5\n", "x.csv")
    assert [number for number, _cause in table.faults] == [2]
    assert table.rows == ((3, {"a": "4", "b": "5"}),)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "빈 파일"),
        (b"\xef\xbb\xbf \n", "빈 파일"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"old", "xls"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "암호"),
        (b"PK\x03\x04 broken", "깨진"),
        (workbook([["번호"], [1]])[:-200], "깨진"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "표로 읽을 수 없는"),
        ("번호,번호\n1,2\n".encode(), "두 번"),
        ('번호,이름\n1,"김\n'.encode(), "따옴표"),
        ("번호,이름\n".encode() + b"1,\xff\xff\n", "글자를 읽을 수 없어요"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, words):
    with pytest.raises(UnableToReadTable, match=words):
        read_table(content, "roll.csv")


def test_missing_columns_are_named_with_the_ones_that_were_found():
    with pytest.raises(UnableToReadTable, match=r"birth.*no, name"):
        read_table(b"no,name\n1,a\n", "x.csv", needed=("no", "birth"))


def test_too_many_rows_are_refused_in_every_kind():
    with pytest.raises(UnableToReadTable, match="3줄까지"):
        read_table(b"a\n" + b"1\n" * 4, "x.csv", most_rows=3)
    with pytest.raises(UnableToReadTable, match="3줄까지"):
        read_table(b'{"a": 1}\n' * 4, "x.jsonl", most_rows=3)


def test_a_workbook_with_a_cell_at_the_far_corner_is_refused_before_room_is_made_for_it():
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1_048_575, 16_383, "far")
    book.close()
    with pytest.raises(UnableToReadTable):
        read_table(kept.getvalue(), "x.xlsx")


@given(st.binary(max_size=400), st.sampled_from(["x.csv", "x.xlsx", "x.jsonl", "x"]))
def test_any_bytes_are_read_or_refused_with_a_reason(content, name):
    with contextlib.suppress(UnableToReadTable):
        assert read_table(content, name).columns


def test_utf8_with_a_broken_place_is_refused_with_its_line_instead_of_being_read_as_other_letters():
    whole = "id,title\n1,방학천 산책로에 불빛을\n2,쌍문시장 뒷길을 고쳐 주세요\n".encode()
    broken = whole.replace("쌍".encode(), "쌍".encode()[:2])
    with pytest.raises(UnableToReadTable, match="3번째 줄"):
        read_table(broken, "a.csv")
    assert read_table(whole.decode().encode("cp949"), "a.csv").encoding_note == "CP949"
