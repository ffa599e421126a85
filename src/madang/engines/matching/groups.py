"""Groups of texts that want the same, from their pairs: what a merge desk lays together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from madang.engines.matching.similar import Pair

# Two groups become one when at least this part of all pairs between them is alike; else one pair in between, which
# has something of both, would chain two matters together.
CLOSE = 0.25


def groups_of(pairs: Iterable[Pair]) -> list[list[str]]:
    """Return groups of at least two texts, largest first, each sorted; the pairs are all from a threshold on.

    Pairs are taken by falling score; every group hangs together by its pairs.
    """
    ordered = sorted(pairs, key=lambda pair: (-pair.score, pair.a, pair.b))
    group_of: dict[str, int] = {}
    members: dict[int, list[str]] = {}
    links: dict[int, Counter[int]] = {}
    for pair in ordered:
        for key in (pair.a, pair.b):
            if key not in group_of:
                group_of[key] = len(members)
                members[group_of[key]] = [key]
                links[group_of[key]] = Counter()
    for pair in ordered:
        links[group_of[pair.a]][group_of[pair.b]] += 1
        links[group_of[pair.b]][group_of[pair.a]] += 1
    for pair in ordered:
        one, other = group_of[pair.a], group_of[pair.b]
        if one != other and links[one][other] >= CLOSE * len(members[one]) * len(members[other]):
            _join(one, other, group_of, members, links)
    found = [sorted(group) for group in members.values() if len(group) > 1]
    return sorted(found, key=lambda group: (-len(group), group))


def _join(
    one: int, other: int, group_of: dict[str, int], members: dict[int, list[str]], links: dict[int, Counter[int]]
) -> None:
    """Put the smaller of two groups into the larger."""
    if (len(members[one]), -one) < (len(members[other]), -other):
        one, other = other, one
    for key in members[other]:
        group_of[key] = one
    members[one] += members.pop(other)
    for third, count in links.pop(other).items():
        if third != one:
            links[one][third] += count
            links[third][one] += count
        if third in links:
            links[third].pop(other, None)
    links[one].pop(one, None)
