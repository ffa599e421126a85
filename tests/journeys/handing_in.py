"""From the approved plan to the city, to everybody, and what the log kept of it all."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

from playwright.sync_api import expect
from pypdf import PdfReader
from tests.journeys.journey import PLACE, PLAN, Journey
from tests.journeys.planning import AGENDA, CARED, LIT, write_letter
from tests.journeys.proposing import PROBLEM, RESIDENT
from tests.journeys.visitor import Visitor, day

# Every kind of change of the year, as the log names it.
IN_THE_LOG = {
    "people.sign_up", "people.sign_in", "cycles.set_stage", "agendas.propose", "agendas.import", "forums.plan",
    "forums.record",
    "agendas.write_down", "agendas.merge", "agendas.ask_review", "agendas.answer_review", "agendas.judge",
    "agendas.conclude", "voting.prepare", "voting.arrange_options", "voting.hand_in_roll", "voting.take_roll",
    "voting.freeze_roll", "voting.issue_codes", "voting.open", "voting.claim_entry", "voting.cast", "voting.close",
    "voting.certify", "agendas.take_result", "plans.start", "plans.save_goal", "plans.save_task",
    "plans.add_project_from_agenda", "plans.add_foundation_project", "plans.save_budget", "plans.edit",
    "plans.edit_project", "plans.freeze", "bodies.call_meeting", "bodies.put_motion", "bodies.open_meeting",
    "bodies.cast_votes", "bodies.close_motion", "plans.approve", "bodies.close_meeting", "review.submit",
    "plans.submit",
}  # fmt: skip
# Who signs up is not signed in yet, and one votes with a number and a code, signed in or not.
WITHOUT_ACTOR = {"people.sign_up", "voting.cast"}


def the_plan_reaches_the_city(year: Journey) -> None:
    year.yard.on(day(7, 8))
    writer, city = year.person("secretariat"), year.person("city")
    city.go("/city/inbox/")
    city.see("아직 들어온 계획이 없어요")
    writer.go("/home/")
    writer.follow("승인된 계획을 서울시에 내 주세요")
    writer.press("서울시에 내기")
    write_letter(writer)
    writer.press("서울시에 내기")
    writer.see("서울시에 냈어요.", "1판")
    city.go("/home/")
    assert "승인한 1판" in city.letter_to(year.accounts["city"], "노원구 계획이 들어왔어요")
    city.go("/city/inbox/")
    city.follow("노원구")
    city.see("노원구 계획이 서울시에 들어왔어요", "협치회의와 분과가 세 번 함께 모였어요.")
    year.person("dobong").is_refused(f"{PLAN}submission/", status=404)
    year.people["resident"].is_refused(f"{PLAN}submission/", status=404)
    writer.is_refused("/city/inbox/", saying="만 할 수 있는 일이에요.")
    writer.go(f"{PLAN}projects/S1/budget/")
    expect(writer.page.get_by_role("button", name="예산 저장하기")).to_have_count(0)


def the_papers_say_what_was_approved(year: Journey) -> None:
    city = year.person("city")
    city.go(f"{PLAN}submission/")
    plan = city.page.locator("section", has=city.page.get_by_role("heading", name="낸 서류"))
    for kind, read in (("PDF", _words_of_pdf), ("HWPX", _words_of_hwpx)):
        links = plan.get_by_role("link", name=kind, exact=True)
        letter = read(city.download(links.nth(0).click))
        assert _holds(letter, "지역사회혁신계획", "고은솔", "노원")
        whole = read(city.download(links.nth(2).click))
        assert _holds(whole, AGENDA, LIT, CARED, "40,000", "60,000", "100,000", "102,000"), kind


def _words_of_pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def _words_of_hwpx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.read("mimetype") == b"application/hwp+zip"
        names = sorted(name for name in package.namelist() if re.fullmatch(r"Contents/section\d+\.xml", name))
        roots = [ElementTree.fromstring(package.read(name)) for name in names]
    return "\n".join(text for root in roots for text in root.itertext())


def _holds(text: str, *wanted: str) -> bool:
    """Whether all stand in a text whose lines may be broken anywhere."""
    plain = re.sub(r"\s+", "", text)
    missing = [words for words in wanted if re.sub(r"\s+", "", words) not in plain]
    assert not missing, f"{missing} not in {text[:3000]}"
    return True


def everybody_can_follow_the_sentence_to_the_money(year: Journey) -> None:
    reader = year.people["stranger"]
    reader.go("/")
    tile = reader.page.locator("svg.tiles a", has_text="노원")
    expect(tile).to_have_attribute("aria-label", "노원구: 제출")
    expect(tile.locator("rect")).to_have_class("r6")
    reader.page.get_by_text("25개 구를 표로 보기").click()
    reader.look()
    expect(reader.page.locator("tbody tr", has_text="노원구")).to_contain_text("제출")
    expect(reader.page.locator("tbody tr", has_text="도봉구")).not_to_contain_text("제출")
    reader.go(f"{PLACE}thread/2020-0001/")
    steps = ("의제", "푸른도시과", "우선순위 투표 2개 의제 가운데 1위", "2021년 실행계획에 100,000천원으로 담겼어요")
    reader.see(PROBLEM, "노원-2020-0001", *steps, "계획이 서울시에 들어갔어요")
    lines = reader.page.locator("ol.thread tbody tr")
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("60,000")
    expect(reader.page.locator("ol.thread tfoot")).to_contain_text("100,000")
    reader.see_not("김하늘")
    _reads_in_english(reader)


def _reads_in_english(reader: Visitor) -> None:
    reader.press("English")
    reader.see("Nowon-gu", "In the action plan for 2021 with 100,000 thousand won")
    assert reader.page.locator("html").get_attribute("lang") == "en"
    reader.press("한국어")


def the_log_holds_every_change(year: Journey) -> None:
    (began,) = year.yard.rows("SELECT max(id) FROM audit_entry WHERE operation LIKE 'bodies.seat%%'")[0]
    rows = year.yard.rows(
        "SELECT operation, actor_id, change, before, after, at, database_role FROM audit_entry WHERE id > %s", began
    )
    done = {operation for operation, *_rest in rows}
    assert not IN_THE_LOG - done, f"not in the log: {IN_THE_LOG - done}; there are {sorted(done)}"
    for operation, actor, change, before, after, at, role in rows:
        assert operation != "direct", f"{change} outside an operation: {after}"
        assert at.year == 2020, operation
        assert role == "madang_app", operation
        assert operation in WITHOUT_ACTOR or actor is not None, operation
        assert (before is None) == (change in ("insert", "event")), (operation, change)
        assert (after is None) == (change in ("delete", "event")), (operation, change)
    said = str([(before, after) for _operation, _actor, _change, before, after, _at, _role in rows])
    for name in ("김하늘", "이바다", RESIDENT):
        assert name not in said, f"{name} stands in the log"
