"""Votes in the states that tests begin with."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from madang.decide.agendas.models import Agenda
from madang.decide.forums.models import Forum
from madang.decide.voting import operations
from madang.decide.voting.models import Election, RollEntry
from madang.decide.voting.operations.elections import Terms
from madang.decide.voting.states import Channel
from madang.ground.cycles.models import Cycle
from madang.ground.people.actors import NOBODY, Actor
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder
from madang.ground.places.models import District, Dong

KEY = "0123456789abcdef-"


def open_forum(at: datetime, *, district: str = "dobong", kind: str = "open") -> Forum:
    place = District.objects.get(slug=district)
    cycle = Cycle.objects.get_or_create(planning_year=2020)[0]
    return Forum.objects.create(
        district=place,
        cycle=cycle,
        kind=kind,
        title="2021년 의제를 고르는 열린 공론장",
        place="구청 2층",
        starts_at=at + timedelta(days=2),
        ends_at=at + timedelta(days=2, hours=3),
    )


def fit_agendas(forum: Forum, at: datetime, number: int = 5) -> list[Agenda]:
    first = Agenda.objects.count() + 1
    return [
        Agenda.objects.create(
            district=forum.district,
            cycle=forum.cycle,
            number=n,
            title=f"의제 {n}",
            summary=f"의제 {n}에서 함께할 일",
            state="fit",
            created_at=at,
        )
        for n in range(first, first + number)
    ]


def terms(at: datetime, **changes: object) -> Terms:
    values: dict[str, object] = {
        "title": "의제 우선순위 투표",
        "opens_at": at - timedelta(hours=1),
        "closes_at": at + timedelta(days=6),
        "picks_most": 3,
        "seats": 2,
        "age_least": 14,
        "tie_rule": "decide",
    }
    return Terms(**{**values, **changes})  # type: ignore[arg-type]


def prepared(at: datetime, officer: Actor | None = None, *, agendas: int = 5, **changes: object) -> Election:
    """A vote being prepared, with every fit agenda on the ballot."""
    forum = open_forum(at)
    fit_agendas(forum, at, agendas)
    officer = officer or holder(Role.SECRETARIAT, at)
    return operations.prepare_election(forum=forum, terms=terms(at, **changes), actor=officer, at=at)


def dong(day: date = date(2020, 5, 27)) -> Dong:
    return Dong.objects.on(day).filter(district__slug="dobong").order_by("name")[0]


def voters(election: Election, number: int) -> list[RollEntry]:
    place = dong(timezone.localdate(election.closes_at))
    return RollEntry.objects.bulk_create(
        RollEntry(election=election, reference=str(n), name=f"주민{n}", birth_on=date(1980, 1, 1), dong=place)
        for n in range(1, number + 1)
    )


def opened(at: datetime, officer: Actor | None = None, *, people: int = 10, **changes: object) -> Election:
    """A vote that is open, with people on its roll."""
    officer = officer or holder(Role.SECRETARIAT, at)
    election = prepared(at, officer, **changes)
    voters(election, people)
    operations.freeze_roll(election=election, actor=officer, at=at)
    operations.open_election(election=election, actor=officer, at=at)
    return election


def option_ids(election: Election) -> list[int]:
    return list(election.options.order_by("place").values_list("pk", flat=True))


def cast(election: Election, number: int, places: list[int], at: datetime, **changes: object) -> operations.Receipt:
    """Cast a ballot for the options at these places of the list, online unless said otherwise."""
    options = option_ids(election)
    entry = RollEntry.objects.get(election=election, reference=str(number))
    values: dict[str, object] = {"channel": Channel.ONLINE, "key": f"{KEY}{number}", "actor": NOBODY}
    return operations.cast_ballot(
        election=election,
        entry=entry,
        choices=[options[place - 1] for place in places],
        at=at,
        **{**values, **changes},  # type: ignore[arg-type]
    )
