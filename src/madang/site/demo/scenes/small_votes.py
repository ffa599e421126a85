"""The priority votes of the other districts: reviewed in short, with a small roll and ballots online."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from madang.decide.agendas.models import Agenda
from madang.decide.agendas.operations.criteria import Judgement, conclude_criteria, judge_criteria
from madang.decide.agendas.operations.judged import judge_exclusions
from madang.decide.agendas.operations.reviews import answer_review, ask_departments
from madang.decide.agendas.states import Criterion, Verdict
from madang.decide.forums.operations import plan_forum
from madang.decide.forums.states import ForumKind
from madang.decide.voting.models import RollEntry
from madang.decide.voting.operations import (
    Prepared,
    cast_ballot,
    certify_election,
    close_election,
    freeze_roll,
    hand_in_roll,
    open_election,
    prepare_election,
    record_preparation,
    take_roll,
)
from madang.decide.voting.operations.elections import Terms
from madang.decide.voting.states import Channel, TieChoice, Viewpoint
from madang.ground.people.actors import NOBODY
from madang.ground.people.models import Department
from madang.ground.places.queries import dongs_of
from madang.site.demo.scenes import who
from madang.site.demo.scenes.districts import DEPARTMENT, address, officer_of, others, record
from madang.site.demo.scenes.names import draw
from madang.site.demo.scenes.scene import Scene, moment
from madang.site.demo.scenes.voters import in_turn, roll_file

ON_THE_ROLL = 40
BALLOTS = 24
REASONS = {
    Criterion.OPENNESS: "공론장과 누리집이 누구에게나 열려 있었다.",
    Criterion.DELIBERATION: "여러 자리에서 좋은 점과 걱정을 함께 살폈다.",
    Criterion.PUBLIC_INTEREST: "한 모임을 넘어 동네가 함께 쓰는 일이다.",
    Criterion.COOPERATION: "주민이 맡을 일과 부서가 맡을 일이 나뉘어 있다.",
}
NOT_EXCLUDED = "시민참여예산 조례의 부적격 항목에 해당하지 않음."
Entry = dict[str, Any]


def scenes() -> Iterator[Scene]:
    """Yield review, vote and result of every district that votes."""
    for entry in others():
        if "vote" not in entry:
            continue
        slug, opens_at = entry["slug"], moment(entry["vote"]["opens_on"])
        closes_at = moment(entry["vote"]["closes_on"], 18)
        for days, name, run in ((14, "departments asked", _ask), (10, "departments answer", _answer)):
            yield Scene(opens_at - timedelta(days=days), f"{slug} {name}", partial(run, slug))
        yield Scene(opens_at - timedelta(days=8), f"{slug} agendas judged", partial(_judge, slug))
        yield Scene(opens_at - timedelta(days=6), f"{slug} vote prepared", partial(_prepare, entry, closes_at))
        yield Scene(opens_at, f"{slug} vote opened", partial(_open, slug))
        yield Scene(opens_at + timedelta(days=2, hours=7), f"{slug} ballots", partial(_cast, slug))
        yield Scene(closes_at, f"{slug} vote closed", partial(_close, slug))
        yield Scene(closes_at + timedelta(hours=16), f"{slug} vote certified", partial(_certify, slug))


def _agendas(slug: str) -> list[Agenda]:
    found = Agenda.objects.filter(district__slug=slug, cycle__planning_year=who.PLANNING_YEAR)
    return list(found.select_related("district", "cycle"))


def _ask(slug: str, at: datetime) -> None:
    department = Department.objects.get(district__slug=slug, name=DEPARTMENT)
    staff = who.acting_as(officer_of(slug), at)
    for agenda in _agendas(slug):
        due_on = at.date() + timedelta(days=5)
        ask_departments(agenda=agenda, departments=[department], due_on=due_on, actor=staff, at=at)


def _answer(slug: str, at: datetime) -> None:
    officer = who.acting_as(address(slug, "village"), at)
    for agenda in _agendas(slug):
        answer_review(
            review=agenda.department_reviews.select_related("agenda__district", "agenda__cycle", "department").get(),
            verdict=Verdict.FEASIBLE,
            reason="주민이 돌보는 일을 함께 맡으면 부서의 한 해 일정 안에서 할 수 있음.",
            conditions="",
            actor=officer,
            at=at,
        )


def _judge(slug: str, at: datetime) -> None:
    staff = who.acting_as(officer_of(slug), at)
    judgements = {criterion: Judgement(True, reason) for criterion, reason in REASONS.items()}
    for agenda in _agendas(slug):
        first = who.acting_as(address(slug, "member1"), at)
        judge_exclusions(agenda=agenda, points=(), reason=NOT_EXCLUDED, actor=first, at=at)
        for member in ("member1", "member2"):
            reviewer = who.acting_as(address(slug, member), at)
            judge_criteria(agenda=agenda, judgements=judgements, actor=reviewer, at=at)
        conclude_criteria(agenda=agenda, reason="", actor=staff, at=at + timedelta(hours=2))


def _prepare(entry: Entry, closes_at: datetime, at: datetime) -> None:
    """Plan the open forum, set up its vote with a roll, and freeze it."""
    slug = entry["slug"]
    staff, district = who.acting_as(officer_of(slug), at), who.district(slug)
    opens_at = moment(entry["vote"]["opens_on"])
    forum = plan_forum(
        district=district,
        cycle=who.cycle(),
        kind=ForumKind.OPEN,
        title=_forum_title(slug),
        place=f"{district.name}청 대강당",
        starts_at=opens_at - timedelta(days=1) + timedelta(hours=4),
        ends_at=opens_at - timedelta(days=1) + timedelta(hours=7),
        actor=staff,
        at=at,
    )
    agendas = len(entry["agendas"])
    terms = Terms(
        title=f"2021년 {district.name} 의제 우선순위 투표",
        opens_at=opens_at,
        closes_at=closes_at,
        picks_most=max(1, agendas - 1),
        seats=max(1, agendas - 1),
        age_least=14,
        tie_rule=TieChoice.LISTED,
    )
    election = prepare_election(forum=forum, terms=terms, actor=staff, at=at)
    dongs = [dong.name for dong in dongs_of(district, closes_at.date())]
    roll = roll_file(slug, dongs, ON_THE_ROLL)
    file, _check = hand_in_roll(election=election, content=roll, name="투표인명부.csv", actor=staff, at=at)
    take_roll(file=file, actor=staff, at=at)
    freeze_roll(election=election, actor=staff, at=at + timedelta(hours=3))


def _forum_title(slug: str) -> str:
    return f"{who.district(slug).short_name} 열린 공론장: 내년에 함께할 일"


def _open(slug: str, at: datetime) -> None:
    title = _forum_title(slug)
    outcome = "의제마다 탁자를 두고 중요성, 공익성, 긴급성, 단기 실현성을 차례로 이야기했다."
    people = 70 + draw(f"{slug}|open forum", 60)
    record(slug, {"title": title, "participants": people, "outcome": outcome}, at)
    told = Prepared(
        material_given_on=at.date() - timedelta(days=1),
        material_how="열린 공론장에서 인쇄물로 나누고 누리집에 올렸다",
        viewpoints=tuple(Viewpoint.values),
        paper_instructions=True,
    )
    record_preparation(election=who.election(slug), prepared=told, actor=who.acting_as(officer_of(slug), at), at=at)
    open_election(election=who.election(slug), actor=who.acting_as(officer_of(slug), at), at=at)


def _cast(slug: str, at: datetime) -> None:
    election = who.election(slug)
    options = list(election.options.order_by("place"))
    entries = {entry.reference: entry for entry in RollEntry.objects.filter(election=election)}
    for place, number in enumerate(in_turn(slug, ON_THE_ROLL)[:BALLOTS]):
        text = f"{slug}|{number}"
        # The options weigh less the later they stand, so that a result is not left to a tie.
        liked = [option.pk for rank, option in enumerate(options) if draw(f"{text}|{rank}", 100) < 82 - 17 * rank]
        cast_ballot(
            election=election,
            entry=entries[number],
            choices=liked[: election.picks_most] or [options[0].pk],
            channel=Channel.ONLINE,
            key=f"example-{slug}-{place:05}",
            actor=NOBODY,
            at=at - timedelta(minutes=3 * (BALLOTS - place)),
        )


def _close(slug: str, at: datetime) -> None:
    close_election(election=who.election(slug), actor=who.acting_as(officer_of(slug), at), at=at)


def _certify(slug: str, at: datetime) -> None:
    certify_election(election=who.election(slug), actor=who.acting_as(address(slug, "coordinator"), at), at=at)
