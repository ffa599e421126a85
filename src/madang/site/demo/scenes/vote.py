"""The priority vote of Dobong: the roll, ten days of ballots through every channel, the close and the result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache, partial

from madang.decide.voting.models import RollEntry
from madang.decide.voting.operations import (
    Prepared,
    arrange_options,
    cast_ballot,
    certify_election,
    close_election,
    freeze_roll,
    hand_in_roll,
    identify_voter,
    issue_codes,
    open_election,
    prepare_election,
    record_preparation,
    take_roll,
)
from madang.decide.voting.operations.elections import Terms
from madang.decide.voting.states import DESK_CHANNELS, Channel, TieChoice, Viewpoint
from madang.ground.people.actors import NOBODY, Actor
from madang.ground.places.queries import dongs_of
from madang.site.demo import content
from madang.site.demo.content.ballots import ExampleBallot, ballots
from madang.site.demo.scenes import who
from madang.site.demo.scenes.scene import Scene, moment
from madang.site.demo.scenes.voters import in_turn, reference, roll_file

ON_THE_ROLL = 2412
PREPARED_ON = date(2020, 5, 14)
FROZEN_ON = date(2020, 5, 15)
CERTIFIED_AT = moment(date(2020, 5, 28), 11)
# The resident one can sign in as: first on the roll, and votes online.
HANEUL = ("김하늘", date(1987, 9, 14), "방학1동")


def scenes() -> Iterator[Scene]:
    """Yield preparation, opening, each day's ballots, the close and the certified result."""
    vote = content.vote()
    yield Scene(moment(PREPARED_ON), "vote prepared", _prepare)
    yield Scene(moment(FROZEN_ON), "roll frozen", _freeze)
    yield Scene(vote["opens_at"], "vote opened", _open)
    for day in sorted({ballot.on for ballot in ballots()}):
        yield Scene(moment(day, 17, 45), f"ballots of {day}", partial(_cast, day))
    yield Scene(vote["closes_at"], "vote closed", _close)
    yield Scene(CERTIFIED_AT, "vote certified", _certify)


def _prepare(at: datetime) -> None:
    vote, staff = content.vote(), who.acting("hanjiwon", at)
    terms = Terms(
        title=vote["title"],
        opens_at=vote["opens_at"],
        closes_at=vote["closes_at"],
        picks_most=vote["choose_at_most"],
        seats=vote["selected"],
        age_least=vote["min_age"],
        tie_rule=TieChoice.LISTED,
    )
    election = prepare_election(forum=who.forum(vote["open_forum"]), terms=terms, actor=staff, at=at)
    on_ballot = [entry for entry in content.agendas() if entry["on_ballot"]]
    options = [
        (who.agenda(entry["number"]), f"{entry['detail']}\n\n예상 사업비 {entry['estimate_kwon'] // 10:,}만 원")
        for entry in on_ballot
    ]
    arrange_options(election=election, options=options, actor=staff, at=at)
    dongs = [dong.name for dong in dongs_of(election.district, vote["closes_at"].date())]
    roll = roll_file(vote["seed"], dongs, ON_THE_ROLL, [HANEUL])
    file, _check = hand_in_roll(election=election, content=roll, name="투표인명부.csv", actor=staff, at=at)
    take_roll(file=file, actor=staff, at=at)


def _freeze(at: datetime) -> None:
    staff, election = who.acting("hanjiwon", at), who.election()
    told = Prepared(
        material_given_on=at.date(),
        material_how="누리집에 올리고 14개 동주민센터에 인쇄물을 두었다",
        viewpoints=tuple(Viewpoint.values),
        paper_instructions=True,
    )
    record_preparation(election=election, prepared=told, actor=staff, at=at)
    freeze_roll(election=election, actor=staff, at=at)
    codes = issue_codes(election=election, actor=staff, at=at + timedelta(hours=1))
    code = next(code for number, _name, code in codes if number == reference(1))
    identify_voter(
        election=election,
        reference=reference(1),
        code=code,
        visitor="example",
        actor=who.acting("kimhaneul", at),
        at=at + timedelta(hours=9),
        claim=True,
    )


def _open(at: datetime) -> None:
    open_election(election=who.election(), actor=who.acting("hanjiwon", at), at=at)


@cache
def _voters() -> dict[tuple[str, int], str]:
    """Return the number of the voter who casts a ballot: by channel and place in it."""
    turn = iter(in_turn(content.vote()["seed"], ON_THE_ROLL))
    return {(ballot.channel, ballot.place): next(turn) for ballot in ballots()}


@cache
def _ballots_by_day() -> dict[date, list[ExampleBallot]]:
    days = defaultdict(list)
    for ballot in ballots():
        days[ballot.on].append(ballot)
    return days


def _cast(day: date, until: datetime) -> None:
    """Cast a day's ballots one after another, from ten o'clock or the opening on."""
    election, today = who.election(), _ballots_by_day()[day]
    options = {option.agenda.number: option.pk for option in election.options.select_related("agenda")}
    numbers = [_voters()[ballot.channel, ballot.place] for ballot in today]
    entries = {entry.reference: entry for entry in RollEntry.objects.filter(election=election, reference__in=numbers)}
    begin = moment(day, 10, 5)
    step = (until - begin) / len(today)
    desks = [who.acting(key, until) for key in ("pyohangyeol", "gilnarae")]
    for place, (ballot, number) in enumerate(zip(today, numbers, strict=True)):
        cast_ballot(
            election=election,
            entry=entries[number],
            choices=[options[int(label.removeprefix("의"))] for label in ballot.choices],
            channel=Channel(ballot.channel),
            key=f"example-{ballot.channel}-{ballot.place:05}",
            actor=_caster(ballot, desks),
            at=begin + place * step,
        )


def _caster(ballot: ExampleBallot, desks: list[Actor]) -> Actor:
    return desks[ballot.place % len(desks)] if ballot.channel in DESK_CHANNELS else NOBODY


def _close(at: datetime) -> None:
    close_election(election=who.election(), actor=who.acting("hanjiwon", at), at=at)


def _certify(at: datetime) -> None:
    certify_election(election=who.election(), actor=who.acting("seodaon", at), at=at)
