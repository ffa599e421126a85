from __future__ import annotations

from datetime import date
from urllib.parse import unquote

import pytest
from django.utils import timezone

from madang.engines.papers import check_hwpx, to_hwpx
from madang.ground.bodies.models import Member
from madang.ground.bodies.states import Gender, MemberClass
from madang.ground.bodies.testing import council
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.plan.plans.testing import ready_room
from madang.plan.plans.tests.reading_papers import hwpx_words, number, pdf_words, table_of
from madang.plan.review.models import Submission
from madang.plan.review.operations import Letter, submit_plan
from madang.plan.review.papers import council_list_paper, submission_paper

pytestmark = pytest.mark.django_db

PAPERS = "/districts/dobong/plans/2021/papers/"
FORMS = ["form-3-1.pdf", "form-3-1.hwpx", "form-3-2.pdf", "form-3-2.hwpx"]
LETTER = Letter(
    consultation="민간 여섯 단체와 세 과가 매달 만난다.",
    goal="걷고 머무는 동네를 만든다.",
    background="주민이 투표로 골랐다.",
    content="의제 하나와 협치학교를 실행한다.",
    schedule="2021년 1월부터 12월까지",
    public_head="이도봉 도봉구청장",
    private_head="윤서하 공동의장",
    public_staff="문가람 주무관",
    private_staff="한지원 협치지원관",
    contacts="02-000-0000, plan@example.org",
)


@pytest.fixture
def room(at, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    settings.MADANG_DEMO = False
    return ready_room(at)


@pytest.fixture
def submission(room, at) -> Submission:
    """The approved plan as the city received it; its project names a department and a partner."""
    project = room.project()
    project.parties = [
        {"kind": "lead", "name": "공원녹지과", "role": "시설"},
        {"kind": "partner", "name": "방학천사람들", "role": "설계"},
    ]
    project.save()
    room.approve()
    return submit_plan(plan=room.plan, letter=LETTER, actor=room.staff, at=at)


def test_form_3_1_says_what_the_letter_says_and_what_the_plan_costs(submission) -> None:
    data = to_hwpx(submission_paper(submission, mark="예시"))
    words = hwpx_words(data)
    assert check_hwpx(data) == []
    for text in (*vars(LETTER).values(), "방학천사람들", "공원녹지과", "서울특별시장 귀하", "2020. 5. 21.", "서식 3-1"):
        assert text in words
    assert "총 5,000천원(시비: 5,000천원, 구비: 0천원)" in words
    assert "민·관 합동 TFT(  ), 도봉구 협치회의( √ )" in words


def test_form_3_2_lists_members_with_totals_that_tell_councillors_apart(at) -> None:
    body = council(private=14, administration=3, women=9)
    for of, name in ((MemberClass.DISTRICT_COUNCILLOR, "구가을"), (MemberClass.CITY_COUNCILLOR, "시봄")):
        Member.objects.create(
            body=body, name=name, member_class=of, elected=True, gender=Gender.FEMALE, starts_on=date(2020, 1, 1)
        )
    gone = Member.objects.create(
        body=body,
        name="지난위원",
        member_class=MemberClass.PRIVATE,
        starts_on=date(2019, 1, 1),
        ends_on=date(2020, 1, 1),
    )
    data = to_hwpx(council_list_paper(body, timezone.localdate(at)))
    assert check_hwpx(data) == []
    totals, members = table_of(data, "총 인원"), table_of(data, "연번", "성명")
    counts = dict(zip(totals.head, map(number, totals.rows[1]), strict=True))
    assert counts == {"민간": 14, "구의원": 1, "시의원": 1, "행정": 3, "총 인원": 19}
    assert [number(row[0]) for row in members.rows[1:]] == list(range(1, 20))
    kinds = [row[members.column("구분")] for row in members.rows[1:]]
    assert all(kinds.count(label) == count for label, count in counts.items() if label != "총 인원")
    assert gone.name not in hwpx_words(data)


def test_form_3_2_shows_the_division_behind_the_shares(at) -> None:
    words = hwpx_words(
        to_hwpx(council_list_paper(council(private=8, administration=2, women=5), timezone.localdate(at)))
    )
    assert "민간위원 8 / 10 = 80.00% (70% 이상, 운영지침 2.1.1(1))" in words
    assert "위촉직 가운데 여성 5 / 10 = 50.00% (60% 이하" in words


@pytest.mark.parametrize("name", FORMS)
def test_the_forms_are_for_those_who_read_submissions_alone(submission, client, at, name) -> None:
    assert client.get(PAPERS + name).status_code == 302
    for other in (resident(at), holder(Role.SUPPORT_OFFICER, at, district="nowon")):
        client.force_login(other.person)
        assert client.get(PAPERS + name).status_code == 404
    for reader in (Role.CITY_OFFICER, Role.COUNCIL_MEMBER, Role.SUPPORT_OFFICER):
        client.force_login(holder(reader, at).person)
        assert client.get(PAPERS + name).status_code == 200


@pytest.mark.parametrize("name", FORMS)
def test_there_is_no_form_before_the_plan_is_submitted(room, client, name) -> None:
    room.approve()
    client.force_login(room.staff.person)
    assert client.get(PAPERS + name).status_code == 404


def test_the_list_is_that_of_the_day_of_the_meeting(submission, room, client, at) -> None:
    Member.objects.create(
        body=room.council, name="새로온이", member_class=MemberClass.PRIVATE, starts_on=date(2020, 5, 22)
    )
    client.force_login(room.staff.person)
    answer = client.get(PAPERS + "form-3-2.pdf")
    assert "위원10" in pdf_words(answer.content)
    assert "새로온이" not in pdf_words(answer.content)
    assert unquote(answer["Content-Disposition"].rsplit("'", 1)[1]) == "도봉구_2021_서식_3-2_도봉구_협치회의_명단.pdf"


def test_the_page_of_the_submission_offers_every_paper(submission, client, room) -> None:
    client.force_login(room.staff.person)
    text = client.get("/districts/dobong/plans/2021/submission/").content.decode()
    links = [part.split('"')[0] for part in text.split('href="') if "/papers/" in part.split('"')[0]]
    assert len(links) == 8
    assert {client.get(link).status_code for link in links} == {200}


def test_a_public_paper_of_the_plan_names_no_member(submission, client) -> None:
    told = pdf_words(client.get(PAPERS + "plan.pdf").content)
    assert not any(name in told for name in ("위원1", "이도봉", "문가람", "02-000-0000"))
