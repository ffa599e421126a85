"""From agendas to the chosen one: departments, subcommittee, the vote through two channels."""

from __future__ import annotations

import csv
import io

from playwright.sync_api import expect
from tests.journeys.journey import PLACE, Journey
from tests.journeys.proposing import plan_forum
from tests.journeys.visitor import PHONE, Visitor, day

CRITERIA = ("openness", "deliberation", "public_interest", "cooperation")
OPEN_FORUM = "노원 열린 공론장"
VOTE = "2020 노원 우선순위 투표"
ROLL = """number,name,birth,dong
N-0001,김하늘,1987-09-14,공릉1동
N-0002,이바다,1990-01-02,공릉2동
N-0003,박노을,1975-05-06,상계1동
N-0004,최구름,2001-11-30,하계1동
"""


def departments_answer(year: Journey) -> None:
    support = year.person("support")
    _ask(support, year.agendas["bridge"], "푸른도시과")
    _ask(support, year.agendas["path"], "토목과")
    parks, roads = year.person("parks"), year.person("roads")
    parks.follow("함께 밝히는 공릉 굴다리")
    asked = parks.page.url.removeprefix(parks.base)
    roads.is_refused(asked, saying="다른 부서에 온 의제예요.")
    parks.check("조건부")
    parks.fill(reason="하천 점용허가를 함께 받으면 할 수 있어요.")
    parks.press("답 공개하기")
    parks.see("어떤 조건이면 할 수 있는지 써 주세요.")
    parks.fill(conditions="낮은 조명만 쓰고 한 해에 두 번 함께 점검해요.")
    parks.press("답 공개하기")
    parks.see("답을 공개하고 제안자에게 알렸어요.", "답한 의제")
    roads.go(f"{PLACE}agendas/reviews/")
    roads.follow("살펴보고 답하기")
    roads.check("할 수 있음")
    roads.fill(reason="숲길 관리 범위 안에서 할 수 있어요.")
    roads.press("답 공개하기")
    stranger = year.people["stranger"]
    stranger.go(year.agendas["bridge"])
    stranger.see("하천 점용허가를 함께 받으면 할 수 있어요.", "조건부")


def _ask(staff: Visitor, agenda: str, department: str) -> None:
    staff.go(agenda)
    staff.follow("부서에 검토 부탁하기")
    staff.check(department)
    staff.fill(due_on="2020-05-08")
    staff.press("묻고 알리기")
    staff.see("부서 1곳에 물었어요.")


def the_subcommittee_judges(year: Journey) -> None:
    support = year.person("support")
    support.go(f"{year.agendas['bridge']}conclude/")
    support.see_not("투표에 올리기")
    year.people["resident"].is_refused(f"{year.agendas['bridge']}judge/", saying="만 할 수 있는 일이에요.")
    for key in ("first_judge", "second_judge"):
        for agenda in ("bridge", "path"):
            _judge(year.person(key), year.agendas[agenda])
    for agenda in ("bridge", "path"):
        support.go(f"{year.agendas[agenda]}conclude/")
        support.see("2명 가운데 2명이 갖췄다고 봤어요")
        support.press("투표에 올리기")
        support.see("의제가 투표에 올라요. 제안자에게 알렸어요.", "적격")


def _judge(judge: Visitor, agenda: str) -> None:
    judge.go(f"{agenda}judge/")
    for criterion in CRITERIA:
        judge.page.locator(f"input[name='{criterion}'][value='yes']").check()
        judge.fill(**{f"{criterion}_reason": "공론장 기록과 부서의 답을 함께 읽었어요."})
    judge.press("판단 남기기")
    judge.see("판단을 남겼어요.")
    judge.go(f"{agenda}judge/")
    judge.see("이미 판단을 남겼어요. 한 사람이 한 번 판단해요.")


def a_vote_is_prepared(year: Journey) -> None:
    year.yard.on(day(5, 12))
    year.enter_stage("우선순위 결정")
    support = year.person("support")
    plan_forum(support, kind="열린 공론장", title=OPEN_FORUM, starts="2020-05-20T14:00", ends="2020-05-20T17:00")
    support.go(f"{PLACE}elections/new/")
    support.choose("forum", OPEN_FORUM)
    support.fill(title=VOTE, opens_at="2020-05-20T00:00", closes_at="2020-05-19T18:00", picks_most="1", seats="1")
    support.press("투표 만들기")
    support.see("마감이 시작보다 늦어야 해요.")
    support.fill(closes_at="2020-05-27T18:00")
    support.press("투표 만들기")
    _see_trial(support, "투표를 만들었어요.")
    year.election = support.page.url.removeprefix(support.base).removesuffix("manage/")
    year.people["stranger"].is_refused(year.election, status=404)
    support.follow("순서와 자료 적기")
    support.page.locator("textarea").first.fill(
        "낮은 조명 20개와 돌봄단. 부서는 점용허가를 함께 받으면 할 수 있다고 했어요."
    )
    support.press("저장하기")
    _take_the_roll(support)
    support.press("명부 확정하기")
    _see_trial(support, "명부를 확정하고 투표를 알렸어요.", "지금은 여는 때가 아니에요.")
    support.go(f"{year.election}manage/roll/")
    _see_trial(support, "명부를 확정했어요.")
    expect(support.page.locator("main input[type=file]")).to_have_count(0)
    support.go(f"{year.election}manage/")
    button = support.page.get_by_role("button", name="번호 만들어 내려받기")
    given = support.download(button.click).decode("utf-8-sig")
    year.codes = {row["number"]: row["code"] for row in csv.DictReader(io.StringIO(given))}
    assert sorted(year.codes) == ["N-0001", "N-0002", "N-0003", "N-0004"]


def _take_the_roll(support: Visitor) -> None:
    support.follow("명부 넣기")
    support.give_file("명부.csv", ROLL.replace("2001-11-30", "2010-11-30").encode("cp949"))
    support.press("올리고 살펴보기")
    _see_trial(support, "받을 수 없는 줄", "마감일에 만 14살이 안 돼요.")
    support.give_file("명부.csv", ROLL.encode("cp949"))
    support.press("올리고 살펴보기")
    support.press("4명을 명부에 넣기")
    _see_trial(support, "명부에 4명을 넣었어요.", "명부 4명")
    support.follow(VOTE)


def residents_vote_once_by_any_channel(year: Journey) -> None:
    year.yard.on(day(5, 20))
    support = year.person("support")
    support.go(f"{year.election}manage/")
    support.press("투표 열기")
    support.see("투표를 열었어요.")
    _votes_online(year)
    desk = year.person("desk")
    _votes_at_the_desk(year, desk)
    _finds(year, desk, "N-0001")
    _see_trial(desk, "이미 투표하셨어요", "다시 할 수 없어요.")
    late = year.newcomer("neighbour", PHONE)
    _identifies(year, late, "N-0002")
    _see_trial(late, "이미 투표하셨어요", "현장")
    _identifies(year, late, "N-0003")
    _casts(late, "머물고 싶은 경춘선숲길")
    late.go(year.election)
    _see_trial(late, "투표한 사람", "75.0%", "모바일")
    late.see_not("표를 많이 받은 순서로")


def _votes_online(year: Journey) -> None:
    resident = year.people["resident"]
    resident.go(f"{PLACE}elections/")
    resident.follow(VOTE)
    _see_trial(resident, "의제 2개 가운데", "먼저 해요")
    resident.follow("투표하러 가기")
    resident.fill(reference="N-0001", code="AAAAA-AAAAA")
    resident.press("고르러 가기")
    _see_trial(resident, "선거인 번호나 접근 번호가 맞지 않아요.")
    resident.fill(code=year.codes["N-0001"].lower())
    resident.check("다음에는 이 계정으로 바로 들어오기")
    resident.press("고르러 가기")
    _see_trial(resident, "1개까지")
    resident.check("함께 밝히는 공릉 굴다리", "머물고 싶은 경춘선숲길")
    resident.see("1개를 빼 주세요")
    resident.press("다시 보기")
    _see_trial(resident, "1개까지 고를 수 있어요. 1개를 빼 주세요.")
    resident.page.get_by_label("머물고 싶은 경춘선숲길", exact=True).uncheck()
    _casts(resident)
    resident.page.go_back()
    resident.go(f"{year.election}vote/")
    resident.press("이 번호로 투표하기")
    _see_trial(resident, "이미 투표하셨어요")


def _casts(voter: Visitor, *picks: str) -> None:
    voter.check(*picks)
    voter.press("다시 보기")
    _see_trial(voter, "1개를 골랐어요")
    voter.press("표 넣기")
    _see_trial(voter, "표가 담겼어요", "접수 번호")
    expect(voter.page.locator(".slip .code span")).to_have_count(4)


def _identifies(year: Journey, voter: Visitor, number: str) -> None:
    voter.go(f"{year.election}vote/")
    voter.fill(reference=number, code=year.codes[number])
    voter.press("고르러 가기")


def _finds(year: Journey, desk: Visitor, number: str) -> None:
    desk.go(f"{year.election}desk/")
    desk.fill(reference=number)
    desk.press("찾기")


def _votes_at_the_desk(year: Journey, desk: Visitor) -> None:
    year.people["resident"].is_refused(f"{year.election}desk/", saying="만 할 수 있는 일이에요.")
    _finds(year, desk, "N-0002")
    desk.see("이바다", "공릉2동")
    desk.follow("본인이 고르게 하기 (현장)")
    _casts(desk, "함께 밝히는 공릉 굴다리")
    desk.follow("다음 분 찾기")


def the_result_is_certified_by_another_officer(year: Journey) -> None:
    year.yard.on(day(5, 28))
    year.people["stranger"].go(year.election)
    _see_trial(year.people["stranger"], "투표 시간이 끝났어요.")
    support, coordinator = year.person("support"), year.person("coordinator")
    support.go(f"{year.election}manage/")
    support.press("마감하고 세기")
    _see_trial(support, "투표를 마감하고 세었어요.", "다른 담당자가 확인해 주세요.")
    expect(support.page.get_by_role("button", name="결과 확정하기")).to_have_attribute("aria-disabled", "true")
    coordinator.go(f"{year.election}manage/")
    coordinator.press("결과 확정하기")
    _see_trial(coordinator, "결과를 확정하고 제안한 분들에게 알렸어요.")
    resident = year.people["resident"]
    resident.go(year.election)
    _see_trial(resident, "투표 결과", "온라인", "모바일", "현장", "종이", "표 3장에 고른 의제 3개", "75.0")
    expect(resident.page.locator("ol.stack > li").first).to_contain_text("함께 밝히는 공릉 굴다리")
    expect(resident.page.locator("ol.stack > li").first).to_contain_text("2표")
    _record_open_forum(year)
    year.enter_stage("세부계획 수립")


def _record_open_forum(year: Journey) -> None:
    support = year.person("support")
    support.go(f"{PLACE}forums/")
    support.follow(OPEN_FORUM)
    support.follow("결과 기록하기")
    support.fill(origin_residents="40", gender_female="22", gender_male="18", age_30s="40", outcome="함께 골랐어요.")
    support.press("기록하기")


def _see_trial(visitor: Visitor, *texts: str) -> None:
    """Every page of a vote says that it is a trial."""
    visitor.see(*texts)
    expect(visitor.page.locator("main").get_by_text("시범", exact=True).first).to_be_visible()
