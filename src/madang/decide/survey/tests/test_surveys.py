from __future__ import annotations

from datetime import date

import pytest

from madang.decide.survey import operations, rules
from madang.decide.survey.models import Survey
from madang.decide.survey.queries import surveys as queries
from madang.decide.survey.states import NEEDED, DoerKind, Heading, Way
from madang.ground.audit.queries import history_of
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.workflow import UnableToMove

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2020, 2, 16), date(2020, 3, 21)


def started(place, cycle, actor, at, **changes) -> Survey:
    fields = {"way": "task_force", "starts_on": FIRST, "ends_on": LAST, "outline": "열네 동을 걷는다."}
    return operations.start_survey(district=place, cycle=cycle, actor=actor, at=at, **{**fields, **changes})


def written(survey, actor, at, headings=NEEDED) -> None:
    for heading in headings:
        operations.write_finding(
            survey=survey, heading=heading.value, text=f"{heading.label}에서 알게 된 것", actor=actor, at=at
        )


def worked(survey, actor, at, kind="task_force") -> None:
    operations.add_doer(survey=survey, kind=kind, who="민관TFT", what="설계하고 걸었다", actor=actor, at=at)
    operations.add_method(
        survey=survey, kind="field", heading="spaces", what="동네 한 바퀴", starts_on=FIRST, ends_on=LAST,
        who="주민 조사단", source="창동 골목 열두 곳", actor=actor, at=at,
    )  # fmt: skip


@pytest.fixture
def survey(place, cycle, officer, at) -> Survey:
    return started(place, cycle, officer, at)


@pytest.fixture
def published(survey, officer, at) -> Survey:
    written(survey, officer, at)
    worked(survey, officer, at)
    operations.publish_survey(survey=survey, actor=officer, at=at)
    return survey


def test_a_survey_is_written_under_seven_headings_and_published(published, officer, at):
    published.refresh_from_db()
    assert (published.state, published.published_at) == ("published", at)
    assert [section.number for section in queries.sections(published) if section.finding] == [1, 2, 3, 4, 5, 6, 7]
    assert history_of("survey.survey", published.pk).first().actor_id == officer.person_id


@pytest.mark.parametrize("role", [None, Role.COUNCIL_MEMBER, Role.DEPARTMENT_OFFICER, Role.CITY_OFFICER])
def test_nobody_but_the_districts_staff_starts_writes_or_publishes(survey, place, cycle, at, role):
    other = resident(at) if role is None else holder(role, at)
    with pytest.raises(NotAllowed):
        started(place, cycle, other, at)
    with pytest.raises(NotAllowed):
        written(survey, other, at, [Heading.GENERAL])
    with pytest.raises(NotAllowed):
        worked(survey, other, at)
    with pytest.raises(NotAllowed):
        operations.publish_survey(survey=survey, actor=other, at=at)
    assert survey.findings.count() == survey.doers.count() == 0


def test_an_officer_of_another_district_is_refused(survey, at):
    with pytest.raises(NotAllowed, match="다른 구"):
        written(survey, holder(Role.SUPPORT_OFFICER, at, district="nowon"), at)


def test_a_district_has_one_survey_a_cycle(survey, place, cycle, officer, at):
    with pytest.raises(operations.UnableToSurvey, match="이미 시작"):
        started(place, cycle, officer, at)
    assert Survey.objects.count() == 1


def test_a_survey_or_a_method_cannot_end_before_it_begins(survey, place, cycle, officer, at):
    with pytest.raises(operations.UnableToSurvey) as refusal:
        operations.describe_survey(
            survey=survey, way="joint", starts_on=LAST, ends_on=FIRST, outline="", actor=officer, at=at
        )
    assert refusal.value.field == "ends_on"
    with pytest.raises(operations.UnableToSurvey):
        operations.add_method(
            survey=survey, kind="field", heading="spaces", what="걷기", starts_on=LAST, ends_on=FIRST, who="조사단",
            source="골목", actor=officer, at=at,
        )  # fmt: skip


def test_a_survey_with_an_empty_heading_is_not_published_and_says_which(survey, officer, at):
    written(survey, officer, at, NEEDED[:-1])
    worked(survey, officer, at)
    with pytest.raises(operations.UnableToSurvey, match="주요과제와 정책수요"):
        operations.publish_survey(survey=survey, actor=officer, at=at)
    survey.refresh_from_db()
    assert survey.state == "draft"


def test_a_survey_is_not_published_without_who_did_what_and_how(survey, officer, at):
    written(survey, officer, at)
    with pytest.raises(operations.UnableToSurvey, match="민관TFT의 일이 없어요"):
        operations.publish_survey(survey=survey, actor=officer, at=at)
    operations.add_doer(survey=survey, kind="task_force", who="TFT", what="설계", actor=officer, at=at)
    with pytest.raises(operations.UnableToSurvey, match="어떻게 조사했는지"):
        operations.publish_survey(survey=survey, actor=officer, at=at)
    worked(survey, officer, at)
    operations.publish_survey(survey=survey, actor=officer, at=at)
    with pytest.raises(UnableToMove):
        operations.publish_survey(survey=survey, actor=officer, at=at)


@pytest.mark.parametrize(
    ("way", "kinds", "missing", "unfit"),
    [
        ("task_force", ["task_force", "residents"], [], []),
        ("task_force", ["task_force", "contractor"], [], [DoerKind.CONTRACTOR]),
        ("joint", ["task_force"], [DoerKind.CONTRACTOR], []),
        ("joint", ["contractor", "task_force"], [], []),
        ("contractor", [], [DoerKind.CONTRACTOR], []),
    ],
)
def test_the_way_of_running_asks_for_its_people(way, kinds, missing, unfit):
    assert rules.missing_doers(way, kinds) == missing
    assert rules.unfit_doers(way, kinds) == unfit


def test_a_published_finding_is_corrected_as_a_further_version_with_its_reason(published, officer, at):
    operations.write_finding(
        survey=published,
        heading="general",
        text="인구 32만 7천 명",
        reason="통계를 새로 받음",
        actor=officer,
        at=at,
    )
    newest, first = queries.versions_of(published, Heading.GENERAL)
    assert (newest.version, newest.reason, first.text) == (2, "통계를 새로 받음", "일반현황에서 알게 된 것")
    assert queries.latest_findings(published)["general"].text == "인구 32만 7천 명"


@pytest.mark.parametrize(("text", "reason"), [("새 글", " "), ("일반현황에서 알게 된 것", "까닭"), ("  ", "까닭")])
def test_a_correction_needs_a_reason_a_text_and_a_change(published, officer, at, text, reason):
    with pytest.raises(operations.UnableToSurvey):
        operations.write_finding(survey=published, heading="general", text=text, reason=reason, actor=officer, at=at)
    assert len(queries.versions_of(published, Heading.GENERAL)) == 1


def test_a_draft_is_overwritten_without_versions(survey, officer, at):
    written(survey, officer, at, [Heading.GENERAL])
    operations.write_finding(survey=survey, heading="general", text="다시 쓴 글", actor=officer, at=at)
    assert [version.text for version in queries.versions_of(survey, Heading.GENERAL)] == ["다시 쓴 글"]


def test_what_a_published_survey_stands_on_cannot_be_taken_away(published, officer, at):
    with pytest.raises(operations.UnableToSurvey):
        operations.remove_doer(doer=published.doers.get(), actor=officer, at=at)
    with pytest.raises(operations.UnableToSurvey):
        operations.remove_method(method=published.methods.get(), actor=officer, at=at)
    with pytest.raises(operations.UnableToSurvey, match="외부용역의 일이 없어요"):
        operations.describe_survey(
            survey=published, way=Way.JOINT, starts_on=FIRST, ends_on=LAST, outline="", reason="바뀜", actor=officer,
            at=at,
        )  # fmt: skip
    assert (published.doers.count(), published.methods.count()) == (1, 1)


def test_a_draft_is_read_by_its_staff_only_and_by_everybody_once_published(client, survey, officer, at, on_the_day):
    written(survey, officer, at)
    address = "/districts/dobong/survey/"
    said = "일반현황에서 알게 된 것"
    assert said not in client.get(address).content.decode()
    client.force_login(holder(Role.SUPPORT_OFFICER, at, district="nowon").person)
    assert said not in client.get(address).content.decode()
    assert client.get(f"{address}2020/findings/general/versions/").status_code == 404
    client.force_login(officer.person)
    assert said in client.get(address).content.decode()
    worked(survey, officer, at)
    assert client.post(f"{address}2020/publish/").status_code == 302
    client.logout()
    assert said in client.get(address).content.decode()
    assert client.get(f"{address}2020/findings/general/versions/").status_code == 200


def test_an_officer_writes_a_finding_on_its_page_and_an_empty_one_is_kept_open(client, survey, officer, on_the_day):
    client.force_login(officer.person)
    address = "/districts/dobong/survey/2020/findings/spaces/"
    assert client.post(address, {"text": " "}).status_code == 422
    assert client.post(address, {"text": "<b>빈 점포</b> 아홉 곳"}).status_code == 302
    page = client.get("/districts/dobong/survey/").content.decode()
    assert "&lt;b&gt;빈 점포" in page
    assert "<b>빈 점포" not in page


@pytest.mark.parametrize("path", ["2020/findings/weather/", "2021/run/", "2020/doers/999/remove/"])
def test_an_unknown_heading_year_or_record_is_not_found(client, survey, officer, on_the_day, path):
    client.force_login(officer.person)
    assert client.post(f"/districts/dobong/survey/{path}").status_code == 404
