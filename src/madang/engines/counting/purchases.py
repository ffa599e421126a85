"""One run of the method of equal shares with a given budget for every voter (cost satisfaction).

The project with the most effective votes is bought next: its cost divided by the largest amount that any supporter
pays when all pay alike or all they have. Amounts are reckoned in floats; wherever two numbers lie so near that
rounding could decide, an exact second look (``Purses``) decides instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from madang.engines.counting.exact import Purses
from madang.engines.counting.model import Election, Ints
from madang.engines.counting.outcome import Field, Limits

# Numbers nearer than this part of themselves are looked at exactly; so is a price when the purses, each off by at
# most this part of the money a voter started with for each purchase so far, could be off by as much.
NEAR, ROUNDING = 1e-9, 3e-16

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Standing:
    """A project's effective votes, or a bound above them; ``whole``: exactly that, as every supporter who still has
    anything can pay alike.

    The first of a heap has the most effective votes and stands first in the tie order.
    """

    votes: float
    rank: int
    number: int
    whole: bool

    def __lt__(self, other: Standing) -> bool:
        return (-self.votes, self.rank) < (-other.votes, other.rank)

    def surely_before(self, other: Standing | None) -> bool:
        """Say whether this project is bought before the other, beyond any error of rounding."""
        if other is None:
            return True
        if self.whole and other.whole:
            return self < other
        return self.votes > other.votes * (1 + 10 * NEAR)


@dataclass(frozen=True)
class Step:
    """One purchase: who was bought, who at best came next, and who was exactly equal."""

    bought: Standing
    rival: Standing | None
    equals: tuple[int, ...]


@dataclass(frozen=True)
class Run:
    """The purchases of one run in order, what they cost, and who was then still in the field but too dear."""

    steps: tuple[Step, ...]
    cost: Fraction
    out: frozenset[int]

    def numbers(self) -> list[int]:
        """Return the projects bought, in order."""
        return [step.bought.number for step in self.steps]


class Market:
    """What all runs of an election have in common."""

    def __init__(self, election: Election, ranks: Sequence[int], limits: Limits) -> None:
        self.election = election
        self.ranks = ranks
        self.limits = limits
        weight = election.ballots.weight
        single = bool((weight == 1).all())
        self.rows: list[Ints] = list(election.supporters)
        self.weights: list[Floats | None] = [None if single else weight[rows].astype(float) for rows in self.rows]
        self.cost = [float(project.cost) for project in election.projects]

    def for_sale(self) -> list[int]:
        """Return the projects that somebody supports and that cost something."""
        votes = self.election.votes
        return [number for number, project in enumerate(self.election.projects) if votes[number] and project.cost]

    def run(self, each: Fraction) -> Run:
        """Buy projects while the supporters of one can pay for it, each voter starting with ``each``."""
        return _Buying(self, each).all()


class _Buying:
    def __init__(self, market: Market, each: Fraction) -> None:
        self.market = market
        self.each = each
        self.contest = Field(market.election, market.limits)
        self.money: Floats = np.full(len(market.election.ballots.weight), float(each))
        self.bought: list[int] = []
        self.purses: Purses | None = None
        self.replayed = 0
        self.rows, self.weights = list(market.rows), list(market.weights)
        votes, least = market.election.votes, float(each) * (1 + NEAR)
        self.heap = [
            Standing(votes[one], market.ranks[one], one, True)
            for one in market.for_sale()
            if votes[one] * least >= market.cost[one]
        ]
        heapify(self.heap)

    def all(self) -> Run:
        steps: list[Step] = []
        cost = Fraction(0)
        while candidates := self._best():
            chosen, equals = self._choose(candidates)
            for one in candidates:
                if one is not chosen:
                    heappush(self.heap, one)
            steps.append(Step(chosen, self._top(), equals))
            self._pay(chosen)
            cost += self.market.election.projects[chosen.number].cost
        return Run(tuple(steps), cost, frozenset(self.contest.out))

    def _top(self) -> Standing | None:
        """Return who stands first among those not looked at again yet."""
        while self.heap and self.heap[0].number in self.contest.out:
            heappop(self.heap)
        return self.heap[0] if self.heap else None

    def _best(self) -> list[Standing]:
        """Return everyone affordable who was looked at until nobody left could be better or equal."""
        looked: list[Standing] = []
        best = 0.0
        while (top := self._top()) is not None and top.votes >= best * (1 - 2 * NEAR):
            standing = self._look(heappop(self.heap), best)
            if standing is None:
                continue
            if standing.votes < best * (1 - 2 * NEAR):
                heappush(self.heap, standing)
                continue
            looked.append(standing)
            best = max(best, standing.votes)
        return looked

    def _look(self, stale: Standing, best: float) -> Standing | None:
        """Return a project's effective votes now, or None when its supporters cannot pay for it.

        What they have only shrinks, so its votes at an earlier look are a bound above them, and a project once too
        dear stays too dear. For a project that is surely behind ``best`` a lower bound is returned.
        """
        number = stale.number
        cost, off = self.market.cost[number], self._off()
        money, weights = self.money[self.rows[number]], self.weights[number]
        total = float(money.sum() if weights is None else money @ weights)
        error = cost * NEAR + self.market.election.votes[number] * off
        if total < cost - error:
            return None
        if best and total > cost + error:
            ahead = cost / best * (1 + 4 * NEAR)
            missing, paying = _missing(money, weights, cost, max(ahead, cost / stale.votes))
            if missing > 2 * error and paying:
                bound = cost / (max(ahead, cost / stale.votes) + missing / paying)
                return Standing(bound, stale.rank, number, False)
        return self._look_closely(stale, money, total, error)

    def _look_closely(self, stale: Standing, money: Floats, total: float, error: float) -> Standing | None:
        number, cost, weights = stale.number, self.market.cost[stale.number], self.weights[stale.number]
        least = money.min()
        if not least:
            money, weights = self._without_broke(number, money)
            least = money.min()
        votes = float(len(money) if weights is None else weights.sum())
        if least > cost / votes * (1 + NEAR) + self._off():
            return Standing(votes, stale.rank, number, True)
        lowest = max(cost / votes, cost / stale.votes)
        price = _level(money, weights, cost, lowest) if total > cost + error else None
        if price is None or error > 2 * cost * NEAR:
            exact = self._exact().price(number)
            if exact is None:
                return None
            price = float(exact)
        return Standing(cost / price, stale.rank, number, False)

    def _without_broke(self, number: int, money: Floats) -> tuple[Floats, Floats | None]:
        """Forget a project's supporters who have nothing left; return what the others have, and their weights."""
        able = money > 0
        self.rows[number] = self.rows[number][able]
        weights = self.weights[number]
        if weights is not None:
            weights = self.weights[number] = weights[able]
        return money[able], weights

    def _off(self) -> float:
        """Return by how much rounding can have moved a purse."""
        return float(self.each) * (len(self.bought) + 2) * ROUNDING

    def _choose(self, candidates: list[Standing]) -> tuple[Standing, tuple[int, ...]]:
        """Return the one with the most effective votes and all who are exactly equal to it, in the tie order."""
        most = max(one.votes for one in candidates)
        near = [one for one in candidates if one.votes >= most * (1 - 2 * NEAR)]
        if len(near) > 1 and not all(one.whole for one in near):
            purses = self._exact()
            shares = {one.number: self._votes(one, purses) for one in near}
            near = [one for one in near if shares[one.number] == max(shares.values())]
        elif len(near) > 1:
            near = [one for one in near if one.votes == most]
        near.sort(key=lambda one: one.rank)
        return near[0], tuple(one.number for one in near)

    def _votes(self, one: Standing, purses: Purses) -> Fraction:
        price = purses.price(one.number)
        return self.market.election.projects[one.number].cost / price if price else Fraction(0)

    def _pay(self, chosen: Standing) -> None:
        rows = self.rows[chosen.number]
        price = self.market.cost[chosen.number] / chosen.votes
        after = self.money[rows] - price
        self.bought.append(chosen.number)
        if not chosen.whole and (np.abs(after) <= price * NEAR + self._off()).any():
            # Whether a purse is just empty decides later between equals, so it has to be known exactly.
            purses = self._exact()
            after = np.array([float(value) for value in purses.values])[purses.at[rows]]
        self.money[rows] = np.maximum(after, 0.0)
        self.contest.take(chosen.number)

    def _exact(self) -> Purses:
        """Return the exact purses after all purchases so far."""
        if self.purses is None:
            self.purses = Purses(self.market.election, self.each)
        for number in self.bought[self.replayed :]:
            price = self.purses.price(number)
            assert price is not None, "what was bought can be paid"
            self.purses.pay(number, price)
        self.replayed = len(self.bought)
        return self.purses


def _missing(money: Floats, weights: Floats | None, cost: float, price: float) -> tuple[float, float]:
    """Return how much of the cost is missing when nobody pays more than the price, and how many would pay more."""
    capped, more = np.minimum(money, price), money > price
    if weights is None:
        return cost - float(capped.sum()), float(np.count_nonzero(more))
    return cost - float(capped @ weights), float(weights @ more)


def _level(money: Floats, weights: Floats | None, cost: float, price: float) -> float | None:
    """Return the price at which payments of at most that much reach the cost, starting from a price below it.

    What is paid grows with the price along a concave line of straight pieces, so Newton's steps only rise.
    """
    for _step in range(200):
        missing, paying = _missing(money, weights, cost, price)
        if missing <= cost * 1e-14:
            return price
        if not paying:
            return None
        if price + missing / paying == price:
            return price
        price += missing / paying
    return None
