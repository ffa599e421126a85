from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from madang.decide.agendas.models import ImportBatch, Proposal
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.files.models import StoredFile
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder
from madang.ground.places.models import District

pytestmark = pytest.mark.django_db
LIST = "/districts/dobong/proposals/"
FILE = "id,title,content\n1,불빛,어두워요\n=2,의자,\n3,그늘,더워요\n"


@pytest.fixture(autouse=True)
def _officer_on_the_day(settings, client, at, tmp_path) -> None:
    settings.MADANG_DAY = at.date()
    settings.MEDIA_ROOT = tmp_path
    cycle = Cycle.objects.create(planning_year=2020)
    for place in District.objects.filter(slug__in=("dobong", "nowon")):
        DistrictYear.objects.create(cycle=cycle, district=place, participation="carrying_out", state="find")
    client.force_login(holder(Role.SUPPORT_OFFICER, at).person)


def send(client, content: bytes | str = FILE, name: str = "제안.csv", follow: bool = True):
    content = content.encode() if isinstance(content, str) else content
    return client.post(LIST + "import/", {"file": SimpleUploadedFile(name, content)}, follow=follow)


def said(response) -> str:
    return response.content.decode()


def confirm(client, **changes: str):
    file = StoredFile.objects.latest("id")
    return client.post(f"{LIST}import/{file.pk}/", {"sha256": file.sha256, **changes}, follow=True)


def test_a_file_is_shown_first_and_added_only_when_confirmed(client):
    page = said(send(client))
    assert "제안 2건을 더할 수 있어요" in page
    assert "내용이 비었어요." in page
    assert not Proposal.objects.exists()
    assert "제안 2건을 더했어요" in said(confirm(client))
    assert [proposal.title for proposal in Proposal.objects.order_by("number")] == ["불빛", "그늘"]


def test_confirming_twice_adds_once_and_says_when(client):
    send(client)
    confirm(client)
    assert "2020-05-21" in said(confirm(client))
    assert "이미 가져왔어요" in said(send(client))
    assert (Proposal.objects.count(), ImportBatch.objects.count()) == (2, 1)


def test_a_confirmation_of_other_content_adds_nothing(client):
    send(client)
    assert "미리 본 파일이 아니에요" in said(confirm(client, sha256="0" * 64))
    assert "미리 본 파일이 아니에요" in said(confirm(client, sha256="x"))
    assert not Proposal.objects.exists()


def test_the_rejected_rows_come_as_a_csv_that_no_spreadsheet_takes_for_formulas(client):
    send(client)
    file = StoredFile.objects.latest("id")
    for address in (f"import/{file.pk}/", f"imports/{ImportBatch.objects.first().pk}/") if confirm(client) else ():
        answer = client.get(LIST + address + "rejected.csv")
        text = answer.content.decode("utf-8-sig")
        assert list(csv.reader(io.StringIO(text)))[1:] == [["3", "'=2", "내용이 비었어요."]]
        assert "attachment" in answer["Content-Disposition"]


def test_the_sample_has_the_headings_that_are_read(client):
    assert client.get(LIST + "import/sample.csv").content.decode("utf-8-sig") == (
        "id,title,content,created_at,dong,name\r\n"
    )


def test_cp949_is_said_on_the_preview(client):
    page = said(send(client, FILE.encode("cp949")))
    assert "CP949로 읽었어요" in page
    assert "불빛" in page


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.csv", "빈 파일이에요"),
        (b"PK\x03\x04broken", "a.xlsx", "깨진 엑셀 파일이에요"),
        (b"title\nx\n", "a.csv", "id, content 열이 없어요"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_at_its_field(client, content, name, words):
    answer = send(client, content, name)
    assert words in str(answer.context["form"].errors["file"])
    assert not StoredFile.objects.exists()


def test_no_file_at_all_is_asked_for(client):
    answer = client.post(LIST + "import/", {})
    assert "파일을 골라 주세요." in said(answer)


def test_a_file_that_is_too_big_is_refused_at_its_field(client, settings):
    settings.MADANG_UPLOAD_LIMIT = 1024 * 1024
    answer = send(client, b"id,title,content\n" + b"x" * (1024 * 1024), "big.csv")
    assert answer.context["form"].errors["file"] == ["파일이 너무 커요. 1MB까지 올릴 수 있어요. 나누어 올려 주세요."]
    assert not StoredFile.objects.exists()


def test_a_script_in_a_file_is_shown_as_text(client):
    script = "<script>alert(1)</script>"
    page = said(send(client, f"id,title,content\n{script},{script},{script}\n{script}2,,x\n", f"{script}.csv"))
    assert script not in page
    assert "&lt;script&gt;" in page


def test_another_district_sees_neither_file_nor_result(client, at):
    send(client)
    confirm(client)
    file, batch = StoredFile.objects.latest("id"), ImportBatch.objects.get()
    client.force_login(holder(Role.SUPPORT_OFFICER, at, district="nowon").person)
    elsewhere = "/districts/nowon/proposals/"
    for address in (f"import/{file.pk}/", f"import/{file.pk}/rejected.csv", f"imports/{batch.pk}/"):
        assert client.get(elsewhere + address).status_code == 404
        assert client.get(LIST + address).status_code == 403


def test_a_closed_stage_shows_no_form(client):
    DistrictYear.objects.update(state="detail")
    page = said(client.get(LIST + "import/"))
    assert "단계라 제안을 받지 않아요" in page
    assert "읽어 보기" not in page


def test_a_stage_that_closes_between_preview_and_confirmation_adds_nothing(client):
    send(client)
    DistrictYear.objects.update(state="priorities")
    assert "단계라 제안을 받지 않아요" in said(confirm(client))
    assert not Proposal.objects.exists()
