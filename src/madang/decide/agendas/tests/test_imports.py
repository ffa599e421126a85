from __future__ import annotations

import io
import json
from datetime import datetime, timedelta

import pytest
import xlsxwriter
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from madang.decide.agendas.models import ImportBatch, NumberRange, Proposal
from madang.decide.agendas.operations.imports import (
    UnableToImportTwice,
    import_proposals,
    keep_proposal_file,
)
from madang.decide.agendas.queries.imports import preview
from madang.decide.agendas.queries.reading import read_proposals
from madang.ground.audit.models import Entry
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.files.models import StoredFile
from madang.ground.files.tables import UnableToReadTable
from madang.ground.people.actors import NOBODY
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.places.models import District, Dong
from madang.ground.workflow import UnableTo

pytestmark = pytest.mark.django_db
TWO = (
    "id,title,content,created_at,dong,name\n"
    "7,불빛,어두워요,2019-03-01 09:30:00,쌍문1동,김이웃\n"
    "8,의자,앉을 곳이 없어요,,,\n"
)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def dobong() -> District:
    return District.objects.get(slug="dobong")


@pytest.fixture
def year(dobong) -> DistrictYear:
    cycle = Cycle.objects.create(planning_year=2020)
    return DistrictYear.objects.create(cycle=cycle, district=dobong, participation="carrying_out", state="find")


@pytest.fixture
def officer(at):
    return holder(Role.SUPPORT_OFFICER, at)


def keep(dobong, actor, at, content: bytes | str = TWO, name: str = "a.csv") -> StoredFile:
    content = content.encode() if isinstance(content, str) else content
    return keep_proposal_file(district=dobong, content=content, name=name, content_type="text/csv", actor=actor, at=at)


def take(dobong, actor, at, file: StoredFile) -> ImportBatch:
    return import_proposals(district=dobong, file=file, sha256=file.sha256, actor=actor, at=at)


def causes(content: str, at, name: str = "a.csv") -> list[tuple[int, str, str]]:
    read = read_proposals(content.encode("utf-8", "surrogatepass"), name, dongs={}, at=at)
    return [(row.row, row.outside_id, row.cause) for row in read.rejected]


def workbook(rows: list[list[object]]) -> bytes:
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "remove_timezone": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell, *([day] if isinstance(cell, datetime) else []))
    book.close()
    return kept.getvalue()


def test_every_good_row_becomes_a_proposal_with_a_number_a_day_and_a_dong(dobong, year, officer, at):
    batch = take(dobong, officer, at, keep(dobong, officer, at))
    first, second = Proposal.objects.order_by("number")
    assert (first.public_number, first.title, first.problem, first.origin) == (
        "도봉-2020-0001",
        "불빛",
        "어두워요",
        "imported",
    )
    assert first.proposed_at.isoformat() == "2019-03-01T00:30:00+00:00"
    assert first.dong == Dong.objects.get(district=dobong, name="쌍문1동")
    assert (first.public_proposer, second.proposed_at, second.dong) == ("김○○", at, None)
    assert (batch.rows_read, batch.rows_added, batch.rows_rejected, batch.rows_known) == (2, 2, 0, 0)


def test_each_imported_row_is_in_the_log_with_who_and_without_a_name(dobong, year, officer, at):
    take(dobong, officer, at, keep(dobong, officer, at))
    entries = Entry.objects.filter(subject_type="agendas.proposal", operation="agendas.import")
    assert {(entry.actor_id, entry.after["proposer_name"]) for entry in entries} == {(officer.person_id, "***")}
    assert entries.count() == 2


def test_a_preview_writes_nothing(dobong, year, officer, at):
    seen = preview(TWO.encode(), "a.csv", district=dobong, at=at)
    assert (seen.read, len(seen.rows), seen.undated) == (2, 2, 1)
    assert not Proposal.objects.exists()


def test_the_same_file_twice_says_when_and_adds_nothing(dobong, year, officer, at):
    file = keep(dobong, officer, at)
    batch = take(dobong, officer, at, file)
    later = at + timedelta(hours=1)
    with pytest.raises(UnableToImportTwice, match="2020-05-21 10:00에 이미 가져왔어요") as refusal:
        take(dobong, officer, later, file)
    assert refusal.value.batch == batch
    with pytest.raises(UnableToImportTwice):
        keep(dobong, officer, later, name="another name.csv")
    assert Proposal.objects.count() == 2


def test_the_same_ids_in_another_file_are_known_and_not_added(dobong, year, officer, at):
    take(dobong, officer, at, keep(dobong, officer, at))
    other = "id,title,content\n7,불빛 더,어두워요\n9,그늘,더워요\n8,의자,앉을 곳이 없어요\n"
    seen = preview(other.encode(), "b.csv", district=dobong, at=at)
    assert [(row.outside_id, row.page_number, row.same_title) for row in seen.known] == [
        ("7", "2020-0001", False),
        ("8", "2020-0002", True),
    ]
    batch = take(dobong, officer, at, keep(dobong, officer, at, other))
    assert (batch.rows_added, batch.rows_known) == (1, 2)
    assert Proposal.objects.get(outside_id="7").title == "불빛"
    assert Proposal.objects.get(outside_id="9").number == 3


def test_the_same_ids_of_another_district_are_that_districts_own(dobong, year, officer, at):
    take(dobong, officer, at, keep(dobong, officer, at))
    nowon = District.objects.get(slug="nowon")
    DistrictYear.objects.create(cycle=year.cycle, district=nowon, participation="planning", state="find")
    other = holder(Role.SECRETARIAT, at, district="nowon")
    assert take(nowon, other, at, keep(nowon, other, at)).rows_added == 2


def test_a_file_with_nothing_new_is_refused(dobong, year, officer, at):
    take(dobong, officer, at, keep(dobong, officer, at))
    with pytest.raises(UnableTo, match="새로 더할 제안이 없어요"):
        take(dobong, officer, at, keep(dobong, officer, at, TWO + "\n"))


class PowerCut(Exception):
    pass


def test_a_failure_in_the_middle_leaves_nothing_half_done(dobong, year, officer, at, monkeypatch):
    rows = "".join(f"{number},제목 {number},내용\n" for number in range(1, 1201))
    file = keep(dobong, officer, at, "id,title,content\n" + rows)
    real, seen = Proposal.objects.bulk_create, []

    def half(proposals, **how):
        seen.extend(real(list(proposals)[:600], **how))
        raise PowerCut

    monkeypatch.setattr(Proposal.objects, "bulk_create", half)
    entries = Entry.objects.count()
    with pytest.raises(PowerCut):
        take(dobong, officer, at, file)
    assert len(seen) == 600
    assert not Proposal.objects.exists()
    assert not ImportBatch.objects.exists()
    assert not NumberRange.objects.filter(last__gt=0).exists()
    assert Entry.objects.count() == entries
    monkeypatch.undo()
    assert take(dobong, officer, at, file).rows_added == 1200


def test_a_file_that_is_not_the_one_previewed_is_refused(dobong, year, officer, at):
    file = keep(dobong, officer, at)
    with pytest.raises(UnableTo, match="다시 올려 주세요"):
        import_proposals(district=dobong, file=file, sha256="0" * 64, actor=officer, at=at)
    file.content.storage.delete(file.content.name)
    file.content.storage.save(file.content.name, ContentFile(b"id,title,content\n1,x,y\n"))
    with pytest.raises(UnableTo, match="다시 올려 주세요"):
        take(dobong, officer, at, file)
    file.content.storage.delete(file.content.name)
    with pytest.raises(UnableTo, match="다시 올려 주세요"):
        take(dobong, officer, at, file)
    assert not Proposal.objects.exists()


def test_only_the_districts_support_officer_and_secretariat_import(dobong, year, at):
    assert keep(dobong, holder(Role.SECRETARIAT, at), at).pk
    file = keep(dobong, holder(Role.SUPPORT_OFFICER, at), at)
    refused = (
        NOBODY,
        resident(at),
        holder(Role.DESK_OFFICER, at),
        holder(Role.COORDINATOR, at),
        holder(Role.SUPPORT_OFFICER, at, district="nowon"),
    )
    for actor in refused:
        with pytest.raises(NotAllowed):
            keep(dobong, actor, at)
        with pytest.raises(NotAllowed):
            take(dobong, actor, at, file)
    assert not Proposal.objects.exists()


def test_a_stage_without_proposals_takes_no_file(dobong, year, officer, at):
    file = keep(dobong, officer, at)
    DistrictYear.objects.update(state="draft")
    for attempt in (lambda: keep(dobong, officer, at, TWO + "9,a,b\n"), lambda: take(dobong, officer, at, file)):
        with pytest.raises(UnableTo, match="단계라 제안을 받지 않아요"):
            attempt()


def test_each_rejected_row_is_named_with_its_number_and_cause(at):
    content = (
        "id,title,content\n"
        ",제목,내용\n"
        f"{'9' * 61},제목,내용\n"
        "1,제목,내용\n"
        "1,제목,내용\n"
        "2, ​ ,내용\n"
        f"3,{'가' * 201},내용\n"
        '4,제목,"  \n "\n'
        f"5,제목,{'가' * 30001}\n"
        '6,제목,"[1, 2]"\n'
        "7,제\x07목,내용\n"
        "8,제목,내용,남는 칸\n"
    )
    assert causes(content, at) == [
        (2, "", "no_id"),
        (3, "9" * 60, "long_id"),
        (5, "1", "repeated_id"),
        (6, "2", "empty_title"),
        (7, "3", "long_title"),
        (8, "4", "empty_content"),
        (9, "5", "long_content"),
        (10, "6", "not_text"),
        (11, "7", "odd_characters"),
        (12, "", "제목 줄보다 칸이 많아요."),
    ]


def test_half_a_character_hidden_in_json_is_rejected_and_never_reaches_the_database(dobong, year, officer, at):
    lines = [json.dumps({"id": 1, "title": "\ud800", "content": "글"}), '{"id": 2, "title": "가", "content": "나"}']
    batch = take(dobong, officer, at, keep(dobong, officer, at, "\n".join(lines), "a.jsonl"))
    assert (batch.rows_added, batch.rejected) == (1, [{"row": 1, "id": "1", "cause": "odd_characters"}])


def test_a_bad_line_of_json_is_named(at):
    content = (
        '{"id": 1, "title": "가", "content": "나"}\n{"id": 2, \n[1]\n{"id": 3, "title": {"a": 1}, "content": "나"}\n'
    )
    assert causes(content, at, "a.jsonl") == [
        (2, "", "JSON 한 줄로 읽을 수 없어요."),
        (3, "", "JSON 한 줄로 읽을 수 없어요."),
        (4, "3", "not_text"),
    ]


def test_a_workbook_is_read_with_korean_headings_and_real_dates(at):
    content = workbook(
        [["제안번호", "제목", "내용", "등록일"], [101, "불빛", "어두워요", at.replace(2019, 5, 4, 13, 20)]]
    )
    (row,) = read_proposals(content, "a.xlsx", dongs={}, at=at).rows
    assert (row.outside_id, row.title) == ("101", "불빛")
    assert row.proposed_at.isoformat() == "2019-05-04T13:20:00+09:00"


def test_cp949_is_read_as_it_was_written_and_said(at):
    read = read_proposals(TWO.encode("cp949"), "a.csv", dongs={}, at=at)
    assert (read.rows[0].title, read.encoding) == ("불빛", "CP949")
    assert read_proposals(TWO.encode("utf-8-sig"), "a.csv", dongs={}, at=at).encoding == ""


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.csv", "빈 파일"),
        (b"PK\x03\x04broken", "a.xlsx", "깨진 엑셀"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "renamed.xlsx", "옛 형식"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "암호"),
        ("id,제목\n1,가\n".encode(), "a.csv", "content 열이 없어요"),
        (b"%PDF-1.4\0\0", "a.csv", "표로 읽을 수 없는"),
    ],
)
def test_a_file_that_is_no_table_of_proposals_says_what_is_wrong(dobong, year, officer, at, content, name, said):
    with pytest.raises(UnableToReadTable, match=said):
        keep(dobong, officer, at, content, name)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2019-12-18 23:59:59", "2019-12-18T23:59:59+09:00"),
        ("2019-12-18T01:00:00Z", "2019-12-18T01:00:00+00:00"),
        ("2019-12-18", "2019-12-18T00:00:00+09:00"),
        ("2019. 3. 4.", "2019-03-04T00:00:00+09:00"),
        ("2019/3/4 09:05", "2019-03-04T09:05:00+09:00"),
        ("2020-05-22", None),
        ("2019-02-30", None),
        ("0001-01-01", None),
        ("어제", None),
    ],
)
def test_the_day_of_a_row_is_read_in_seoul_time_and_never_lies_ahead(at, written, meant):
    (row,) = read_proposals(f"id,title,content,created_at\n1,a,b,{written}\n".encode(), "a.csv", dongs={}, at=at).rows
    assert (row.proposed_at.isoformat() if row.proposed_at else None) == meant


def test_a_dong_that_the_district_does_not_have_is_kept_as_a_place(dobong, at):
    seen = preview("id,title,content,dong\n1,a,b,상계1동\n".encode(), "a.csv", district=dobong, at=at)
    assert (seen.rows[0].place, seen.rows[0].dong_id, seen.unplaced) == ("상계1동", None, 1)


@given(st.lists(st.fixed_dictionaries({"id": st.text(), "title": st.text(), "content": st.text()}), max_size=6))
def test_whatever_stands_in_a_file_every_row_is_taken_or_named(rows):
    at = datetime.fromisoformat("2020-05-21T10:00:00+09:00")
    content = "".join(json.dumps(row) + "\n" for row in rows).encode()
    if not rows:
        return
    read = read_proposals(content, "a.jsonl", dongs={}, at=at)
    assert sorted([row.row for row in read.rows] + [row.row for row in read.rejected]) == list(range(1, len(rows) + 1))
    for row in read.rows:
        (row.outside_id + row.title + row.problem).encode("utf-8")
        assert "\0" not in row.title + row.problem
