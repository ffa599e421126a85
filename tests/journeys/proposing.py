"""From a resident's sentence to an agenda: proposing, a file, a forum, the merge desk."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.journeys.journey import PLACE, Journey
from tests.journeys.visitor import PHONE, Visitor, day

RESIDENT = "haneul@example.org"
TITLE = "굴다리 <script>alert(1)</script> 밤길에 불빛을"
PROBLEM = "공릉1동 굴다리가 어두워서 저녁이면 멀리 돌아가요."
HEADINGS = "번호,제목,내용,등록일,동,이름"
ROWS = (
    "n-1,굴다리 벽이 무서워요,밤에 벽 쪽으로 걷기가 무서워요.,2020-03-20,공릉1동,박이웃",
    "n-2,경춘선숲길에 앉을 곳,숲길을 걷다가 쉴 자리가 모자라요.,2020-03-21,공릉2동,최이웃",
    "n-3,,제목을 잊은 줄이에요.,2020-03-21,상계1동,",
    "n-4,숲길 나무에 이름표를,아이들과 걸으며 나무 이름을 알고 싶어요.,2020-03-22,공릉2동,",
)
FILE = "\n".join((HEADINGS, *ROWS)).encode("cp949")
FORUM = "공릉1동 이웃 공론장"


def a_resident_signs_up_and_proposes(year: Journey) -> None:
    year.yard.on(day(3, 27))
    year.enter_stage("의제 발굴")
    resident = year.newcomer("resident", PHONE)
    _sign_up(resident)
    resident.go(f"{PLACE}proposals/")
    resident.follow("제안하기")
    resident.press("제안 보내기")
    resident.see("한 줄 제목을 적어 주세요.")
    resident.fill(title=TITLE, problem=PROBLEM, wish="낮은 불빛과 거울이 있으면 좋겠어요.")
    resident.choose("dong", "공릉1동")
    with resident.page.expect_navigation():
        resident.page.get_by_role("button", name="제안 보내기").dblclick()
    resident.see("제안을 받았어요", "노원-2020-0001", TITLE)
    _sends_the_form_again(resident)
    resident.go(f"{PLACE}proposals/2020-0001/")
    resident.see(TITLE, PROBLEM, "김○○")
    resident.see_not("김하늘")
    resident.is_refused(f"{PLACE}proposals/import/", saying="만 할 수 있는 일이에요.")
    stranger = year.newcomer("stranger", PHONE)
    stranger.go(f"{PLACE}proposals/new/")
    stranger.see("로그인", "보내 드려요")


def _sign_up(resident: Visitor) -> None:
    resident.go("/accounts/login/")
    resident.follow("처음 오셨나요? 이름 알려 주기")
    resident.press("시작하기")
    resident.fill(email=RESIDENT, name="김하늘")
    resident.press("시작하기")
    resident.fill(code="ABC123")
    resident.press("확인하기")
    resident.see("번호가 달라요. 편지에 온 번호를 다시 봐 주세요.")
    resident.fill(code=resident.code_for(RESIDENT))
    resident.press("확인하기")
    resident.see("김하늘 님")


def _sends_the_form_again(resident: Visitor) -> None:
    """Goes back and sends the same form once more: the proposal stays one."""
    resident.page.go_back()
    resident.fill(title=TITLE)
    with resident.page.expect_navigation():
        resident.page.get_by_role("button", name="제안 보내기").click()
    resident.see("노원-2020-0001")
    resident.go(f"{PLACE}proposals/")
    expect(resident.page.locator("ul.wait > li")).to_have_count(1)


def a_file_of_proposals_comes_in(year: Journey) -> None:
    support = year.person("support")
    support.go(f"{PLACE}proposals/import/")
    support.press("읽어 보기")
    support.see("파일을 골라 주세요.")
    support.give_file("제안.csv", FILE)
    support.press("읽어 보기")
    support.see("제안 3건을 더할 수 있어요", "CP949", "굴다리 벽이 무서워요", "읽을 수 없는 줄 1개")
    expect(support.page.locator("tr", has_text="제목이 비었어요.")).to_contain_text("n-3")
    support.press("제안 3건 더하기")
    support.see("제안 3건을 더했어요")
    support.go(f"{PLACE}proposals/import/")
    support.give_file("같은 제안.csv", FILE)
    support.press("읽어 보기")
    support.see("이미 가져왔어요", "이번에는 더한 것이 없어요.")
    support.go(f"{PLACE}proposals/")
    expect(support.page.locator("ul.wait > li")).to_have_count(4)


def a_forum_is_held_and_written_down(year: Journey) -> None:
    support = year.person("support")
    plan_forum(support, kind="동 공론장", title=FORUM, starts="2020-03-28T14:00", ends="2020-03-28T16:00")
    support.see_not("결과 기록하기")
    year.people["resident"].is_refused(f"{PLACE}forums/new/", saying="만 할 수 있는 일이에요.")
    year.yard.on(day(3, 30))
    support.page.reload()
    support.follow("결과 기록하기")
    support.fill(origin_residents="20", origin_administration="3", gender_female="12", gender_male="10")
    support.fill(age_20s="5", age_30s="8", age_40s="10", outcome="굴다리를 함께 밝히기로 했어요.", opinions_made="14")
    support.press("기록하기")
    support.see("성별 합계가 22명이에요. 속한 곳 합계 23명과 같아야 해요.")
    support.fill(gender_male="11")
    support.press("기록하기")
    support.see("23명이 함께했어요", "굴다리를 함께 밝히기로 했어요.")
    support.follow("여기서 나온 제안 적기")
    support.fill(title="굴다리에 이웃이 그린 벽화를", problem="낡은 벽이 어두운 느낌을 더해요.", proposer_name="정이웃")
    support.press("받아 적기")
    support.see("노원-2020-0005", "굴다리에 이웃이 그린 벽화를")


def plan_forum(staff: Visitor, *, kind: str, title: str, starts: str, ends: str) -> None:
    staff.go(f"{PLACE}forums/new/")
    staff.choose("kind", kind)
    staff.fill(title=title, place="공릉1동 주민센터 3층", starts_at=starts, ends_at=ends, method="모둠 이야기")
    staff.press("공론장 알리기")
    staff.see("공론장을 알렸어요.", title)


def proposals_become_agendas(year: Journey) -> None:
    year.yard.on(day(4, 20))
    year.enter_stage("의제 검토와 융합")
    support = year.person("support")
    year.person("dobong").is_refused(f"{PLACE}agendas/merge/", saying="다른 구의 일이에요.")
    support.go("/home/")
    support.follow("합치기 책상")
    year.agendas["bridge"] = _merge(
        support, (1, 2, 5), title="함께 밝히는 공릉 굴다리", reason="같은 굴다리의 어두움을 말씀하셨어요."
    )
    support.see("제안 3건을 하나로 모았어요", "노원-2020-0001", TITLE, "제안자 1분에게 알렸어요.")
    support.go(f"{PLACE}agendas/merge/")
    year.agendas["path"] = _merge(support, (3, 4), title="머물고 싶은 경춘선숲길", reason="같은 숲길을 말씀하셨어요.")
    resident = year.people["resident"]
    resident.go("/home/")
    news = "내 제안이 「함께 밝히는 공릉 굴다리」 의제가 되었어요"
    resident.follow(news)
    resident.see("함께 밝히는 공릉 굴다리", "같은 굴다리의 어두움을 말씀하셨어요.")
    assert "같은 굴다리의 어두움" in resident.letter_to(RESIDENT, news)
    resident.follow("시범 우편함")
    resident.see(RESIDENT, news)
    resident.go(f"{PLACE}proposals/2020-0001/")
    resident.see("의제가 되었어요")


def _merge(staff: Visitor, numbers: tuple[int, ...], *, title: str, reason: str) -> str:
    """Merges proposals at the desk and returns the address of the agenda."""
    for number in numbers:
        staff.page.locator(f"#pick-{number}").check()
    staff.press("나란히 보기")
    staff.press("의제로 모으고 알리기")
    staff.see("의제 이름을 써 주세요.")
    staff.fill(title=title, summary=f"{title}. 이웃이 함께 정하고 함께 돌봐요.", reason=reason)
    staff.press("의제로 모으고 알리기")
    staff.see(title, reason)
    return staff.page.url.removeprefix(staff.base)
