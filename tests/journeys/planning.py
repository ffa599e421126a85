"""From the chosen agenda to the plan that the council approved: budget, texts, freezing, the meeting."""

from __future__ import annotations

from playwright.sync_api import Locator, expect
from tests.journeys.journey import PLACE, PLAN, Journey
from tests.journeys.visitor import PHONE, Visitor, day

AGENDA = "함께 밝히는 공릉 굴다리"
LIT = "낮은 조명 20개 × 2,000,000원"
CARED = "주민 돌봄단 모임 60회 × 1,000,000원"


def a_project_with_a_budget_is_written(year: Journey) -> None:
    year.yard.on(day(6, 29))
    writer = year.person("secretariat")
    writer.go(f"{PLACE}plans/")
    writer.press("2021년 계획 시작하기")
    writer.see("계획을 시작했어요.", "뽑힌 의제 1개가 아직 실행계획에 없어요.")
    year.people["resident"].is_refused(PLAN, status=404)
    year.person("parks").is_refused(f"{PLAN}texts/", saying="만 할 수 있는 일이에요.")
    _write_goals(writer)
    _add_foundation_work(writer)
    writer.go(f"{PLAN}add/")
    writer.check(AGENDA)
    writer.choose("task", "1-1 밤길을 함께 밝히기")
    writer.press("이 의제로 만들기")
    writer.see(f"「{AGENDA}」 세부사업을 만들었어요.")
    _add_line(writer, "401-01")
    _add_line(writer, "201-03")
    _type_too_much(writer)
    _mend(writer)


def _write_goals(writer: Visitor) -> None:
    writer.go(f"{PLAN}goals/")
    writer.fill(**{"goal-number": "1", "goal-title": "걷고 머무는 노원"})
    writer.press("목표 저장하기")
    writer.page.locator("[name='task-goal']").select_option(index=1)
    writer.fill(**{"task-number": "1-1", "task-title": "밤길을 함께 밝히기"})
    writer.press("추진과제 저장하기")
    writer.see("1-1", "밤길을 함께 밝히기")


def _add_line(writer: Visitor, item: str) -> None:
    writer.page.locator("#new_item").select_option(value=item)
    writer.press("줄 더하기")


def _type_too_much(writer: Visitor) -> None:
    """While typing, the panel says that facilities are too large a part of the project, with clause and figures."""
    page = writer.page
    page.evaluate("() => { window.samePage = true }")
    panel = page.locator("#panel")
    _type(writer, "basis", CARED, LIT)
    _type(writer, "city", "20000", "80000")
    too_much = panel.locator("section.viol", has_text="BUDGET-5")
    expect(too_much).to_be_visible()
    for words in ("80,000", "100,000", "80.00%", "70%인", "70,000", "운영지침 3.2.2(2)③"):
        expect(too_much).to_contain_text(words)
    expect(page.locator("#s-total")).to_have_text("100,000")
    writer.look()
    assert page.evaluate("() => window.samePage"), "the page was loaded again while typing"


def _mend(writer: Visitor) -> None:
    page, panel = writer.page, writer.page.locator("#panel")
    _type(writer, "city", "50000", "40000")
    _type(writer, "district", "10000", "0")
    expect(panel.locator("section.viol", has_text="BUDGET-5")).to_have_count(0)
    expect(panel.locator("section.viol", has_text="BUDGET-6")).to_have_count(1)
    writer.fill(
        joint_departments="푸른도시과",
        joint_partners="공릉마을넷",
        joint_when="계획, 설치, 돌봄의 모든 때",
        joint_how="주민 돌봄단이 자리를 정하고 달마다 함께 점검해요.",
    )
    expect(panel.get_by_text("이 세부사업에는 막는 항목이 없어요.")).to_be_visible()
    assert page.evaluate("() => window.samePage"), "the page was loaded again while typing"
    writer.press("예산 저장하기")
    writer.see("100,000")


def _type(writer: Visitor, column: str, *values: str) -> None:
    for box, value in zip(_boxes(writer, column), values, strict=True):
        box.clear()
        box.press_sequentially(value)


def _boxes(writer: Visitor, column: str) -> list[Locator]:
    return writer.page.locator(f"#budget input.cell[name^='{column}-']").all()


def _add_foundation_work(writer: Visitor) -> None:
    writer.go(f"{PLAN}add/")
    writer.fill(**{"foundation-title": "노원 협치학교"})
    writer.page.locator("[name='foundation-task']").select_option(index=1)
    writer.press("협치기반구축 사업 만들기")
    _add_line(writer, "201-03")
    _type(writer, "basis", "4회 × 500,000원")
    _type(writer, "city", "2000")
    writer.press("예산 저장하기")


def the_texts_are_filled_and_the_plan_is_frozen(year: Journey) -> None:
    writer = year.person("secretariat")
    writer.go(PLAN)
    writer.press("1판으로 확정하기")
    writer.see("아직 확정할 수 없어요", "PLAN-5", "PLAN-6", "PLAN-11")
    writer.go(f"{PLAN}texts/")
    writer.fill(vision="곁에서 함께 정하는 노원")
    for box in writer.page.locator("main textarea").all():
        box.fill("협치회의와 주민이 함께 읽고 적은 글이에요.")
    writer.press("글 저장하기")
    writer.see("계획의 글을 저장했어요.", "곁에서 함께 정하는 노원")
    writer.go(f"{PLAN}projects/S1/edit/")
    writer.fill(one_line="굴다리를 이웃과 함께 밝히고 돌봐요.", goals="한 해 안에 낮은 조명 20개를 놓아요.")
    writer.fill(**{"indicators-0-name": "밝힌 자리", "indicators-0-target": "20곳"})
    writer.press("세부사업 저장하기")
    writer.see("굴다리를 이웃과 함께 밝히고 돌봐요.", "밝힌 자리", LIT)
    writer.go(PLAN)
    writer.press("1판으로 확정하기")
    writer.see("1판을 확정했어요.", "지문")


def the_council_approves_exactly_this_version(year: Journey) -> None:
    writer = year.person("secretariat")
    writer.go(f"{PLAN}council/")
    writer.follow("회의 소집하기")
    writer.fill(title="계획을 승인하는 회의", place="노원구청 6층", day="2020-07-03", hour="14:00")
    writer.press("소집하고 위원들에게 알리기")
    year.meeting = writer.page.url.removeprefix(writer.base)
    writer.see("회의를 소집하고 위원들에게 알렸어요.", "회의 날이 되면 열 수 있어요.", "회의 날의 구성", "80.00%")
    writer.go(f"{PLAN}council/")
    writer.page.get_by_role("radio").first.check()
    writer.press("이 회의의 안건으로 올리기")
    writer.see("안건으로 올렸어요.", "2021년 실행계획 1판 승인")
    year.yard.on(day(7, 3))
    writer.go(year.meeting)
    _open(writer)
    _vote(year, writer)
    version = f"{PLAN}versions/1/"
    writer.go(version)
    writer.see("바로 이 내용을 승인했어요.", "이 판의 지문")
    (sha256,) = year.yard.rows("SELECT sha256 FROM plans_planversion")[0]
    assert writer.page.locator("p.code").inner_text().replace(" ", "") == sha256
    stranger = year.people["stranger"]
    stranger.go(PLAN)
    stranger.see("협치회의가 승인했어요", "100,000", AGENDA)


def _open(writer: Visitor) -> None:
    members = writer.page.locator("input[name=present]")
    for place in range(5):
        members.nth(place).check()
    writer.press("회의 열기")
    writer.see("6명(과반수)이 와야 회의를 열 수 있어요.")
    for place in range(8):
        members.nth(place).check()
    writer.press("회의 열기")
    writer.see("위원 10명 가운데 8명이 왔어요")


def _vote(year: Journey, writer: Visitor) -> None:
    """The secretariat enters seven votes; the eighth member votes on her own phone."""
    for row in writer.page.locator("tbody tr", has=writer.page.get_by_role("radio")).all()[1:]:
        row.get_by_role("radio").first.check()
    writer.press("표결 적기")
    member = year.person("council", PHONE)
    member.go(year.meeting)
    member.press("찬성")
    member.see("내 표: 찬성")
    year.people["resident"].go(year.meeting)
    year.people["resident"].see_not("표결 마치기", "문가온", "고은솔")
    writer.press("표결 마치기")
    writer.see("가결")
    writer.fill(minutes="처음부터 끝까지 함께 읽고 승인했어요.")
    writer.press("회의록을 남기고 마치기")
    writer.see("회의를 마쳤어요.")


def a_later_edit_is_not_approved(year: Journey) -> None:
    writer = year.person("secretariat")
    _change_money(writer, "50001")
    writer.go(PLAN)
    writer.see("승인된 1판과 달라요: 2판 초안은 아직 승인되지 않았어요.")
    writer.go(f"{PLAN}submit/")
    write_letter(writer)
    writer.press("서울시에 내기")
    writer.see("승인된 1판 뒤에 고친 곳이 있어요.")
    stranger = year.people["stranger"]
    stranger.go(PLAN)
    stranger.see("100,000")
    stranger.see_not("100,001")
    _change_money(writer, "50000")
    writer.go(PLAN)
    writer.see("협치회의가 승인한 1판 그대로예요.")


def _change_money(writer: Visitor, city: str) -> None:
    writer.go(f"{PLAN}projects/S1/budget/")
    _boxes(writer, "city")[0].fill(city)
    writer.press("예산 저장하기")


def write_letter(writer: Visitor) -> None:
    """Fills in what form 3-1 asks beside the plan."""
    writer.fill(
        consultation="협치회의와 분과가 세 번 함께 모였어요.",
        goal="곁에서 함께 정하는 노원",
        background="주민이 투표로 고른 의제예요.",
        content="굴다리를 함께 밝히고 돌봐요.",
        schedule="2021년 1월부터 12월까지",
        public_head="노원구청장(예시)",
        private_head="고은솔 민간 공동의장",
        public_staff="문가온",
        private_staff="한지오",
        contacts="secretariat@nowon.example",
    )
