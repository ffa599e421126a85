"""Ballots that name the same projects, counted together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from madang.engines.counting.model import Ballots, Ints

Words = NDArray[np.uint64]
# Where nearly every ballot is its own kind, grouping would cost more than it saves: seen from the whole, or from the
# first ballots unless there are so many that even rare kinds come again.
WORTH_WHILE, SAMPLE, MANY = 0.8, 4096, 250_000


def grouped(marks: Ints, project: Ints, *, projects: int) -> Ballots:
    """Return approval ballots with identical ones together and a project named twice in a ballot taken once.

    ``marks`` says how many projects each ballot names, ``project`` which ones, ballot after ballot.
    """
    voters = len(marks)
    if not len(project):
        none = np.zeros(0, np.int64)
        return Ballots(none, none, np.array([voters] if voters else [], np.int64), voters)
    if not marks.all():
        marks = marks[marks > 0]
    starts = np.cumsum(marks) - marks
    sets = _sets(project, starts, projects)
    twice = np.bitwise_count(sets).sum(axis=0) < marks
    doubled = int(twice.sum())
    empty = voters - len(starts)
    kinds = _kinds(sets) if doubled or _worth_while(sets) else None
    if kinds is not None and (doubled or len(kinds[0]) < WORTH_WHILE * len(starts)):
        kept, weight = kinds
        ballot, project = _marks(sets[:, kept], projects)
    else:
        weight = np.ones(len(starts), np.int64)
        ballot = np.repeat(np.arange(len(starts)), marks)
    if empty:
        weight = np.append(weight, empty)
    return Ballots(ballot, project, weight, voters, doubled=doubled)


def _sets(project: Ints, starts: Ints, projects: int) -> Words:
    """Return each ballot as a set of bits: one row for every 64 projects."""
    number = np.arange(projects)
    bits = np.left_shift(np.uint64(1), (number & 63).astype(np.uint64))
    rows = [np.where(number >> 6 == row, bits, np.uint64(0)) for row in range(-(-projects // 64))]
    return np.stack([np.bitwise_or.reduceat(row[project], starts) for row in rows])


def _worth_while(sets: Words) -> bool:
    """Say whether many ballots may be alike."""
    if not 2 * SAMPLE < sets.shape[1] < MANY:
        return True
    return len(_kinds(sets[:, :SAMPLE])[0]) < 0.95 * SAMPLE


def _kinds(sets: Words) -> tuple[Ints, Ints]:
    """Return one ballot of each kind, and how many of the kind there are."""
    mixed = np.zeros(sets.shape[1], np.uint64)
    for row in sets:
        mixed = (mixed ^ row) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    order = np.argsort(mixed)
    sorted_sets = sets[:, order]
    differ = (sorted_sets[:, 1:] != sorted_sets[:, :-1]).any(axis=0)
    if (differ & (mixed[order][1:] == mixed[order][:-1])).any():
        order = np.lexsort(sets)
        sorted_sets = sets[:, order]
        differ = (sorted_sets[:, 1:] != sorted_sets[:, :-1]).any(axis=0)
    firsts = np.flatnonzero(np.concatenate(([True], differ)))
    return order[firsts], np.diff(firsts, append=len(order))


def _marks(sets: Words, projects: int) -> tuple[Ints, Ints]:
    """Return the marks of ballots given as sets of bits, by ballot and project."""
    number = np.arange(projects)
    ballots, named = [], []
    for start in range(0, sets.shape[1], 1 << 14):
        some = sets[:, start : start + (1 << 14)].T
        found = (some[:, number >> 6] >> (number & 63).astype(np.uint64)) & np.uint64(1)
        ballot, project = np.nonzero(found)
        ballots.append(ballot + start)
        named.append(project)
    return np.concatenate(ballots), np.concatenate(named)
