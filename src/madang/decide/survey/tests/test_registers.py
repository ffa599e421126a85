from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from madang.decide.survey import operations
from madang.decide.survey.models import JointProject, RelatedPlan
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
ROOT = "/districts/dobong/survey/registers/"
PLAN = {
    "title": "도봉구 협치 조례", "kind": "ordinance", "department": "지속가능정책담당관", "from_year": 2016,
    "to_year": None, "link": "", "meaning": "협치회의의 근거",
}  # fmt: skip
TYPED = {name: "" if value is None else value for name, value in PLAN.items()}
HEAD = "이름,종류,부서,시작한 해,끝난 해,링크,우리 계획에 뜻하는 것\n"


@pytest.fixture
def keep(place, officer, at):
    def _keep(actor=None, entry=None, **changes):
        return operations.keep_entry(
            model=RelatedPlan, district=place, values={**PLAN, **changes}, entry=entry, actor=actor or officer, at=at
        )

    return _keep


def upload(client, text, name="plans.csv"):
    content = text.encode() if isinstance(text, str) else text
    return client.post(f"{ROOT}plans/import/", {"file": SimpleUploadedFile(name, content)})


def packed(page) -> str:
    return page.content.decode().split('name="rows" value="')[1].split('"')[0]


def test_an_officer_keeps_plans_and_everybody_reads_what_they_mean(client, keep):
    made = keep()
    keep(entry=made, meaning="협치회의와 공론장의 근거")
    page = client.get(f"{ROOT}plans/").content.decode()
    assert "협치회의와 공론장의 근거" in page
    assert "2016–" in page


@pytest.mark.parametrize("role", [None, Role.COUNCIL_MEMBER, Role.DEPARTMENT_OFFICER])
def test_nobody_but_the_districts_staff_keeps_the_registers(keep, place, at, role):
    other = resident(at) if role is None else holder(role, at)
    made = keep()
    for act in (
        lambda: keep(other, title="다른 조례"),
        lambda: operations.remove_entry(entry=made, actor=other, at=at),
        lambda: operations.import_entries(model=RelatedPlan, district=place, rows=[PLAN], actor=other, at=at),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(NotAllowed, match="다른 구"):
        keep(holder(Role.SUPPORT_OFFICER, at, district="nowon"), title="다른 조례")
    assert RelatedPlan.objects.count() == 1


def test_a_name_stands_once_and_nothing_ends_before_it_begins(keep):
    keep()
    with pytest.raises(operations.UnableToKeepEntry) as refusal:
        keep()
    assert refusal.value.field == "title"
    with pytest.raises(operations.UnableToKeepEntry) as refusal:
        keep(title="조례 2", to_year=2015)
    assert refusal.value.field == "to_year"


def test_a_link_is_an_address_of_the_web_only(client, officer):
    client.force_login(officer.person)
    assert client.post(f"{ROOT}plans/new/", {**TYPED, "link": "javascript:alert(1)"}).status_code == 422
    assert client.post(f"{ROOT}plans/new/", TYPED).status_code == 302
    assert RelatedPlan.objects.get().title == PLAN["title"]


def test_a_file_is_shown_first_and_added_whole_when_confirmed(client, officer, keep):
    client.force_login(officer.person)
    keep()
    known = "도봉구 협치 조례,조례,담당관,2016,,,근거\n"
    new = '청년 기본 조례,조례,청년미래과,"2,018",,,청년\n'
    text = HEAD + known + new + "빈 줄,조례,,2018,,,x\n"
    page = upload(client, text)
    assert "청년 기본 조례" in page.content.decode()
    assert "4번째 줄" in page.content.decode()
    assert RelatedPlan.objects.count() == 1
    assert client.post(f"{ROOT}plans/import/", {"rows": packed(page)})["Location"] == f"{ROOT}plans/"
    added = RelatedPlan.objects.get(title="청년 기본 조례")
    assert (added.kind, added.from_year, RelatedPlan.objects.count()) == ("ordinance", 2018, 2)
    client.post(f"{ROOT}plans/import/", {"rows": packed(page)})
    assert RelatedPlan.objects.count() == 2


def test_an_excel_file_of_projects_is_read(client, officer):
    client.force_login(officer.person)
    book = Workbook()
    book.active.append(["이름", "부서", "시작한 해", "끝난 해", "함께한 곳", "금액(천원)", "무엇을 했나요"])
    book.active.append(["마을 안내소", "자치행정과", 2018, 2019, "마을이음", 12000, "안내소를 함께 열었다"])
    content = io.BytesIO()
    book.save(content)
    file = SimpleUploadedFile("projects.xlsx", content.getvalue())
    page = client.post(f"{ROOT}projects/import/", {"file": file})
    client.post(f"{ROOT}projects/import/", {"rows": packed(page)})
    assert JointProject.objects.get().amount_kwon == 12000


@pytest.mark.parametrize("text", ["", "이름,부서\n가,나\n", "그냥 글"])
def test_a_file_that_is_no_such_table_is_refused_with_its_fault(client, officer, text):
    client.force_login(officer.person)
    page = upload(client, text)
    assert page.status_code == 422
    assert 'class="err"' in page.content.decode()


def test_rows_that_were_not_shown_before_are_not_added(client, officer, at):
    client.force_login(officer.person)
    page = upload(client, HEAD + "청년 기본 조례,조례,청년미래과,2018,,,청년\n")
    for rows in ("forged", packed(page)[:-1] + "x"):
        client.post(f"{ROOT}plans/import/", {"rows": rows})
    client.post(f"{ROOT}projects/import/", {"rows": packed(page)})
    assert RelatedPlan.objects.count() == JointProject.objects.count() == 0


def test_an_unknown_register_or_line_is_not_found(client, officer):
    client.force_login(officer.person)
    for path in ("weather/", "plans/99/", "weather/new/"):
        assert client.get(f"{ROOT}{path}").status_code == 404
