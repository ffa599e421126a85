"""An election as columns: projects with their cost, and ballots with identical ones counted together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from madang.engines.counting.approval import UnableToCount

Ints = NDArray[np.int64]
VoteType = Literal["approval", "choose-1", "ordinal", "cumulative", "scoring"]


@dataclass(frozen=True)
class Project:
    """What can be funded: its cost, its kind (for quotas) and the least amount that is of use to it (part funding)."""

    id: str
    cost: Fraction
    name: str = ""
    kind: str = ""
    least: Fraction | None = None


@dataclass(frozen=True)
class Ballots:
    """Ballots in columns: mark ``i`` says that ballot ``ballot[i]`` gives ``points[i] / scale`` to ``project[i]``.

    A ballot stands for ``weight`` voters who voted alike and names a project at most once. ``points`` is None where
    every mark is worth one point. ``voters`` counts empty ballots too; ``doubled`` those that named a project twice.
    """

    ballot: Ints
    project: Ints
    weight: Ints
    voters: int
    points: Ints | None = None
    scale: int = 1
    doubled: int = 0


@dataclass(frozen=True)
class Election:
    """Projects, the budget in the currency of their costs, and the ballots; ``meta`` is what a file said besides."""

    projects: tuple[Project, ...]
    budget: Fraction
    ballots: Ballots
    vote_type: VoteType = "approval"
    meta: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def supporters(self) -> tuple[Ints, ...]:
        """For each project the ballots that give it more than nothing."""
        ballots = self.ballots
        project, ballot = ballots.project, ballots.ballot
        if ballots.points is not None:
            above = ballots.points > 0
            project, ballot = project[above], ballot[above]
        small = project.astype(np.uint16) if len(self.projects) <= 2**16 else project
        order = np.argsort(small, kind="stable")
        ends = np.cumsum(np.bincount(project, minlength=len(self.projects)))
        return tuple(np.split(ballot[order], ends[:-1]))

    @cached_property
    def votes(self) -> tuple[int, ...]:
        """For each project the number of voters who give it more than nothing."""
        weight = self.ballots.weight
        if self.ballots.voters == len(weight):
            return tuple(map(len, self.supporters))
        return tuple(int(weight[rows].sum()) for rows in self.supporters)

    @cached_property
    def points(self) -> tuple[Fraction, ...]:
        """For each project the sum of its points, exactly."""
        ballots = self.ballots
        if ballots.points is None:
            return tuple(map(Fraction, self.votes))
        weighed = ballots.points * ballots.weight[ballots.ballot]
        sums = np.zeros(len(self.projects), np.int64)
        np.add.at(sums, ballots.project, weighed)
        return tuple(Fraction(int(number), ballots.scale) for number in sums)


def election_of(
    projects: Sequence[Project],
    budget: Fraction | int,
    ballots: Iterable[Sequence[str]],
    *,
    points: Iterable[Sequence[int | Fraction]] | None = None,
    vote_type: VoteType = "approval",
) -> Election:
    """Return an election of ballots given as ids of projects, with their points where the ballot form has points.

    A project named twice is taken once, where it stands first; a ranking gives its last place one point and each
    place before it one more. Raises ``UnableToCount`` with ``unknown`` for an id that is not a project, ``settings``
    for an id used twice, a negative cost or a budget that is not positive.
    """
    place = {project.id: number for number, project in enumerate(projects)}
    if len(place) != len(projects) or budget <= 0 or any(project.cost < 0 for project in projects):
        raise UnableToCount("settings")
    kinds: Counter[tuple[tuple[int, Fraction | int], ...]] = Counter()
    doubled = 0
    given = iter(points) if points is not None else None
    for ids in ballots:
        if not place.keys() >= set(ids):
            raise UnableToCount("unknown")
        marks, twice = marks_of([place[one] for one in ids], next(given) if given else None, vote_type)
        doubled += twice
        kinds[tuple(sorted(marks.items()))] += 1
    return Election(tuple(projects), Fraction(budget), columns(kinds, doubled=doubled), vote_type)


def marks_of(
    numbers: Sequence[int], points: Sequence[int | Fraction] | None, vote_type: VoteType
) -> tuple[dict[int, Fraction | int], bool]:
    """Return the points that one ballot gives to each project it names, and whether it named one twice."""
    marks: dict[int, Fraction | int] = {}
    for position, number in enumerate(numbers):
        marks.setdefault(number, points[position] if points is not None else 1)
    if vote_type == "ordinal":
        marks = {number: len(marks) - position for position, number in enumerate(marks)}
    return marks, len(marks) < len(numbers)


def columns(kinds: Mapping[tuple[tuple[int, Fraction | int], ...], int], *, doubled: int = 0) -> Ballots:
    """Return ballots in columns from how often each kind of ballot was cast.

    Raises ``UnableToCount`` with ``points`` when the points do not fit whole numbers of 64 bits over one denominator.
    """
    marks = [mark for kind in kinds for mark in kind]
    lengths = np.fromiter((len(kind) for kind in kinds), np.int64, len(kinds))
    weight = np.fromiter(kinds.values(), np.int64, len(kinds))
    voters = int(weight.sum())
    plain = all(points == 1 for _number, points in marks)
    scale = 1 if plain else _common(points for _number, points in marks)
    largest = max((abs(Fraction(points)) for _number, points in marks), default=Fraction(0))
    if largest * scale * max(voters, 1) >= 2**62:
        raise UnableToCount("points")
    return Ballots(
        ballot=np.repeat(np.arange(len(kinds)), lengths),
        project=np.fromiter((number for number, _points in marks), np.int64, len(marks)),
        weight=weight,
        voters=voters,
        points=None if plain else np.fromiter((int(points * scale) for _, points in marks), np.int64, len(marks)),
        scale=scale,
        doubled=doubled,
    )


def _common(points: Iterable[Fraction | int]) -> int:
    return lcm(*{Fraction(one).denominator for one in points})
