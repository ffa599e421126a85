from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from madang.ground.audit.queries import history_of
from madang.ground.notices.models import Notice
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.plan.plans import operations as plans
from madang.plan.plans.testing import Room, ready_room, room
from madang.plan.review import operations
from madang.plan.review.models import LateSubmission, Submission
from madang.plan.review.operations import Letter, UnableToReopen, UnableToSubmit
from madang.plan.review.queries import waiting_for

pytestmark = pytest.mark.django_db

SEOUL = ZoneInfo("Asia/Seoul")
LAST_MINUTE = datetime(2020, 7, 10, 23, 59, tzinfo=SEOUL)
TOO_LATE = datetime(2020, 7, 11, 0, 0, tzinfo=SEOUL)
LETTER = Letter(
    consultation="민간과 행정이 달마다 만났다.",
    goal="밤길을 밝힌다.",
    background="주민이 말했다.",
    content="등을 놓는다.",
    schedule="3월부터 11월까지",
    public_head="구청장 이도봉",
    private_head="공동의장 윤서하",
    public_staff="문가람",
    private_staff="한지원",
)


@pytest.fixture
def approved(at) -> Room:
    found = ready_room(at)
    found.approve()
    return found


def submit(found: Room, at: datetime, **changes) -> Submission:
    return operations.submit_plan(**{"plan": found.plan, "letter": LETTER, "actor": found.staff, **changes}, at=at)


def test_exactly_the_approved_version_reaches_the_city_and_its_officers_are_told(approved, at):
    officer, budget = holder(Role.CITY_OFFICER, at), holder(Role.BUDGET_OFFICER, at)
    submission = submit(approved, LAST_MINUTE)
    approved.plan.refresh_from_db()
    assert approved.plan.state == "submitted"
    assert approved.plan.submitted_version == submission.version
    assert submission.version.approval.motion.state == "carried"
    told = set(Notice.objects.filter(key=f"submission-{submission.pk}").values_list("person_id", flat=True))
    assert told == {officer.person_id, budget.person_id}
    assert history_of("review.submission", submission.pk).first().actor_id == approved.staff.person_id


def test_the_names_of_the_letter_do_not_reach_the_log(approved):
    submission = submit(approved, LAST_MINUTE)
    kept = history_of("review.submission", submission.pk).first().after
    assert kept["public_head"] == "***"
    assert "윤서하" not in str(kept)


@pytest.mark.parametrize("role", [None, Role.COUNCIL_MEMBER, Role.DEPARTMENT_OFFICER, Role.CITY_OFFICER])
def test_only_the_districts_staff_submit(approved, at, role):
    with pytest.raises(NotAllowed):
        submit(approved, LAST_MINUTE, actor=resident(at) if role is None else holder(role, at))
    assert not Submission.objects.exists()


def test_the_staff_of_another_district_do_not_submit(approved, at):
    with pytest.raises(NotAllowed, match="다른 구"):
        submit(approved, LAST_MINUTE, actor=holder(Role.SUPPORT_OFFICER, at, district="nowon"))


def test_a_plan_the_council_has_not_approved_is_refused(at):
    with pytest.raises(UnableToSubmit, match="승인한 판이 없어요"):
        submit(room(at), LAST_MINUTE)


def test_an_edit_after_the_approval_is_refused_until_it_is_approved_again(approved, at):
    plans.edit_plan(plan=approved.plan, vision="고친 비전", actor=approved.staff, at=at)
    with pytest.raises(UnableToSubmit, match="승인된 1판 뒤에 고친 곳"):
        submit(approved, LAST_MINUTE)
    approved.approve()
    assert submit(approved, LAST_MINUTE).version.number == 2


def test_a_plan_is_submitted_once(approved):
    submit(approved, LAST_MINUTE)
    with pytest.raises(UnableToSubmit, match="이미"):
        submit(approved, LAST_MINUTE)
    assert Submission.objects.count() == 1


def test_a_late_plan_is_refused_with_the_day_and_kept_whole(approved):
    with pytest.raises(UnableToSubmit, match=r"2020\. 7\. 10\."):
        submit(approved, TOO_LATE)
    approved.plan.refresh_from_db()
    assert approved.plan.state == "approved"
    kept = LateSubmission.objects.get()
    assert (kept.version.number, kept.goal, kept.private_head) == (1, LETTER.goal, LETTER.private_head)
    assert history_of("review.latesubmission", kept.pk).first().reason == kept.reason


def test_the_city_reopens_with_a_reason_and_the_plan_comes_in(approved, at):
    officer = holder(Role.CITY_OFFICER, at)
    with pytest.raises(UnableToSubmit):
        submit(approved, TOO_LATE)
    later = TOO_LATE + timedelta(days=2)
    reopen = {"plan": approved.plan, "until_at": later, "at": TOO_LATE + timedelta(hours=1)}
    with pytest.raises(NotAllowed):
        operations.reopen_submission(**reopen, reason="수해", actor=approved.staff)
    with pytest.raises(UnableToReopen) as refusal:
        operations.reopen_submission(**reopen, reason=" ", actor=officer)
    assert refusal.value.field == "reason"
    operations.reopen_submission(**reopen, reason="수해로 구청이 닫혔다.", actor=officer)
    assert submit(approved, later - timedelta(minutes=1)).version.number == 1


def test_a_reopening_ends_as_well(approved, at):
    officer = holder(Role.CITY_OFFICER, at)
    until = TOO_LATE + timedelta(days=2)
    operations.reopen_submission(plan=approved.plan, until_at=until, reason="수해", actor=officer, at=TOO_LATE)
    with pytest.raises(UnableToSubmit):
        submit(approved, until)


def test_what_can_still_be_submitted_is_not_reopened(approved, at):
    officer = holder(Role.CITY_OFFICER, at)
    with pytest.raises(UnableToReopen, match="아직 제출할 수 있는"):
        operations.reopen_submission(plan=approved.plan, until_at=TOO_LATE, reason="수해", actor=officer, at=at)


def test_an_approved_plan_waits_for_the_staff_by_the_tenth_of_july(approved, at):
    items = waiting_for(approved.staff, approved.district, at.date())
    assert [item.due_on for item in items] == [date(2020, 7, 10)]
    assert waiting_for(resident(at), approved.district, at.date()) == []


def test_the_form_keeps_every_word_of_a_late_submission_and_offers_it_again(client, approved, settings):
    settings.MADANG_DAY = date(2020, 7, 13)
    client.force_login(approved.staff.person)
    address = f"/districts/dobong/plans/{approved.plan.fiscal_year}/submit/"
    page = client.post(address, {name: getattr(LETTER, name) for name in LETTER.__dataclass_fields__})
    assert "끝났어요" in page.content.decode()
    assert LETTER.content in page.content.decode()
    assert LETTER.content in client.get(address).content.decode()


def test_drafts_and_letters_of_another_district_are_not_found(client, approved, at, settings):
    settings.MADANG_DAY = date(2020, 7, 9)
    submit(approved, LAST_MINUTE)
    address = f"/districts/dobong/plans/{approved.plan.fiscal_year}/submission/"
    client.force_login(holder(Role.SUPPORT_OFFICER, at, district="nowon").person)
    assert client.get(address).status_code == 404
    client.force_login(holder(Role.CITY_OFFICER, at).person)
    assert client.get(address).status_code == 200
