"""The exact second look: every voter's purse as a fraction, equal purses held once."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from madang.engines.counting.model import Election, Ints


class Purses:
    """What each ballot's voter has (or bears), exactly; ballots with equal amounts share one value.

    ``values[at[ballot]]`` is the amount of each of the ``weight[ballot]`` voters who cast that ballot.
    """

    def __init__(self, election: Election, amount: Fraction) -> None:
        self.election = election
        self.values = [amount]
        self.at: Ints = np.zeros(len(election.ballots.weight), np.int64)

    def held(self, number: int) -> list[tuple[Fraction, int]]:
        """Return the amounts of a project's supporters and how many have each, by rising amount."""
        rows = self.election.supporters[number]
        voters = np.zeros(len(self.values), np.int64)
        np.add.at(voters, self.at[rows], self.election.ballots.weight[rows])
        return sorted((self.values[place], int(voters[place])) for place in np.flatnonzero(voters))

    def total(self, number: int) -> Fraction:
        """Return what a project's supporters have together."""
        return sum((value * voters for value, voters in self.held(number)), Fraction(0))

    def price(self, number: int) -> Fraction | None:
        """Return the largest amount any supporter pays when all pay alike or all they have; None if it is too dear."""
        held = self.held(number)
        missing = self.election.projects[number].cost
        paying = sum(voters for _value, voters in held)
        for value, voters in held:
            share = missing / paying
            if share <= value:
                return share
            missing -= value * voters
            paying -= voters
        return None

    def pay(self, number: int, price: Fraction) -> None:
        """Let each supporter of a project pay the price, or all there is."""
        self._change(number, {place: max(value - price, Fraction(0)) for place, value in self._of(number)})

    def lift(self, number: int, load: Fraction) -> None:
        """Set the amount of each supporter of a project."""
        self._change(number, {place: load for place, _value in self._of(number)})

    def _of(self, number: int) -> list[tuple[int, Fraction]]:
        places = np.unique(self.at[self.election.supporters[number]])
        return [(int(place), self.values[place]) for place in places]

    def _change(self, number: int, becomes: dict[int, Fraction]) -> None:
        """Move a project's supporters to new values; values that nobody has any more are dropped."""
        rows = self.election.supporters[number]
        fresh = sorted(set(becomes.values()))
        place = {value: len(self.values) + offset for offset, value in enumerate(fresh)}
        table = np.arange(len(self.values))
        for old, value in becomes.items():
            table[old] = place[value]
        self.at[rows] = table[self.at[rows]]
        values = [*self.values, *fresh]
        used, self.at = np.unique(self.at, return_inverse=True)
        self.values = [values[one] for one in used]
