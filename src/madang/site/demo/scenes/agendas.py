"""The agendas of Dobong: merged in April, reviewed by departments, judged by the subcommittees in May."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from itertools import groupby
from typing import Any

from madang.decide.agendas.models import Agenda
from madang.decide.agendas.operations.criteria import Judgement, conclude_criteria, judge_criteria
from madang.decide.agendas.operations.judged import invite_proposers, judge_exclusions, note_who_came
from madang.decide.agendas.operations.merging import merge
from madang.decide.agendas.operations.reviews import answer_review, ask_departments
from madang.decide.agendas.queries.judging import proposals_to_invite
from madang.decide.agendas.states import Criterion, InvitationStep
from madang.site.demo import content
from madang.site.demo.scenes import who
from madang.site.demo.scenes.scene import Scene, moment

ASKED_ON = date(2020, 4, 24)
DUE_ON = date(2020, 5, 10)
CONCLUDED_ON = date(2020, 5, 13)
NOT_EXCLUDED = "부서검토를 함께 읽었고, 시민참여예산 조례의 부적격 항목에 해당하지 않는다."
# When the proposers were invited to each step, how, and when those who came were noted (AGENDA-6).
INVITED = (
    (InvitationStep.DELIBERATION, date(2020, 4, 27), "전화와 문자", date(2020, 5, 12)),
    (InvitationStep.OPEN_FORUM, date(2020, 5, 14), "누리집 알림과 문자", date(2020, 5, 20)),
    (InvitationStep.PLANNING, date(2020, 6, 1), "전화와 문자", date(2020, 6, 11)),
)

Answer = tuple[str, dict[str, Any]]


def scenes() -> Iterator[Scene]:
    """Yield merging, questions to departments, their answers day by day, judgements and conclusions."""
    for day, entries in groupby(content.agendas(), key=lambda entry: entry["merged_on"]):
        yield Scene(moment(day), f"agendas merged on {day}", partial(_merge, list(entries)))
    yield Scene(moment(ASKED_ON), "departments asked", _ask)
    for day, answers in sorted(_answers_by_day().items()):
        yield Scene(moment(day, 16), f"departments answer on {day}", partial(_answer, answers))
    for day, entries in groupby(content.agendas(), key=lambda entry: entry["judged_on"]):
        yield Scene(moment(day, 15), f"agendas judged on {day}", partial(_judge, list(entries)))
    yield Scene(moment(CONCLUDED_ON, 10), "exclusions judged", _exclude)
    yield Scene(moment(CONCLUDED_ON, 11), "agendas concluded", _conclude)
    for step, day, how, noted_on in INVITED:
        yield Scene(moment(day, 17), f"proposers invited to {step.value}", partial(_invite, step, how))
        yield Scene(moment(noted_on, 18), f"who came to {step.value}", partial(_note, step))


def _merge(entries: list[dict[str, Any]], at: datetime) -> None:
    staff = who.acting("hanjiwon", at)
    for entry in entries:
        agenda = merge(
            proposals=who.proposals("dobong", entry["proposals"]),
            title=entry["title"],
            summary=entry["summary"],
            reason=entry["merge_reason"],
            actor=staff,
            at=at,
        )
        if f"의{agenda.number:02}" != entry["number"]:
            raise ValueError(f"agenda {entry['number']} of the example got the number {agenda.number}")


def _ask(at: datetime) -> None:
    staff = who.acting("hanjiwon", at)
    for entry in content.agendas():
        departments = [who.department(review["department"]) for review in entry["reviews"]]
        ask_departments(agenda=who.agenda(entry["number"]), departments=departments, due_on=DUE_ON, actor=staff, at=at)


def _answers_by_day() -> dict[date, list[Answer]]:
    answers = defaultdict(list)
    for entry in content.agendas():
        for review in entry["reviews"]:
            answers[review["on"]].append((entry["number"], review))
    return answers


def _answer(answers: list[Answer], at: datetime) -> None:
    for label, entry in answers:
        asked = who.agenda(label).department_reviews.select_related("agenda__district", "agenda__cycle", "department")
        answer_review(
            review=asked.get(department=who.department(entry["department"])),
            verdict=entry["verdict"],
            reason=entry["text"],
            conditions=entry["condition"],
            actor=who.acting(entry["reviewer"], at),
            at=at,
        )


def _judge(entries: list[dict[str, Any]], at: datetime) -> None:
    for entry in entries:
        for judged in entry["criteria"]:
            judgements = {
                criterion: Judgement(judged[criterion.value]["met"], judged[criterion.value]["reason"])
                for criterion in Criterion
            }
            judge_criteria(
                agenda=who.agenda(entry["number"]),
                judgements=judgements,
                actor=who.acting(judged["reviewer"], at),
                at=at,
            )


def _conclude(at: datetime) -> None:
    staff = who.acting("hanjiwon", at)
    for entry in content.agendas():
        is_fit = conclude_criteria(
            agenda=who.agenda(entry["number"]), reason=entry.get("stays_listed", ""), actor=staff, at=at
        )
        if is_fit != entry["on_ballot"]:
            raise ValueError(f"agenda {entry['number']} of the example was concluded otherwise than written")


def _exclude(at: datetime) -> None:
    for entry in content.agendas():
        reviewer = who.acting(entry["criteria"][0]["reviewer"], at)
        agenda = who.agenda(entry["number"])
        judge_exclusions(agenda=agenda, points=(), reason=NOT_EXCLUDED, actor=reviewer, at=at)


def _agendas_of(step: InvitationStep) -> list[Agenda]:
    """Return the agendas that have come to a step: all of them, those on the ballot, those that were chosen."""
    found = [who.agenda(entry["number"]) for entry in content.agendas()]
    wanted = {InvitationStep.OPEN_FORUM: ("fit",), InvitationStep.PLANNING: ("chosen",)}.get(step)
    return [agenda for agenda in found if wanted is None or agenda.state in wanted]


def _invite(step: InvitationStep, how: str, at: datetime) -> None:
    staff = who.acting("hanjiwon", at)
    for agenda in _agendas_of(step):
        proposals = proposals_to_invite(agenda)
        if proposals:
            invite_proposers(
                agenda=agenda, step=step, proposals=proposals, how=how, invited_on=at.date(), actor=staff, at=at
            )


def _note(step: InvitationStep, at: datetime) -> None:
    """Note who came: everybody but each third proposer."""
    staff = who.acting("hanjiwon", at)
    invited = Agenda.objects.filter(invitations__step=step, district__slug="dobong").distinct()
    for agenda in invited.select_related("district", "cycle"):
        came = [proposal for place, proposal in enumerate(proposals_to_invite(agenda)) if place % 3 != 2]
        note_who_came(agenda=agenda, step=step, came=came, actor=staff, at=at)
