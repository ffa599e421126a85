"""The method of equal shares, plain or completed by raising every voter's budget one unit at a time.

Raising is reckoned without trying every unit. As long as the same projects are bought in the same order, a voter who
starts with more never has less after any purchase: the price falls when purses grow. So a project's effective votes
with a budget in between lie between those with the lower and with the higher one. If the runs with both buy the same
in the same order, and each purchase of the lower run beats whatever stood second in the higher run, every run in
between buys the same too, and none of them needs to be made.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from madang.engines.counting.greedy import Taken, greedy
from madang.engines.counting.model import Election
from madang.engines.counting.outcome import Field, Limits
from madang.engines.counting.purchases import Market, Run

Stop = Literal["overspend", "exhaustive"]


def plain(election: Election, ranks: Sequence[int], limits: Limits) -> Taken:
    """Return what equal shares of the budget buy, without completion."""
    if not election.ballots.voters:
        return Taken()
    market = Market(election, ranks, limits)
    return _taken(market.run(election.budget / election.ballots.voters))


def completed(election: Election, ranks: Sequence[int], limits: Limits, *, stop: Stop, unit: int = 1) -> Taken:
    """Raise every voter's budget by ``unit`` until the stop rule holds, then complete greedily by votes.

    ``overspend`` keeps the last outcome before one would cost more than the budget; ``exhaustive`` keeps the first
    outcome that leaves no supported project affordable, or the last before overspending when that comes first.
    """
    taken = Taken(steps=0)
    if election.ballots.voters:
        steps, run = _Raising(election, ranks, limits, stop, unit).last()
        taken = _taken(run)
        taken.steps = steps
    contest = Field(election, limits, taken.numbers)
    rest = greedy(election, election.votes, ranks, contest, election.budget - taken.cost(election))
    return Taken(taken.numbers + rest.numbers, taken.ties + rest.ties, rest.amounts, taken.steps)


def same_between(lower: Run, higher: Run) -> bool:
    """Say whether every run with a budget between those of two runs surely buys what both buy."""
    return lower.numbers() == higher.numbers() and all(
        low.bought.surely_before(high.rival) for low, high in zip(lower.steps, higher.steps, strict=True)
    )


class _Raising:
    def __init__(self, election: Election, ranks: Sequence[int], limits: Limits, stop: Stop, unit: int) -> None:
        self.election = election
        self.market = Market(election, ranks, limits)
        self.start = election.budget / election.ballots.voters
        self.stop = stop
        self.unit = unit

    def run(self, steps: int) -> Run:
        return self.market.run(self.start + steps * self.unit)

    def last(self) -> tuple[int, Run]:
        """Return how often the budgets are raised before the outcome that counts, and that outcome."""
        steps, run = 0, self.run(0)
        ahead: list[tuple[int, Run]] = []
        stride = 1
        while not self._done(run):
            if not ahead:
                ahead.append((steps + stride, self.run(steps + stride)))
            further, later = ahead[-1]
            if same_between(run, later):
                stride *= 2
            elif further > steps + 1:
                middle = (steps + further) // 2
                ahead.append((middle, self.run(middle)))
                stride = 1
                continue
            elif later.cost > self.election.budget:
                return steps, run
            steps, run = ahead.pop()
        return steps, run

    def _done(self, run: Run) -> bool:
        """Say whether raising ends with this outcome: nothing is left to buy, or nothing that would still fit."""
        spent = run.cost if self.stop == "exhaustive" else Fraction(0)
        fits = (
            self.election.projects[one].cost + spent <= self.election.budget or self.stop == "overspend"
            for one in self.market.for_sale()
            if one not in run.out
        )
        return not any(fits)


def _taken(run: Run) -> Taken:
    ties = [(list(step.equals), step.bought.number) for step in run.steps if len(step.equals) > 1]
    return Taken(run.numbers(), [(between, chosen) for between, chosen in ties])
