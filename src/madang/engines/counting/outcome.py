"""What a count says, and the orders and limits that were stated before it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from madang.engines.counting.approval import UnableToCount
from madang.engines.counting.model import Election


@dataclass(frozen=True)
class Tie:
    """Projects that stood equal when one had to be taken: the one the tie rule took, and those that won in the end.

    ``chosen`` is empty when the rule stops at a tie.
    """

    between: tuple[str, ...]
    chosen: str
    won: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """The winners in the order in which they were selected, what they cost together, and every tie on the way.

    ``amounts`` names only projects that are funded in part. ``steps`` is how often equal shares raised the voters'
    budgets before the outcome that counts (None for rules that raise nothing).
    """

    rule: str
    budget: Fraction
    voters: int
    winners: tuple[str, ...]
    cost: Fraction
    ties: tuple[Tie, ...]
    amounts: Mapping[str, Fraction] = field(default_factory=dict)
    steps: int | None = None


@dataclass(frozen=True)
class Limits:
    """Settings of an election beyond its rule, stated before the opening.

    ``least_votes``: a project with fewer voters cannot win. ``apart``: of each group of ids at most one wins.
    ``most_of_kind``: how many projects of a kind can win (7 of one and 3 of another). ``part_funding``: where a greedy
    rule meets a project that costs more than what is left, it gets the rest if that is at least its ``least``.
    Seats instead of money: let every project cost 1 and the budget be the number of seats.
    """

    least_votes: int = 0
    apart: tuple[frozenset[str], ...] = ()
    most_of_kind: Mapping[str, int] = field(default_factory=dict)
    part_funding: bool = False


class Field:
    """Who is still in the field while projects are taken one after the other."""

    def __init__(self, election: Election, limits: Limits, taken: Iterable[int] = ()) -> None:
        self.limits = limits
        self.kinds = [project.kind for project in election.projects]
        place = {project.id: number for number, project in enumerate(election.projects)}
        unknown = [one for group in limits.apart for one in group if one not in place]
        if unknown or limits.least_votes < 0:
            raise UnableToCount("settings")
        self.apart = [frozenset(place[one] for one in group) for group in limits.apart]
        self.out: set[int] = {
            number for number, votes in enumerate(election.votes) if votes < limits.least_votes
        } | self._full(())
        self.taken: list[int] = []
        for number in taken:
            self.take(number)

    def take(self, number: int) -> set[int]:
        """Take a project; return those that can no longer win because of it, itself among them."""
        self.taken.append(number)
        before = set(self.out)
        self.out.add(number)
        for group in self.apart:
            if number in group:
                self.out |= group
        if self.limits.most_of_kind:
            self.out |= self._full(self.taken)
        return self.out - before

    def _full(self, taken: Collection[int]) -> set[int]:
        full = {
            kind
            for kind, most in self.limits.most_of_kind.items()
            if sum(self.kinds[number] == kind for number in taken) >= most
        }
        return {number for number, kind in enumerate(self.kinds) if kind in full} if full else set()


def tie_ranks(election: Election, listed: Sequence[str] = ()) -> list[int]:
    """Return each project's rank among equals: first those listed, as listed; then lower cost; then the id as text.

    Raises ``UnableToCount`` with ``order`` for an id that is listed twice or is not a project.
    """
    place = {one: number for number, one in enumerate(listed)}
    if len(place) != len(listed) or not place.keys() <= {project.id for project in election.projects}:
        raise UnableToCount("order")
    projects = election.projects
    order = sorted(
        range(len(projects)),
        key=lambda number: (place.get(projects[number].id, len(place)), projects[number].cost, projects[number].id),
    )
    ranks = [0] * len(order)
    for rank, number in enumerate(order):
        ranks[number] = rank
    return ranks
