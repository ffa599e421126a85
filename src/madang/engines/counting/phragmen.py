"""Sequential Phragmén: who supports a project bears its cost, and the load of the heaviest laden grows the least.

Every voter's load starts at nothing. The project is taken whose supporters can all bear the same load with the lowest
load: (its cost + what they bear already) ÷ their number. Where two such loads lie so near that rounding could decide,
they are reckoned as fractions (``Purses``).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush

import numpy as np

from madang.engines.counting.exact import Purses
from madang.engines.counting.greedy import Taken
from madang.engines.counting.model import Election
from madang.engines.counting.outcome import Field, Limits

NEAR = 1e-9


def phragmen(election: Election, ranks: Sequence[int], limits: Limits) -> Taken:
    """Take projects by lowest load until one that comes next, or one equal to it, costs more than what is left.

    Projects that cost more than the whole budget take no part. Projects nobody named come last, equal to each other.
    """
    loads = _Loads(election, ranks, limits)
    taken = Taken()
    left = election.budget
    while equals := loads.lowest():
        stops = any(election.projects[one].cost > left for one in equals)
        if len(equals) > 1:
            taken.ties.append((equals, None if stops else equals[0]))
        if stops:
            break
        loads.take(equals[0])
        taken.numbers.append(equals[0])
        left -= election.projects[equals[0]].cost
    return taken


class _Loads:
    def __init__(self, election: Election, ranks: Sequence[int], limits: Limits) -> None:
        self.election, self.ranks = election, ranks
        self.contest = Field(election, limits)
        self.rows = election.supporters
        self.weights = [election.ballots.weight[rows].astype(float) for rows in self.rows]
        self.load = np.zeros(len(election.ballots.weight))
        self.taken: list[int] = []
        self.replayed = 0
        self.purses: Purses | None = None
        running = [one for one, project in enumerate(election.projects) if project.cost <= election.budget]
        self.unnamed = [one for one in running if not election.votes[one]]
        self.heap = [(self._reckoned(one), one) for one in running if election.votes[one]]
        heapify(self.heap)

    def lowest(self) -> list[int]:
        """Return the projects whose load would be lowest, in the tie order; loads only grow, so old ones are bounds."""
        looked: list[tuple[float, int]] = []
        best = float("inf")
        while self.heap and self.heap[0][0] <= best * (1 + 2 * NEAR):
            number = heappop(self.heap)[1]
            if number not in self.contest.out:
                looked.append((self._reckoned(number), number))
                best = min(best, looked[-1][0])
        for one in looked:
            heappush(self.heap, one)
        near = [number for load, number in looked if load <= best * (1 + 2 * NEAR)]
        if len(near) > 1:
            exact = {number: self._exactly(number) for number in near}
            near = [number for number in near if exact[number] == min(exact.values())]
        elif not near:
            near = [number for number in self.unnamed if number not in self.contest.out]
        return sorted(near, key=lambda number: self.ranks[number])

    def take(self, number: int) -> None:
        """Lay the load on a project's supporters."""
        if self.election.votes[number]:
            self.load[self.rows[number]] = self._reckoned(number)
            self.taken.append(number)
        self.contest.take(number)

    def _reckoned(self, number: int) -> float:
        borne = float(self.load[self.rows[number]] @ self.weights[number])
        return (float(self.election.projects[number].cost) + borne) / self.election.votes[number]

    def _exactly(self, number: int) -> Fraction:
        if self.purses is None:
            self.purses = Purses(self.election, Fraction(0))
        done, self.replayed = self.replayed, len(self.taken)
        for one in self.taken[done:]:
            self.purses.lift(one, self._of(one, self.purses))
        return self._of(number, self.purses)

    def _of(self, number: int, purses: Purses) -> Fraction:
        return (self.election.projects[number].cost + purses.total(number)) / self.election.votes[number]
