from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from madang.decide.survey import operations
from madang.decide.survey.models import AnswerSheet, Questionnaire
from madang.decide.survey.operations import Frame, Wording
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
ROOT = "/districts/dobong/survey/questionnaires/"


@pytest.fixture
def make(place, cycle, officer, at):
    """Make a questionnaire of three pages: the second is asked only of those who say yes."""

    def _make(access="anonymous", *, announced=True) -> Questionnaire:
        frame = Frame("perception", "동네 일 설문", "2분이면 돼요.", access, date(2020, 5, 20), date(2020, 5, 30))
        made = operations.draft_questionnaire(district=place, cycle=cycle, frame=frame, actor=officer, at=at)

        def put(wording):
            return operations.put_question(questionnaire=made, wording=wording, actor=officer, at=at)

        been = put(Wording("single", "와 보셨나요", ("네", "아니요"), True))
        which = put(Wording("multiple", "어디에 오셨나요", ("공론장", "=1+1", "투표"), True, been, (1,)))
        put(Wording("number", "몇 번 오셨나요", (), True, which, (1,)))
        put(Wording("text", "하실 말씀"))
        if announced:
            operations.announce_questionnaire(questionnaire=made, actor=officer, at=at)
        made.refresh_from_db()
        return made

    return _make


def fields(made) -> list[str]:
    return [question.field for question in made.questions.all()]


def hidden(page) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_answers_travel_page_by_page_and_are_kept_at_the_end(client, make):
    made = make()
    been, which, often, wish = fields(made)
    address = f"{ROOT}{made.pk}/answer/"
    page = client.get(address)
    assert "어디에 오셨나요" not in page.content.decode()
    page = client.post(address, {**hidden(page), been: "1"})
    assert "어디에 오셨나요" in page.content.decode()
    page = client.post(address, {**hidden(page), which: ["1", "3"]})
    assert AnswerSheet.objects.count() == 0
    # The third page asks both what depends on the second and what everybody is asked.
    done = client.post(address, {**hidden(page), which: ["1", "3"], often: "4", wish: "더 밝게"})
    assert done.status_code == 302
    assert client.get(done["Location"]).status_code == 200
    sheet = AnswerSheet.objects.get()
    assert list(sheet.answers.values()) == [1, [1, 3], 4, "더 밝게"]


def test_who_says_no_goes_past_what_is_not_asked(client, make):
    made = make()
    been, _which, often, wish = fields(made)
    address = f"{ROOT}{made.pk}/answer/"
    page = client.post(address, {**hidden(client.get(address)), been: "2"})
    text = page.content.decode()
    assert "하실 말씀" in text
    assert "몇 번 오셨나요" not in text
    # An answer that was forged for a question that is not asked is dropped.
    client.post(address, {**hidden(page), wish: "없어요", often: "9"})
    assert list(AnswerSheet.objects.get().answers.values()) == [2, "없어요"]


def test_a_fault_keeps_what_was_typed_and_back_keeps_it_too(client, make):
    made = make()
    been, which, often, wish = fields(made)
    address = f"{ROOT}{made.pk}/answer/"
    page = client.post(address, hidden(client.get(address)))
    assert page.status_code == 422
    assert "꼭 답해 주세요" in page.content.decode()
    carried = {**hidden(page), been: "1", which: "1", "page": "2", often: "많이", wish: "<b>길</b>"}
    page = client.post(address, carried)
    assert page.status_code == 422
    assert "숫자로 적어 주세요" in page.content.decode()
    assert "&lt;b&gt;길" in page.content.decode()
    back = client.post(address, {**carried, "back": "1"})
    assert hidden(back)[often] == "많이"
    assert 'value="1" checked' in back.content.decode()
    assert AnswerSheet.objects.count() == 0


def test_sending_the_last_page_twice_counts_once(client, make):
    made = make()
    been, _which, _often, _wish = fields(made)
    address = f"{ROOT}{made.pk}/answer/"
    page = client.post(address, {**hidden(client.get(address)), been: "2"})
    last = hidden(page)
    assert client.post(address, last).status_code == client.post(address, last).status_code == 302
    assert AnswerSheet.objects.count() == 1


def test_before_the_first_and_after_the_last_day_the_page_leads_to_the_days(client, make, settings):
    made = make()
    for day in (date(2020, 5, 19), date(2020, 5, 31)):
        settings.MADANG_DAY = day
        assert client.get(f"{ROOT}{made.pk}/answer/")["Location"] == f"{ROOT}{made.pk}/"


def test_where_everybody_answers_once_a_visitor_signs_in_and_a_second_answer_is_told(client, make, at):
    made = make("verified")
    address = f"{ROOT}{made.pk}/answer/"
    assert "/accounts/login/" in client.get(address)["Location"]
    client.force_login(resident(at).person)
    been = fields(made)[0]
    page = client.post(address, {**hidden(client.get(address)), been: "2"})
    client.post(address, hidden(page))
    assert client.get(address)["Location"] == f"{ROOT}{made.pk}/"
    assert AnswerSheet.objects.count() == 1


def test_a_draft_is_there_for_its_staff_only(client, make, officer, at):
    made = make(announced=False)
    for path in ("", "answer/", "results/"):
        assert client.get(f"{ROOT}{made.pk}/{path}").status_code == 404
    client.force_login(holder(Role.SUPPORT_OFFICER, at, district="nowon").person)
    assert client.get(f"{ROOT}{made.pk}/").status_code == 404
    client.force_login(officer.person)
    assert client.get(f"{ROOT}{made.pk}/").status_code == 200


def test_paper_is_typed_by_numbers_and_a_wrong_number_stays_to_be_mended(client, make, at):
    made = make()
    been, which, often, wish = fields(made)
    client.force_login(holder(Role.DESK_OFFICER, at).person)
    address = f"{ROOT}{made.pk}/paper/"
    good = {"paper_number": "12", been: "1", which: "1 3", often: "2", wish: ""}
    wrong = client.post(address, {**good, which: "1 4"})
    assert wrong.status_code == 422
    assert 'value="1 4"' in wrong.content.decode()
    unasked = client.post(address, {**good, been: "2"})
    assert "묻지 않는 문항" in unasked.content.decode()
    assert client.post(address, good).status_code == 302
    assert "이미 넣었어요" in client.post(address, good).content.decode()
    assert 'value="13"' in client.get(address).content.decode()
    assert list(AnswerSheet.objects.get().answers.values()) == [1, [1, 3], 2]


def key_of(field: str) -> str:
    return field.removeprefix("q")


def published(made, officer, at, settings) -> None:
    been, which, _often, wish = map(key_of, fields(made))
    AnswerSheet.objects.bulk_create(
        AnswerSheet(questionnaire=made, channel="online", answered_on=at.date(),
                    answers={been: 1, which: [2, 3], wish: "제 이름은 나이웃, 010-0000-0000"})
        for _number in range(3)
    )  # fmt: skip
    Questionnaire.objects.filter(pk=made.pk).update(closes_on=date(2020, 5, 20))
    made.refresh_from_db()
    operations.publish_results(questionnaire=made, actor=officer, at=at)


def test_results_are_public_once_published_and_what_was_written_only_for_officers(client, make, officer, at, settings):
    made = make()
    assert client.get(f"{ROOT}{made.pk}/results/").status_code == 404
    published(made, officer, at, settings)
    page = client.get(f"{ROOT}{made.pk}/results/").content.decode()
    assert "100.0%" in page
    assert "나이웃" not in page
    client.force_login(officer.person)
    assert "나이웃" in client.get(f"{ROOT}{made.pk}/results/").content.decode()


def test_the_files_hold_counts_without_words_and_no_formula(client, make, officer, at, settings):
    made = make()
    published(made, officer, at, settings)
    text = client.get(f"{ROOT}{made.pk}/results.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][2:5] == ["네", "3", "100.0%"]
    assert rows[4][2] == "'=1+1"
    assert "나이웃" not in text
    sheet = load_workbook(io.BytesIO(client.get(f"{ROOT}{made.pk}/results.xlsx").content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]
    assert not any("나이웃" in str(cell.value) for cell in cells)


def test_an_officer_makes_a_questionnaire_on_its_pages(client, officer, cycle):
    client.force_login(officer.person)
    frame = {
        "kind": "demand", "title": "무엇이 필요한가요", "intro": "", "access": "anonymous",
        "opens_on": "2020-05-21", "closes_on": "2020-05-20",
    }  # fmt: skip
    assert client.post(f"{ROOT}new/", frame).status_code == 422
    made = client.post(f"{ROOT}new/", {**frame, "closes_on": "2020-05-28"})["Location"].removesuffix("questions/")
    question = {"kind": "single", "text": "가장 급한 일", "choices": "불 밝히기\n쉴 곳", "if_chosen": ""}
    assert client.post(f"{made}questions/", {**question, "choices": "하나"}).status_code == 422
    assert client.post(f"{made}questions/", question)["Location"] == made
    first = Questionnaire.objects.get().questions.get()
    after = {"kind": "text", "text": "어디인가요", "choices": "", "depends_on": first.pk, "if_chosen": "1"}
    client.post(f"{made}questions/", after)
    assert "1번에서 1번을 고른 분에게만" in client.get(made).content.decode()
    assert client.post(f"{made}announce/").status_code == 302
    assert "답하기" in client.get(made).content.decode()


def test_the_list_takes_as_many_queries_with_many_questionnaires_as_with_one(
    client, make, django_assert_max_num_queries
):
    made = make()
    for number in range(12):
        made.pk, made.title = None, f"설문 {number}"
        made._state.adding = True
        made.save()
    with django_assert_max_num_queries(6):
        page = client.get(ROOT).content.decode()
    assert page.count("<h2>") == 13
