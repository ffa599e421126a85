"""Greedy rules: projects by falling score, each taken when it still fits what is left of the budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from madang.engines.counting.model import Election
from madang.engines.counting.outcome import Field


@dataclass
class Taken:
    """What was taken in order (numbers of projects), the ties as (equals, the one taken), and amounts in part."""

    numbers: list[int] = field(default_factory=list)
    ties: list[tuple[list[int], int | None]] = field(default_factory=list)
    amounts: dict[int, Fraction] = field(default_factory=dict)
    steps: int | None = None

    def cost(self, election: Election) -> Fraction:
        """Return what the taken projects cost together."""
        return sum((self.amounts.get(one, election.projects[one].cost) for one in self.numbers), Fraction(0))


def greedy(
    election: Election, scores: Sequence[Fraction | int], ranks: Sequence[int], contest: Field, left: Fraction
) -> Taken:
    """Take projects by falling score while they fit ``left``; a project that does not fit is passed over.

    Projects with equal scores stand in the order of their ranks, and each such group is a tie when more than one of
    it could be taken. A project nobody named comes last; ``least_votes`` keeps it out.
    """
    taken = Taken()
    order = sorted(range(len(scores)), key=lambda number: (-scores[number], ranks[number]))
    for _score, group in groupby(order, key=lambda number: scores[number]):
        equals = list(group)
        fitting = [one for one in equals if one not in contest.out and election.projects[one].cost <= left]
        if len(fitting) > 1:
            taken.ties.append((fitting, fitting[0]))
        for number in equals:
            amount = None if number in contest.out else _amount(election, number, contest, left)
            if amount is None:
                continue
            if amount < election.projects[number].cost:
                taken.amounts[number] = amount
            taken.numbers.append(number)
            contest.take(number)
            left -= amount
    return taken


def _amount(election: Election, number: int, contest: Field, left: Fraction) -> Fraction | None:
    """Return what a project gets: its cost, the rest if that is of use to it, or None."""
    project = election.projects[number]
    if project.cost <= left:
        return project.cost
    parts = contest.limits.part_funding and project.least is not None and left > 0 and project.least <= left
    return left if parts else None
