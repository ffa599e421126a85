"""The draft of Dobong goes round in June, every opinion gets an answer, and the approved plan is handed out in July."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from madang.ground.people.actors import actor_for
from madang.plan.plans.models import Opinion, OpinionRound
from madang.plan.plans.operations import (
    GivenFile,
    answer_opinion,
    enter_opinion,
    give_opinion,
    record_agreements,
    record_handout,
    share_draft,
)
from madang.plan.plans.queries.opinions import working_groups
from madang.plan.plans.queries.plans import approved_version
from madang.plan.plans.queries.site_rules import partners_of
from madang.plan.plans.states import Way
from madang.site.demo import content
from madang.site.demo.scenes import who
from madang.site.demo.scenes.scene import Scene, moment

SHARED_AT = moment(date(2020, 6, 19), 9)
GIVEN_AT = moment(date(2020, 6, 24), 20)
ENTERED_AT = moment(date(2020, 6, 25), 9)
ANSWERED_AT = moment(date(2020, 6, 26), 14)
SIGNED_AT = moment(date(2020, 7, 6), 17)
WRITERS = ("kimhaneul", "yedasom")
SIGNED = "2021년 실행계획을 함께 실행하는 협약서 (예시)\n"
Entry = dict[str, Any]


def scenes() -> Iterator[Scene]:
    """Yield the rounds, the opinions, the answers, and what followed the approval."""
    for entry in content.plan()["draft_round"]:
        at = SHARED_AT if entry["scope"] == Way.ONLINE else moment(entry["starts_on"], 18)
        yield Scene(at, f"draft shared: {entry['scope']}", partial(_share, entry))
    yield Scene(GIVEN_AT, "opinions given online", _give)
    yield Scene(ENTERED_AT, "opinions written down", _enter)
    yield Scene(ANSWERED_AT, "opinions answered", _answer)
    for place, entry in enumerate(content.plan()["handout"], 1):
        yield Scene(moment(entry["on"], 10 + place), f"plan handed out {place}", partial(_hand_out, entry))
    yield Scene(SIGNED_AT, "partners signed", _sign)


def _share(entry: Entry, at: datetime) -> None:
    plan, staff = who.plan(), who.acting("mungaram", at)
    way = Way(entry["scope"])
    groups = list(working_groups(plan.district, at.date())) if way is Way.WORKING_GROUP else [None]
    for group in groups:
        share_draft(
            plan=plan,
            way=way,
            body=group,
            how=entry["how"],
            starts_on=entry["starts_on"],
            ends_on=entry["ends_on"],
            actor=staff,
            at=at,
        )


def _opinions(*, online: bool) -> list[Entry]:
    return [entry for entry in content.plan()["draft_opinion"] if (entry["scope"] == Way.ONLINE) is online]


def _round(entry: Entry) -> OpinionRound:
    """Return the round in which something was said; a working group's own where it is named."""
    rounds = OpinionRound.objects.filter(plan=who.plan(), way=entry["scope"])
    rounds = rounds.select_related("plan__district", "plan__cycle")
    return rounds.filter(body__name=entry["from"]).first() or rounds.get()


def _give(at: datetime) -> None:
    for minutes, (key, entry) in enumerate(zip(WRITERS, _opinions(online=True), strict=True)):
        moment_of = at + timedelta(minutes=minutes)
        give_opinion(round=_round(entry), text=entry["text"], actor=actor_for(who.person(key), moment_of), at=moment_of)


def _enter(at: datetime) -> None:
    staff = who.acting("mungaram", at)
    for entry in _opinions(online=False):
        enter_opinion(round=_round(entry), text=entry["text"], actor=staff, at=at)


def _answer(at: datetime) -> None:
    staff = who.acting("mungaram", at)
    for entry in content.plan()["draft_opinion"]:
        opinion = Opinion.objects.select_related("round__plan__district", "round__plan__cycle").get(
            round__plan=who.plan(), text=entry["text"]
        )
        answer_opinion(opinion=opinion, answer=entry["result"], reason=entry["answer"], actor=staff, at=at)


def _hand_out(entry: Entry, at: datetime) -> None:
    record_handout(
        plan=who.plan(), place=entry["place"], handed_on=entry["on"], actor=who.acting("mungaram", at), at=at
    )


def _sign(at: datetime) -> None:
    plan = who.plan()
    version = approved_version(plan)
    assert version is not None
    record_agreements(
        plan=plan,
        partners=partners_of(version.content),
        signed_on=at.date(),
        document=GivenFile(SIGNED.encode(), "실행 협약서(예시).txt", "text/plain"),
        actor=who.acting("mungaram", at),
        at=at,
    )
