from __future__ import annotations

from datetime import date
from urllib.parse import unquote

import pytest

from madang.engines.papers import check_hwpx
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.plan.plans import operations
from madang.plan.plans.testing import ready_room
from madang.plan.plans.tests.reading_papers import hwpx_words, pdf_words

pytestmark = pytest.mark.django_db

PAPERS = "/districts/dobong/plans/2021/papers/"


@pytest.fixture
def room(at, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    settings.MADANG_DEMO = False
    return ready_room(at)


@pytest.mark.parametrize("name", ["plan.pdf", "plan.hwpx", "project-S1.pdf"])
def test_a_draft_is_there_for_the_district_and_not_for_anybody_else(room, client, at, name) -> None:
    assert client.get(PAPERS + name).status_code == 404
    client.force_login(resident(at).person)
    assert client.get(PAPERS + name).status_code == 404
    client.force_login(holder(Role.SUPPORT_OFFICER, at, district="nowon").person)
    assert client.get(PAPERS + name).status_code == 404
    client.force_login(room.staff.person)
    assert client.get(PAPERS + name).status_code == 200


def test_everybody_reads_the_approved_version_while_the_district_writes_on(room, client, at) -> None:
    room.approve()
    operations.edit_plan(plan=room.plan, vision="아직 아무도 모르는 새 비전", actor=room.staff, at=at)
    told = pdf_words(client.get(PAPERS + "plan.pdf").content)
    assert "승인본" in told
    assert "새비전" not in told
    assert client.get(PAPERS + "plan.pdf?version=1").status_code == 200
    client.force_login(room.staff.person)
    written = pdf_words(client.get(PAPERS + "plan.pdf").content)
    assert "새비전" in written
    assert "2판·초안" in written
    assert "새비전" not in pdf_words(client.get(PAPERS + "plan.pdf?version=1").content)


@pytest.mark.parametrize("asked", ["1", "2", "x", "99999999999999999999"])
def test_a_version_that_does_not_stand_in_public_answers_as_if_it_were_not_there(room, client, asked) -> None:
    room.freeze()
    assert client.get(f"{PAPERS}plan.pdf?version={asked}").status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "hwpx", "docx", "xlsx"])
def test_a_file_has_its_type_and_a_korean_name(room, client, kind) -> None:
    room.approve()
    answer = client.get(f"{PAPERS}plan.{kind}")
    assert answer.status_code == 200
    assert answer.content[:2] == (b"%P" if kind == "pdf" else b"PK")
    head = answer["Content-Disposition"]
    assert head.startswith("attachment; filename*=utf-8''")
    assert unquote(head.rsplit("'", 1)[1]) == f"도봉구_2021_지역사회혁신계획_1판.{kind}"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_same_version_gives_the_same_bytes(room, client) -> None:
    room.approve()
    assert client.get(PAPERS + "plan.pdf").content == client.get(PAPERS + "plan.pdf").content


def test_a_projects_file_is_named_after_its_title_without_what_a_path_would_be(room, client, at) -> None:
    title = '밤길/../"낮은" 불빛\r\nX-Evil: 1'
    operations.edit_project(project=room.project(), title=title, actor=room.staff, at=at)
    room.approve()
    answer = client.get(PAPERS + "project-S1.hwpx")
    name = unquote(answer["Content-Disposition"].rsplit("'", 1)[1])
    assert name == "도봉구_2021_S1_밤길_.._낮은_불빛_X-Evil_1.hwpx"
    assert check_hwpx(answer.content) == []
    assert "밤길/../" in hwpx_words(answer.content)


@pytest.mark.parametrize("name", ["plan.exe", "project-S1.xlsx", "project-S9.pdf", "project-.pdf"])
def test_a_file_that_is_not_made_is_not_there(room, client, name) -> None:
    room.approve()
    assert client.get(PAPERS + name).status_code == 404


def test_a_paper_is_only_read(room, client) -> None:
    room.approve()
    assert client.post(PAPERS + "plan.pdf").status_code == 405


def test_papers_of_the_example_year_say_so(room, client, settings) -> None:
    settings.MADANG_DEMO = True
    room.approve()
    assert "1판·승인본·예시" in pdf_words(client.get(PAPERS + "plan.pdf").content)


def test_missing_fonts_are_told_on_the_plans_page_instead_of_a_broken_one(room, client, settings, tmp_path) -> None:
    settings.MADANG_PDF_FONTS = tmp_path / "nothing"
    room.approve()
    answer = client.get(PAPERS + "plan.pdf", follow=True)
    assert "파일을 만들지 못했어요" in answer.content.decode()
    assert client.get(PAPERS + "plan.hwpx").status_code == 200


def test_the_pages_offer_the_files_that_are_there(room, client) -> None:
    room.approve()
    pages = ("/districts/dobong/plans/2021/", "/districts/dobong/plans/2021/versions/1/")
    for page in (*pages, "/districts/dobong/plans/2021/projects/S1/"):
        text = client.get(page).content.decode()
        links = [part.split('"')[0] for part in text.split('href="') if "/papers/" in part.split('"')[0]]
        assert len(links) >= 3
        assert {client.get(link).status_code for link in links} == {200}
