from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum


class UnableToCount(ValueError):
    """A ballot or a setting that no rule can count."""


class TieRule(Enum):
    """What is done, as stated before the opening, when more options are equal than seats are left.

    ``DECIDE`` leaves the seats open until people decide among the tied; ``LISTED`` takes the option that stands
    earlier in the order given beforehand.
    """

    DECIDE = "decide"
    LISTED = "listed"


@dataclass(frozen=True)
class Standing:
    """One option's place: equal votes share a rank (1, 2, 2, 4); ``tied`` means equal across the last seat."""

    option: int
    votes: int
    rank: int
    chosen: bool
    tied: bool


@dataclass(frozen=True)
class Count:
    """The result of a count: standings by rank and listed order, and the seats a tie leaves open."""

    ballots: int
    picks: int
    standings: tuple[Standing, ...]
    open_seats: int

    @property
    def winners(self) -> tuple[int, ...]:
        return tuple(standing.option for standing in self.standings if standing.chosen)

    @property
    def tied(self) -> tuple[int, ...]:
        return tuple(standing.option for standing in self.standings if standing.tied)


def check_ballot(choices: Sequence[int], *, options: Sequence[int], most: int) -> None:
    """Raise ``UnableToCount`` with ``empty``, ``twice``, ``unknown`` or ``too_many`` for a ballot that cannot count."""
    if not choices:
        raise UnableToCount("empty")
    if len(set(choices)) != len(choices):
        raise UnableToCount("twice")
    if not set(choices) <= set(options):
        raise UnableToCount("unknown")
    if len(choices) > most:
        raise UnableToCount("too_many")


def count_approval(
    ballots: Iterable[Sequence[int]], *, options: Sequence[int], seats: int, most: int, tie_rule: TieRule
) -> Count:
    """Count ballots on which each voter names up to ``most`` options; the ``seats`` with most votes are chosen.

    An option nobody named is never chosen. Raises ``UnableToCount`` for a ballot ``check_ballot`` refuses, for an
    option listed twice and for fewer than one seat.
    """
    if len(set(options)) != len(options) or seats < 1 or most < 1:
        raise UnableToCount("settings")
    votes: Counter[int] = Counter()
    number = 0
    for choices in ballots:
        check_ballot(choices, options=options, most=most)
        votes.update(choices)
        number += 1
    order = sorted(range(len(options)), key=lambda place: (-votes[options[place]], place))
    ranked = [options[place] for place in order]
    return _seat(ranked, votes, number, seats, tie_rule)


def _seat(ranked: list[int], votes: Counter[int], ballots: int, seats: int, tie_rule: TieRule) -> Count:
    named = [option for option in ranked if votes[option]]
    last = votes[named[seats - 1]] if len(named) >= seats else 0
    above = [option for option in named if votes[option] > last]
    equal = [option for option in named if votes[option] == last] if last else []
    left = seats - len(above) if last else 0
    tied = set(equal) if len(equal) > left else set()
    chosen = set(above) | set(equal[:left] if not tied or tie_rule is TieRule.LISTED else ())
    standings = tuple(
        Standing(option, votes[option], _rank(option, votes, ranked), option in chosen, option in tied)
        for option in ranked
    )
    open_seats = left if tied and tie_rule is TieRule.DECIDE else 0
    return Count(ballots, sum(votes.values()), standings, open_seats)


def _rank(option: int, votes: Counter[int], ranked: list[int]) -> int:
    return 1 + sum(1 for other in ranked if votes[other] > votes[option])
