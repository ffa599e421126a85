"""The agendas of Dobong: merged in April, reviewed by departments, judged by the subcommittees in May."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from itertools import groupby
from typing import Any

from madang.decide.agendas.operations.criteria import Judgement, conclude_criteria, judge_criteria
from madang.decide.agendas.operations.merging import merge
from madang.decide.agendas.operations.reviews import answer_review, ask_departments
from madang.decide.agendas.states import Criterion
from madang.site.demo import content
from madang.site.demo.scenes import who
from madang.site.demo.scenes.scene import Scene, moment

ASKED_ON = date(2020, 4, 24)
DUE_ON = date(2020, 5, 10)
CONCLUDED_ON = date(2020, 5, 13)

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
    yield Scene(moment(CONCLUDED_ON, 11), "agendas concluded", _conclude)


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
