"""The plan workbook: handed out, filled in by an officer, read back, and taken in whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from madang.engines import rulebook
from madang.ground.files.models import StoredFile
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder
from madang.plan.plans import operations
from madang.plan.plans.models import Line, Plan, PlanVersion
from madang.plan.plans.operations import LineInput, UnableToEdit, UnableToImport
from madang.plan.plans.queries.documents import content_hash, draft_content
from madang.plan.plans.queries.workbook import preview
from madang.plan.plans.testing import Room, ready_room
from madang.plan.plans.workbook import UnableToReadWorkbook, plan_workbook
from madang.site.cli.check import main as check

pytestmark = pytest.mark.django_db

LINES, PROJECTS = "예산", "사업"


@pytest.fixture
def ready(at) -> Room:
    found = ready_room(at)
    lines = [
        LineInput("201-01", "6회 × 500,000원", city_kwon=3000),
        LineInput("405-01", "안내판", city_kwon=900, flags=("durable_goods",), reason="꼭 필요하다"),
    ]
    operations.save_budget(
        project=found.project(),
        lines=lines,
        texts={"joint_how": "함께 짓고\r\n함께 돌본다.", "joint_departments": ["공원녹지과", "마을, 자치과"]},
        actor=found.staff,
        at=at,
    )
    return found


def made(ready: Room) -> bytes:
    return plan_workbook(ready.plan, at=ready.at)


def filled(ready: Room, fill: Callable[[openpyxl.Workbook], None], content: bytes | None = None) -> bytes:
    """Return the workbook as an officer saves it after writing into it."""
    book = openpyxl.load_workbook(io.BytesIO(content or made(ready)))
    fill(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def column(book: openpyxl.Workbook, sheet: str, title: str) -> int:
    return next(cell.column for cell in book[sheet][1] if cell.value == title)


def write(sheet: str, row: int, **values: object) -> Callable[[openpyxl.Workbook], None]:
    def fill(book: openpyxl.Workbook) -> None:
        for title, value in values.items():
            name = {"시비": "시비(천원)", "구비": "구비(천원)"}.get(title, title)
            book[sheet].cell(row, column(book, sheet, name)).value = value

    return fill


def row_of(book: openpyxl.Workbook, basis: str) -> int:
    at = column(book, LINES, "산출내역")
    return next(row for row in range(2, 100) if book[LINES].cell(row, at).value == basis)


def take(ready: Room, content: bytes, **changes):
    file = operations.keep_workbook(
        plan=ready.plan, content=content, name="a.xlsx", content_type="x", actor=ready.staff, at=ready.at
    )
    draft = preview(content, ready.plan).draft_sha256
    values = {"plan": ready.plan, "file": file, "draft_sha256": draft, "actor": ready.staff, "at": ready.at}
    return operations.import_workbook(**values | changes)


def test_a_workbook_that_nobody_wrote_into_changes_nothing(ready) -> None:
    assert preview(made(ready), ready.plan).projects == ()
    assert preview(filled(ready, lambda book: None), ready.plan).projects == ()


def test_what_the_site_hands_out_is_what_madang_check_reads(ready, tmp_path, capsys) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(made(ready))
    assert check([str(path), "--json"]) in (0, 1)
    assert '"errors"' not in capsys.readouterr().out


def test_it_has_lists_to_choose_from_totals_that_are_locked_and_ids_that_are_hidden(ready) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(ready)))
    lists = {rule.formula1 for rule in book[LINES].data_validations.dataValidation}
    codes = f"'집계'!$AA$1:$AA${len(rulebook.item_codes(2021))}"
    assert {codes, '"예,아니오"'} <= {str(one) for one in lists}
    assert all(book[name].protection.sheet for name in ("집계", "계획", "추진과제", "사업", "안내"))
    assert book["집계"]["C2"].value.startswith("=SUMIFS(")
    assert book[LINES].column_dimensions["L"].hidden
    assert book["안내"].row_dimensions[1].hidden
    assert "천원" in " ".join(str(cell.value) for row in book["안내"].rows for cell in row)


def test_lines_are_added_changed_and_removed_and_texts_written(ready) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        first, second = row_of(book, "6회 × 500,000원"), row_of(book, "안내판")
        write(LINES, first, 시비="４,０００", 표시="회의 수당")(book)
        for cell in book[LINES][second]:
            if cell.column != column(book, LINES, "관리번호"):
                cell.value = None
        write(LINES, 20, 사업="S1", 통계목="201-03", 산출내역="2회 × 100,000원", 구비=200)(book)
        where = next(row for row in range(2, 9) if book[PROJECTS].cell(row, 1).value == "S1")
        write(PROJECTS, where, **{"함께하는 방법": "달마다 만난다.", "담당 부서": "공원녹지과"})(book)

    seen = take(ready, filled(ready, fill))
    assert (seen.added, seen.changed, seen.removed, seen.texts) == (1, 1, 1, 2)
    project = ready.project()
    rows = project.lines.values_list("item", "basis", "city_kwon", "district_kwon", "flags")
    assert list(rows) == [
        ("201-01", "6회 × 500,000원", 4000, 0, ["meeting_fee"]),
        ("201-03", "2회 × 100,000원", 0, 200, []),
    ]
    assert (project.joint_how, project.joint_departments) == ("달마다 만난다.", ["공원녹지과"])


def test_a_changed_line_stays_the_same_line_and_a_copied_row_is_a_new_one(ready) -> None:
    before = ready.project().lines.first()

    def fill(book: openpyxl.Workbook) -> None:
        row = row_of(book, before.basis)
        for cell in book[LINES][row]:
            book[LINES].cell(30, cell.column).value = cell.value
        write(LINES, row, 시비=3500)(book)

    seen = take(ready, filled(ready, fill))
    assert (seen.added, seen.changed, seen.removed) == (1, 1, 0)
    assert Line.objects.get(pk=before.pk).city_kwon == 3500
    assert ready.project().lines.filter(basis=before.basis).count() == 2


WRONG = [
    (write(LINES, 2, 시비="많이"), "예산!D2"),
    (write(LINES, 2, 시비=-1), "예산!D2"),
    (write(LINES, 2, 시비=0.5), "예산!D2"),
    (write(LINES, 2, 시비=3_000_000_000), "예산!D2"),
    (write(LINES, 2, 시비="=1500*2"), "예산!D2"),
    (write(LINES, 2, 시비=date(2020, 5, 21)), "예산!D2"),
    (write(LINES, 2, 통계목=date(2020, 5, 21)), "예산!B2"),
    (write(LINES, 2, 통계목="999-99"), "예산!B2"),
    (write(LINES, 2, 표시="싼 물건"), "예산!H2"),
    (write(LINES, 2, 사업="S9"), "예산!A2"),
    (write(LINES, 2, 산출내역="긴" * 301), "예산!C2"),
    (write(LINES, 1, 시비="돈"), "예산!D1"),
    (write(PROJECTS, 2, 추진과제="9-9"), "사업!D2"),
    (write(PROJECTS, 2, 이름=""), "사업!B2"),
    (write(PROJECTS, 2, 구분="분야별 협치과제"), "사업!C2"),
    (write(PROJECTS, 4, 번호="S7", 이름="새 일", 구분="분야별 협치과제"), "사업!A4"),
    (write("추진과제", 2, 이름="다른 이름"), "추진과제"),
    (lambda book: book["계획"].cell(6, 2, 5), "계획"),
    (lambda book: book[LINES].merge_cells("C2:C3"), "예산!C2:C3"),
    (lambda book: book[LINES].delete_cols(9), "예산"),
    (lambda book: book.remove(book[LINES]), "예산"),
    (lambda book: book.create_sheet("메모").cell(1, 1, "x"), "메모"),
]


@pytest.mark.parametrize(("fill", "cell"), WRONG, ids=[str(number) for number in range(len(WRONG))])
def test_a_wrong_cell_is_named_and_nothing_is_kept_or_changed(ready, fill, cell) -> None:
    before = content_hash(draft_content(ready.plan))
    with pytest.raises(UnableToReadWorkbook) as refused:
        take(ready, filled(ready, fill))
    assert cell in [at for at, _expected in refused.value.problems]
    assert not StoredFile.objects.exists()
    assert content_hash(draft_content(ready.plan)) == before


def test_a_day_in_a_text_is_read_as_it_is_written(ready) -> None:
    take(ready, filled(ready, write(PROJECTS, 2, **{"함께하는 시기": date(2021, 3, 2)})))
    assert ready.project("foundation").joint_when == "2021-03-02"


def test_a_workbook_of_another_plan_and_a_table_of_somebodys_own_are_refused(ready, at) -> None:
    other = ready_room(at, district="mapo")
    for content in (plan_workbook(other.plan, at=at), filled(ready, lambda book: book.remove(book["안내"]))):
        with pytest.raises(UnableToReadWorkbook):
            take(ready, content)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"a,b\n1,2\n", bytes.fromhex("d0cf11e0a1b11ae1")])
def test_what_is_no_workbook_is_refused_with_the_reason(ready, content) -> None:
    with pytest.raises(UnableToReadWorkbook) as refused:
        take(ready, content)
    assert str(refused.value.reason)


def test_a_draft_that_changed_after_the_preview_is_left_alone(ready, at) -> None:
    content = filled(ready, write(LINES, 2, 시비=1))
    draft = preview(content, ready.plan).draft_sha256
    operations.edit_project(project=ready.project(), one_line="고침", actor=ready.staff, at=at)
    with pytest.raises(UnableToImport, match="바뀌었어요"):
        take(ready, content, draft_sha256=draft)
    assert preview(content, ready.plan).is_older
    with pytest.raises(UnableToImport, match="바뀌는 것이 없어요"):
        take(ready, made(ready))


def test_all_of_it_is_taken_in_or_nothing(ready, at, monkeypatch) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for row in (2, 3, 4):
            write(LINES, row, 시비=77)(book)

    content = filled(ready, fill)
    before = content_hash(draft_content(ready.plan))
    real, calls = operations.workbook.put_budget, []

    def fails_the_second_time(*values) -> None:
        calls.append(values)
        if len(calls) > 1:
            raise UnableToEdit("아니요")
        real(*values)

    monkeypatch.setattr(operations.workbook, "put_budget", fails_the_second_time)
    with pytest.raises(UnableToEdit):
        take(ready, content)
    assert len(calls) == 2
    assert content_hash(draft_content(Plan.objects.get())) == before


def test_only_the_districts_staff_take_a_workbook_in_and_only_before_the_submission(ready, at) -> None:
    content = filled(ready, write(LINES, 2, 시비=1))
    file = operations.keep_workbook(
        plan=ready.plan, content=content, name="a.xlsx", content_type="x", actor=ready.staff, at=at
    )
    draft = preview(content, ready.plan).draft_sha256
    for other in (holder(Role.COUNCIL_MEMBER, at), holder(Role.SECRETARIAT, at, district="mapo")):
        with pytest.raises(NotAllowed):
            operations.import_workbook(plan=ready.plan, file=file, draft_sha256=draft, actor=other, at=at)
        with pytest.raises(NotAllowed):
            operations.keep_workbook(plan=ready.plan, content=content, name="", content_type="", actor=other, at=at)
    version = PlanVersion.objects.create(plan=ready.plan, number=1, content={}, sha256="0" * 64, frozen_at=at)
    Plan.objects.update(state="submitted", submitted_version=version)
    with pytest.raises(UnableToEdit):
        operations.import_workbook(plan=ready.plan, file=file, draft_sha256=draft, actor=ready.staff, at=at)
    with pytest.raises(UnableToEdit):
        operations.keep_workbook(plan=ready.plan, content=content, name="", content_type="", actor=ready.staff, at=at)


@pytest.fixture
def staff(client, ready, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    client.force_login(ready.staff.person)
    return client


def url(name: str, *args: object, district: str = "dobong") -> str:
    return reverse(f"plans:{name}", args=[district, 2021, *args])


def upload(client, content: bytes):
    return client.post(url("workbook"), {"file": SimpleUploadedFile("예산.xlsx", content)})


def test_an_officer_hands_the_workbook_in_sees_what_changes_and_confirms(staff, ready) -> None:
    content = staff.get(url("workbook_file"))
    assert content["Content-Disposition"].startswith("attachment")
    sent = upload(staff, filled(ready, write(LINES, 2, 시비=2500), content.content))
    assert sent.status_code == 302
    page = staff.get(sent.url).content.decode()
    assert "모두 반영하기" in page
    assert "2,000 → 2,500" in page
    draft = preview(content.content, ready.plan).draft_sha256
    assert staff.post(sent.url, {"draft_sha256": "0" * 64}).url == sent.url
    done = staff.post(sent.url, {"draft_sha256": draft})
    assert done.url == url("plan")
    assert ready.project("foundation").lines.get().city_kwon == 2500


def test_the_page_names_the_cells_that_cannot_be_read(staff, ready) -> None:
    page = upload(staff, filled(ready, write(LINES, 2, 시비="많이")))
    assert page.status_code == 422
    assert "예산!D2" in page.content.decode()
    assert "0 이상의 정수" in page.content.decode()


def test_a_file_that_is_too_big_is_refused_at_its_field(staff, ready, settings) -> None:
    settings.MADANG_UPLOAD_LIMIT = 1024
    assert "파일이 너무 커요" in upload(staff, made(ready)).content.decode()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("name", ["workbook", "workbook_file"])
def test_others_do_not_come_to_the_pages(client, ready, at, name) -> None:
    client.force_login(holder(Role.SECRETARIAT, at, district="mapo").person)
    assert client.get(url(name)).status_code == 404
    client.force_login(holder(Role.COUNCIL_MEMBER, at).person)
    assert client.get(url(name)).status_code == 403


def test_a_kept_file_of_another_plan_is_not_there(staff, ready, at) -> None:
    other = ready_room(at + timedelta(0), district="mapo")
    kept = operations.keep_workbook(
        plan=other.plan,
        content=plan_workbook(other.plan, at=at),
        name="b.xlsx",
        content_type="",
        actor=other.staff,
        at=at,
    )
    assert staff.get(url("workbook_preview", kept.pk)).status_code == 404
