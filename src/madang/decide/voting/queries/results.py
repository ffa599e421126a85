from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count
from django.utils.functional import Promise

from madang.decide.voting.models import Ballot, Election, Option, RollEntry
from madang.decide.voting.queries.elections import options_of
from madang.decide.voting.states import Channel, EntryState
from madang.engines.counting import groups_to_show

SMALLEST_GROUP = 20
# Counting 300,000 voters takes a seventh of a second, which is too much for every look at a public page.
LARGE_ROLL = 20_000
KEPT_SECONDS = 10


@dataclass(frozen=True)
class ChannelCount:
    """How many voted by one way."""

    channel: str
    label: str | Promise
    people: int


@dataclass(frozen=True)
class Turnout:
    """How many of the roll have voted, by channel; ``tenths`` is the share in tenths of a percent."""

    roll: int
    channels: tuple[ChannelCount, ...]

    @property
    def voted(self) -> int:
        return sum(channel.people for channel in self.channels)

    @property
    def tenths(self) -> int:
        return self.voted * 1000 // self.roll if self.roll else 0

    @property
    def share(self) -> str:
        return f"{self.tenths // 10}.{self.tenths % 10}"


def turnout_of(election: Election) -> Turnout:
    """Count who has voted by channel, from the index of the roll alone; on a large roll at most every ten seconds."""
    if (election.roll_size or 0) < LARGE_ROLL:
        voted = spent_by_channel(election)
    else:
        voted = (
            cache.get_or_set(f"voting.turnout.{election.pk}", lambda: spent_by_channel(election), KEPT_SECONDS) or {}
        )
    channels = tuple(ChannelCount(key, label, voted.get(key, 0)) for key, label in Channel.choices)
    return Turnout(election.roll_size or 0, channels)


def spent_by_channel(election: Election) -> dict[str, int]:
    rows = RollEntry.objects.filter(election=election, state=EntryState.SPENT).order_by().values_list("channel")
    return dict(rows.annotate(number=Count("pk")))


def unequal_channels(election: Election) -> list[tuple[str, int, int]]:
    """Return each channel whose voters on the roll and whose ballots differ: channel, voters, ballots."""
    voters = spent_by_channel(election)
    rows = Ballot.objects.filter(election=election).order_by().values_list("channel")
    ballots = dict(rows.annotate(number=Count("pk")))
    return [
        (channel, voters.get(channel, 0), ballots.get(channel, 0))
        for channel in Channel.values
        if voters.get(channel, 0) != ballots.get(channel, 0)
    ]


@dataclass(frozen=True)
class ResultRow:
    """One option's result; ``cells`` are its votes by channel, None where the group is too small to show.

    ``tenths`` is the share of ballots that name it, in tenths of a percent; ``width`` its bar, 0 to 100.
    """

    option: Option
    votes: int
    cells: tuple[int | None, ...]
    tenths: int
    width: int
    tied: bool

    @property
    def share(self) -> str:
        return f"{self.tenths // 10}.{self.tenths % 10}"


@dataclass(frozen=True)
class Result:
    """What was counted: ballots by channel, options by rank, and whether a tie waits for a decision."""

    ballots: int
    picks: int
    channels: tuple[ChannelCount, ...]
    hidden: tuple[ChannelCount, ...]
    rows: tuple[ResultRow, ...]

    @property
    def open_tie(self) -> tuple[ResultRow, ...]:
        return tuple(row for row in self.rows if row.option.chosen is None)

    @property
    def ties(self) -> tuple[ResultRow, ...]:
        return tuple(row for row in self.rows if row.tied)


def result_of(election: Election) -> Result | None:
    """Return the result of a vote from what the close has counted, or None before that."""
    if election.state not in ("closed", "certified"):
        return None
    numbers = {(row.channel, row.option_id): row.number for row in election.tallies.all()}
    channels = tuple(ChannelCount(key, label, numbers.get((key, None), 0)) for key, label in Channel.choices)
    ballots = sum(channel.people for channel in channels)
    shown = groups_to_show({channel.channel: channel.people for channel in channels}, least=SMALLEST_GROUP)
    options = sorted(options_of(election), key=lambda option: (option.rank or 0, option.place))
    most = max((option.votes or 0 for option in options), default=0)
    ties = _tied_votes(options)
    rows = tuple(_row(option, numbers, channels, shown, ballots, most, ties) for option in options)
    hidden = tuple(channel for channel in channels if channel.people and channel.channel not in shown)
    return Result(ballots, sum(row.votes for row in rows), channels, hidden, rows)


def _tied_votes(options: list[Option]) -> set[int]:
    """Return the number of votes at which some were chosen and others not."""
    by_votes: dict[int, set[bool | None]] = {}
    for option in options:
        by_votes.setdefault(option.votes or 0, set()).add(option.chosen)
    return {votes for votes, fates in by_votes.items() if votes and (len(fates) > 1 or None in fates)}


def _row(
    option: Option,
    numbers: Mapping[tuple[str, int | None], int],
    channels: tuple[ChannelCount, ...],
    shown: frozenset[str],
    ballots: int,
    most: int,
    ties: set[int],
) -> ResultRow:
    votes = option.votes or 0
    cells = tuple(
        numbers.get((channel.channel, option.pk), 0) if channel.channel in shown or not channel.people else None
        for channel in channels
    )
    tenths = votes * 1000 // ballots if ballots else 0
    return ResultRow(option, votes, cells, tenths, votes * 100 // most if most else 0, votes in ties)
