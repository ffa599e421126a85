"""Ballots that name the same projects, counted together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from madang.engines.counting.model import Ballots, Ints

Words = NDArray[np.uint64]
# Where nearly every ballot is its own kind, grouping would cost more than it saves.
WORTH_WHILE = 0.8


def grouped(ballot: Ints, project: Ints, *, voters: int, projects: int) -> Ballots:
    """Return approval ballots with identical ones together and a project named twice in a ballot taken once.

    ``ballot`` rises; ``voters`` counts the empty ballots too, which have no mark.
    """
    if not len(ballot):
        none = np.zeros(0, np.int64)
        return Ballots(none, none, np.array([voters] if voters else [], np.int64), voters)
    starts = np.flatnonzero(np.diff(ballot, prepend=-1))
    sets = _sets(project, starts, projects)
    marks = np.diff(starts, append=len(ballot))
    twice = np.bitwise_count(sets).sum(axis=0) < marks
    doubled = int(twice.sum())
    empty = voters - len(starts)
    order, firsts = _alike(sets)
    if len(firsts) < WORTH_WHILE * len(starts) or doubled:
        kept = order[firsts]
        weight = np.diff(firsts, append=len(order))
        ballot, project = _marks(sets[:, kept], projects)
    else:
        weight = np.ones(len(starts), np.int64)
        ballot = np.repeat(np.arange(len(starts)), marks)
    if empty:
        weight = np.append(weight, empty)
    return Ballots(ballot, project, weight, voters, doubled=doubled)


def _sets(project: Ints, starts: Ints, projects: int) -> Words:
    """Return each ballot as a set of bits: one row for every 64 projects."""
    bits = np.left_shift(np.uint64(1), (project & 63).astype(np.uint64))
    if projects <= 64:
        return np.bitwise_or.reduceat(bits, starts)[None, :]
    upper = project >> 6
    return np.stack([np.bitwise_or.reduceat(bits * (upper == row), starts) for row in range(-(-projects // 64))])


def _alike(sets: Words) -> tuple[Ints, Ints]:
    """Return an order of the ballots in which equal ones stand together, and where each kind begins."""
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
    return order, np.flatnonzero(np.concatenate(([True], differ)))


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
