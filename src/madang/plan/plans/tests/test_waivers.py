"""A finding that blocks is let pass by the city alone, with a reason and a document, and is printed as such."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from madang.engines import rulebook
from madang.ground.audit.models import Entry
from madang.ground.files.models import StoredFile
from madang.ground.notices.models import Notice
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder
from madang.ground.workflow import UnableToMove
from madang.plan.plans import operations
from madang.plan.plans.models import Waiver
from madang.plan.plans.operations import GivenFile, LineInput, UnableToApprove, UnableToFreeze, UnableToWaive
from madang.plan.plans.papers import plan_paper, project_paper
from madang.plan.plans.queries import waiting_for
from madang.plan.plans.queries.waivers import place_of, ruling
from madang.plan.plans.testing import Room, ready_room

pytestmark = pytest.mark.django_db

DOCUMENT = GivenFile(b"approved", "공문.pdf", "application/pdf")
BROKEN = [
    LineInput("201-01", "회의", city_kwon=6000),
    LineInput("405-01", "안내판", city_kwon=900, flags=("durable_goods",)),
]


@pytest.fixture
def broken(at) -> Room:
    found = ready_room(at)
    save(found, BROKEN)
    return found


@pytest.fixture
def officer(at):
    return holder(Role.CITY_OFFICER, at)


def save(room: Room, lines: list[LineInput]) -> None:
    texts = {"joint_how": "함께 짓고 함께 돌본다.", "joint_departments": ["과"], "joint_partners": ["모임"]}
    texts |= {"joint_when": "달마다"}
    operations.save_budget(project=room.project(), lines=lines, texts=texts, actor=room.staff, at=room.at)


def blocking(room: Room):
    ruled = ruling(room.plan, day=timezone.localdate(room.at))
    return {found.rule: place_of(found, ruled.facts) for found in ruled.blocking}


def ask(room: Room, rule: str = "BUDGET-10", **changes) -> Waiver:
    values = {"plan": room.plan, "rule": rule, "where": blocking(room).get(rule, ""), "reason": "꼭 필요하다."}
    return operations.ask_waiver(**values | {"actor": room.staff, "at": room.at} | changes)


def waive(waiver: Waiver, officer, at, **changes) -> None:
    operations.waive(
        **{"waiver": waiver, "reason": "조례에 따른다.", "document": DOCUMENT} | changes, actor=officer, at=at
    )


def test_a_waived_finding_no_longer_blocks_and_is_kept_with_the_version(broken, officer, at) -> None:
    assert set(blocking(broken)) == {"BUDGET-10"}
    with pytest.raises(UnableToFreeze):
        broken.freeze()
    waiver = ask(broken)
    assert set(blocking(broken)) == {"BUDGET-10"}
    waive(waiver, officer, at)
    version = broken.freeze()
    rows = {row["finding"]["rule"]: row["waiver"] for row in version.evaluation.findings}
    assert rows["BUDGET-10"] == waiver.pk
    broken.approve(version)
    assert broken.plan.state == "approved"


def test_the_city_is_told_and_finds_it_to_do_and_the_district_learns_the_decision(broken, officer, at) -> None:
    waiver = ask(broken)
    assert Notice.objects.get(person_id=officer.person_id).key == f"waiver-{waiver.pk}-asked"
    items = [item.url for item in waiting_for(officer, None, at.date())]
    assert items == [reverse("plans:waiver", args=["dobong", 2021, waiver.pk])]
    waive(waiver, officer, at)
    assert waiting_for(officer, None, at.date()) == []
    assert Notice.objects.get(person_id=broken.staff.person_id).key == f"waiver-{waiver.pk}-waived"


@pytest.mark.parametrize("role", [Role.SUPPORT_OFFICER, Role.CITY_SUPPORT_OFFICER, Role.BUDGET_OFFICER])
def test_only_the_citys_governance_officer_waives(broken, at, role) -> None:
    waiver = ask(broken)
    other = holder(role, at)
    for step in (
        lambda: waive(waiver, other, at),
        lambda: operations.decline_waiver(waiver=waiver, reason="아니요", actor=other, at=at),
    ):
        with pytest.raises(NotAllowed):
            step()
    waiver.refresh_from_db()
    assert waiver.state == "asked"


def test_only_the_districts_own_staff_ask(broken, officer, at) -> None:
    where = blocking(broken)["BUDGET-10"]
    for other in (officer, holder(Role.SECRETARIAT, at, district="mapo"), holder(Role.COUNCIL_MEMBER, at)):
        with pytest.raises(NotAllowed):
            ask(broken, where=where, actor=other)


def test_a_waiver_needs_a_reason_and_a_document(broken, officer, at) -> None:
    waiver = ask(broken)
    for changes, field in (({"reason": " "}, "reason"), ({"document": None}, "document")):
        with pytest.raises(UnableToWaive) as refused:
            waive(waiver, officer, at, **changes)
        assert refused.value.field == field
    with pytest.raises(UnableToWaive):
        ask(broken, reason=" ")
    assert not StoredFile.objects.exists()


def test_nothing_is_asked_for_what_does_not_block_or_was_asked(broken, officer, at) -> None:
    waiver = ask(broken)
    with pytest.raises(UnableToWaive, match="이미 요청"):
        ask(broken)
    waive(waiver, officer, at)
    for rule, where in (("BUDGET-10", waiver.where), ("BUDGET-10", "S1 405-01 다른 것 900"), ("PLAN-8", "plan")):
        with pytest.raises(UnableToWaive, match="막는 항목이 없어요"):
            ask(broken, rule, where=where)


def test_what_changed_after_it_was_asked_is_not_waived_with_it(broken, officer, at) -> None:
    waiver = ask(broken)
    save(broken, [BROKEN[0], LineInput("405-01", "안내판", city_kwon=1900, flags=("durable_goods",))])
    with pytest.raises(UnableToWaive, match="초안이 바뀌어서"):
        waive(waiver, officer, at)
    assert not StoredFile.objects.exists()


def test_a_waiver_goes_with_its_line_and_covers_no_other(broken, officer, at) -> None:
    waive(ask(broken), officer, at)
    save(broken, [LineInput("201-03", "간식", city_kwon=10), *BROKEN])
    assert blocking(broken) == {}
    save(broken, [*BROKEN, LineInput("405-01", "의자", city_kwon=100, flags=("durable_goods",))])
    assert set(blocking(broken)) == {"BUDGET-10"}


def test_a_share_may_come_nearer_to_its_limit_and_not_go_further(broken, officer, at) -> None:
    def share(facilities: int) -> None:
        save(
            broken, [LineInput("401-01", "턱 낮추기", city_kwon=facilities), LineInput("201-01", "회의", city_kwon=200)]
        )

    share(800)
    for rule in ("BUDGET-4", "BUDGET-5"):
        waive(ask(broken, rule), officer, at)
    assert blocking(broken) == {}
    share(700)
    assert blocking(broken) == {}
    share(810)
    assert set(blocking(broken)) <= {"BUDGET-4", "BUDGET-5"}
    assert "BUDGET-5" in blocking(broken)


def test_the_make_up_of_the_council_can_be_waived_for_its_approval(at, officer) -> None:
    ready = ready_room(at)
    version = ready.freeze()
    keep = ready.council.members.first().pk
    ready.council.members.filter(pk__gt=keep).update(member_class="administration")
    with pytest.raises(UnableToApprove):
        ready.approve(version)
    for rule in blocking(ready):
        waive(ask(ready, rule), officer, at)
    meeting = ready.council.meetings.first()
    ready.vote(ready.put(version, meeting))
    ready.plan.refresh_from_db()
    assert ready.plan.state == "approved"


def test_taken_back_it_blocks_again_until_the_plan_is_with_the_city(broken, officer, at) -> None:
    waiver = ask(broken)
    waive(waiver, officer, at)
    version = broken.freeze()
    with pytest.raises(NotAllowed):
        operations.take_back_waiver(waiver=waiver, reason="잘못", actor=broken.staff, at=at)
    operations.take_back_waiver(waiver=waiver, reason="조례가 바뀌었다.", actor=officer, at=at)
    assert set(blocking(broken)) == {"BUDGET-10"}
    with pytest.raises(UnableToFreeze):
        broken.freeze()
    with pytest.raises(UnableToMove):
        operations.take_back_waiver(waiver=waiver, reason="또", actor=officer, at=at)
    second = ask(broken)
    waive(second, officer, at)
    broken.approve(version)
    operations.mark_submitted(plan=broken.plan, version=version, actor=broken.staff, at=at)
    with pytest.raises(UnableToWaive, match="서울시에 낸"):
        operations.take_back_waiver(waiver=second, reason="늦음", actor=officer, at=at)


def test_a_declined_request_blocks_as_before_and_can_be_asked_again(broken, officer, at) -> None:
    waiver = ask(broken)
    operations.decline_waiver(waiver=waiver, reason="살 수 없다.", actor=officer, at=at)
    assert set(blocking(broken)) == {"BUDGET-10"}
    assert ask(broken).pk != waiver.pk


def test_every_step_stands_in_the_log_with_its_reason(broken, officer, at) -> None:
    waiver = ask(broken)
    waive(waiver, officer, at)
    operations.take_back_waiver(waiver=waiver, reason="조례가 바뀌었다.", actor=officer, at=at)
    steps = ("plans.ask_waiver", "plans.waive", "plans.take_back_waiver")
    for step, reason in zip(steps, ("꼭 필요하다.", "조례에 따른다.", "조례가 바뀌었다."), strict=True):
        assert Entry.objects.filter(operation=step, reason=reason, subject_type__endswith="waiver").exists()


@pytest.fixture
def pages(client, broken, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    client.force_login(broken.staff.person)
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"plans:{name}", args=["dobong", 2021, *args])


def test_the_district_asks_beside_the_finding_and_the_city_decides_by_its_figures(pages, broken, officer) -> None:
    plan = pages.get(url("plan")).content.decode()
    assert "예외 요청하기" in plan
    query = {"rule": "BUDGET-10", "where": blocking(broken)["BUDGET-10"]}
    address = url("ask_waiver") + "?" + "&".join(f"{key}={value}" for key, value in query.items())
    sent = pages.post(address, {"reason": "꼭 필요하다."})
    waiver = Waiver.objects.get()
    assert sent.url == url("waiver", waiver.pk)
    assert "결정을 기다려요" in pages.get(url("plan")).content.decode()
    assert "예외로 인정하기" not in pages.get(sent.url).content.decode()
    assert pages.post(url("decide_waiver", waiver.pk), {"do": "waive", "reason": "x"}).status_code == 403
    pages.force_login(officer.person)
    assert pages.get(url("plan")).status_code == 404
    page = pages.get(url("waiver", waiver.pk)).content.decode()
    assert "예외로 인정하기" in page
    assert "안내판" in page
    wrong = pages.post(url("decide_waiver", waiver.pk), {"do": "waive", "reason": "조례에 따른다."})
    assert wrong.status_code == 422
    assert "근거 문서를 올려 주세요" in wrong.content.decode()
    given = {"do": "waive", "reason": "조례에 따른다.", "document": SimpleUploadedFile("공문.pdf", b"approved")}
    assert pages.post(url("decide_waiver", waiver.pk), given).status_code == 302
    assert pages.get(url("waiver_document", waiver.pk)).content == b"approved"


def test_the_waiver_is_printed_wherever_the_finding_would_be(pages, broken, officer, at) -> None:
    waive(ask(broken), officer, at)
    version = broken.freeze()
    for address in (url("plan"), url("budget", "S1"), url("version", version.number)):
        page = pages.get(address).content.decode()
        assert "조례에 따른다." in page, address
        assert "공문.pdf" in page, address
    broken.approve(version)
    pages.logout()
    assert "조례에 따른다." in pages.get(url("version", version.number)).content.decode()
    assert pages.get(url("waivers")).status_code == 302


def test_the_plans_paper_prints_the_waiver_after_the_budget(broken, officer, at) -> None:
    waiver = ask(broken)
    waive(waiver, officer, at)
    version = broken.freeze()
    said = str(plan_paper(version).blocks)
    assert "예외 인정" in said
    assert "2020. 5. 21. 서울시가 예외로 인정하였다. 사유: 조례에 따른다. 근거 문서: 공문.pdf." in said
    operations.take_back_waiver(waiver=waiver, reason="잘못", actor=officer, at=at)
    again = plan_paper(broken.plan.versions.get(pk=version.pk))
    assert "인정을 거두었다" in str(again.blocks)


def test_the_paper_of_one_project_prints_only_what_was_waived_in_it(broken, officer, at) -> None:
    waiver = ask(broken)
    waive(waiver, officer, at)
    version = broken.freeze()
    inside = waiver.where.split()[0]
    said = str(project_paper(version, inside).blocks)
    assert "서울시가 예외로 인정하였다" in said
    assert "공문.pdf" in said
    assert "예외로 인정하였다" not in str(project_paper(version, "F1").blocks)


def test_the_sheet_of_one_project_prints_what_was_waived_in_it(pages, broken, officer, at) -> None:
    waiver = ask(broken)
    address = reverse("plans:project", args=["dobong", 2021, waiver.where.split()[0]])
    pages.force_login(broken.staff.person)
    assert "공문.pdf" not in pages.get(address).content.decode()
    waive(waiver, officer, at)
    assert "공문.pdf" in pages.get(address).content.decode()


def test_the_city_takes_it_back_on_the_same_page(pages, broken, officer, at) -> None:
    waiver = ask(broken)
    waive(waiver, officer, at)
    pages.force_login(officer.person)
    assert pages.post(url("take_back_waiver", waiver.pk), {"reason": ""}).status_code == 422
    assert pages.post(url("take_back_waiver", waiver.pk), {"reason": "바뀜"}).status_code == 302
    assert "인정을 거두었어요" in pages.get(url("waiver", waiver.pk)).content.decode()


def test_what_is_asked_is_not_there_for_other_districts(client, broken, at) -> None:
    waiver = ask(broken)
    client.force_login(holder(Role.SECRETARIAT, at, district="mapo").person)
    for address in (url("waivers"), url("waiver", waiver.pk), url("waiver_document", waiver.pk)):
        assert client.get(address).status_code == 404


def test_the_last_minute_of_a_day_is_judged_by_that_day(broken) -> None:
    late = datetime(2020, 5, 21, 23, 59, tzinfo=ZoneInfo("Asia/Seoul"))
    assert ruling(broken.plan, day=timezone.localdate(late)).judgement.day == rulebook.plan_day(2020)
