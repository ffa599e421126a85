from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest
from django.http import Http404

from madang.ground.files.handing_out import csv_response, stored_file_response
from madang.ground.files.models import StoredFile
from madang.ground.files.operations import keep_file
from madang.ground.people.actors import SYSTEM

PAGE = b"<script>alert(1)</script>"


@pytest.fixture
def kept(db, settings, tmp_path, at: datetime) -> StoredFile:
    settings.MEDIA_ROOT = tmp_path
    return keep_file(content=PAGE, name="안내 자료.html", content_type="text/html", purpose="test", actor=SYSTEM, at=at)


def test_a_file_comes_back_byte_for_byte_and_never_as_a_page_of_the_site(kept: StoredFile) -> None:
    answer = stored_file_response(kept)
    assert answer.content == PAGE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%EC%95%88%EB%82%B4")
    assert answer["Cache-Control"] == "private, no-store"


def test_a_file_that_is_gone_from_the_disk_is_not_found(kept: StoredFile) -> None:
    kept.content.storage.delete(kept.content.name)
    with pytest.raises(Http404):
        stored_file_response(kept)


def test_no_file_is_not_found() -> None:
    with pytest.raises(Http404):
        stored_file_response(None)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_spreadsheet_takes_no_text_of_a_table_for_a_formula(sign: str) -> None:
    answer = csv_response([("번호", "글"), (-1, f"{sign}1+1"), (2, "")], name="table.csv")
    read = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert read == [["번호", "글"], ["-1", f"'{sign}1+1"], ["2", ""]]


def test_a_table_is_not_kept_on_the_way() -> None:
    answer = csv_response([], name="codes.csv")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == 'attachment; filename="codes.csv"'
