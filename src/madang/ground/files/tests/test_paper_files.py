from __future__ import annotations

from datetime import UTC, datetime

import pytest

from madang.engines.papers import Paper, Paragraph
from madang.ground.files.paper_files import file_name, paper_response

AT = datetime(2020, 7, 3, tzinfo=UTC)
PAPER = Paper(title="밤에도 걷고 싶은 방학천", blocks=(Paragraph("낮은 불빛을 놓는다."),))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("도봉구 2021 실행계획", "도봉구_2021_실행계획"),
        ("../../etc/passwd", "etc_passwd"),
        ("a\r\nSet-Cookie: b", "a_Set-Cookie_b"),
        ("\u202egnp.불빛\u200b", "gnp.불빛"),
        ("...", "madang"),
        ("", "madang"),
        ("가" * 300, "가" * 80),
    ],
)
def test_a_file_name_keeps_korean_and_nothing_that_a_system_reads_as_more_than_a_name(name: str, kept: str) -> None:
    assert file_name(name) == kept


def test_a_paper_is_handed_out_with_its_type_and_is_not_kept_on_the_way() -> None:
    answer = paper_response(PAPER, kind="hwpx", name="방학천", at=AT)
    assert answer["Content-Type"] == "application/hwp+zip"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content == paper_response(PAPER, kind="hwpx", name="방학천", at=AT).content


def test_an_unknown_kind_is_no_file() -> None:
    with pytest.raises(KeyError):
        paper_response(PAPER, kind="exe", name="방학천", at=AT)
