"""What the merge desk lays together: proposals that wait and want the same, in pairs and groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from madang.decide.agendas.models import Difference, Proposal
from madang.decide.agendas.queries.merge_desk import MOST_TOGETHER
from madang.decide.agendas.queries.passages import Marked, Text, marked_group
from madang.decide.agendas.queries.similar import similar_pairs
from madang.engines.matching import Pair, groups_of
from madang.ground.cycles.models import Cycle
from madang.ground.places.models import District

GROUPS_A_PAGE = 10
DIFFERENCES_A_PAGE = 30
SHOWN = 4

# Two numbers, the smaller first.
Two = tuple[int, int]


@dataclass(frozen=True)
class Group:
    """Waiting proposals that are alike: all their ``numbers``, those with most in common first; the first are shown."""

    numbers: list[int]
    score: float
    shown: list[tuple[Proposal, Marked]]

    @property
    def together(self) -> list[int]:
        """The numbers that can stand side by side at once."""
        return self.numbers[:MOST_TOGETHER]

    @property
    def more(self) -> int:
        return len(self.numbers) - len(self.shown)

    @property
    def percent(self) -> int:
        """How much the two most alike of the group are alike, in percent."""
        return round(self.score * 100)


@dataclass(frozen=True)
class GroupsPage:
    """One page of groups; ``total`` counts all of them."""

    groups: list[Group]
    number: int
    last: int
    total: int


def groups_page(district: District, cycle: Cycle, number: int) -> GroupsPage:
    """Return a page of the groups of a district's year, the largest first, then the most alike; pages count from 1."""
    laid = _laid_together(_pairs_that_wait(district, cycle))
    last = max(1, -(-len(laid) // GROUPS_A_PAGE))
    number = min(max(number, 1), last)
    chosen = laid[(number - 1) * GROUPS_A_PAGE : number * GROUPS_A_PAGE]
    return GroupsPage(_groups(district, cycle, chosen), number, last, len(laid))


def differences_page(district: District, cycle: Cycle, before: int | None) -> tuple[list[Difference], int | None]:
    """Return what was told apart in a district's year, newest first, and the number from which older ones follow."""
    rows = _told_apart(district, cycle)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    with_words = rows.select_related("first__cycle", "first__district", "second__cycle", "second__district", "told_by")
    found = list(with_words.order_by("-pk")[: DIFFERENCES_A_PAGE + 1])
    shown = found[:DIFFERENCES_A_PAGE]
    return shown, shown[-1].pk if len(found) > len(shown) else None


def find_difference(district: District, number: int) -> Difference | None:
    """Return what was told apart in a district under its number, or None."""
    rows = Difference.objects.select_related("first__district", "second")
    return rows.filter(pk=number, first__district=district).first()


def marked_together(proposals: Iterable[Proposal]) -> list[Marked]:
    """Return proposals that stand side by side with what they share marked."""
    return marked_group([Text.of(proposal) for proposal in proposals])


def _pairs_that_wait(district: District, cycle: Cycle) -> tuple[list[Pair], set[Two]]:
    """Return the pairs of waiting proposals that nobody told apart, and those that somebody did."""
    waiting = set(
        Proposal.objects.filter(district=district, cycle=cycle, state="received").values_list("number", flat=True)
    )
    told = {
        (min(a, b), max(a, b))
        for a, b in _told_apart(district, cycle).values_list("first__number", "second__number").order_by()
    }
    pairs = []
    for pair in similar_pairs(district, cycle):
        two = int(pair.a), int(pair.b)
        if two not in told and waiting.issuperset(two):
            pairs.append(pair)
    return pairs, told


def _laid_together(found: tuple[list[Pair], set[Two]]) -> list[tuple[list[int], float]]:
    """Return groups of numbers with the likeness of their best pair, largest and most alike first.

    A group that would bring two together again that were told apart falls into its pairs.
    """
    pairs, told = found
    group_of = {key: place for place, group in enumerate(groups_of(pairs)) for key in group}
    within: dict[int, list[Pair]] = {}
    laid: list[tuple[list[int], float]] = []
    for pair in pairs:
        one, other = group_of.get(pair.a), group_of.get(pair.b)
        if one is None or other is None:
            # What hangs on a group by one thread only, too little to belong to it, is still worth a look.
            laid.append(([int(pair.a), int(pair.b)], pair.score))
        elif one == other:
            within.setdefault(one, []).append(pair)
    for inside in within.values():
        members = _most_linked_first(inside)
        kept = set(members)
        if any(a in kept and b in kept for a, b in told):
            laid += [([int(pair.a), int(pair.b)], pair.score) for pair in inside]
        else:
            laid.append((members, inside[0].score))
    return sorted(laid, key=lambda one: (-len(one[0]), -one[1], one[0]))


def _most_linked_first(pairs: Sequence[Pair]) -> list[int]:
    """Return the members of a group by how much they have in common with the others."""
    weight: dict[int, float] = {}
    for pair in pairs:
        for key in (int(pair.a), int(pair.b)):
            weight[key] = weight.get(key, 0) + pair.score
    return sorted(weight, key=lambda key: (-weight[key], key))


def _groups(district: District, cycle: Cycle, chosen: Sequence[tuple[list[int], float]]) -> list[Group]:
    wanted = {number for members, _score in chosen for number in members[:SHOWN]}
    rows = Proposal.objects.filter(district=district, cycle=cycle, number__in=wanted)
    known = {row.number: row for row in rows.select_related("district", "cycle", "dong", "forum")}
    groups = []
    for members, score in chosen:
        shown = [known[number] for number in members[:SHOWN] if number in known]
        groups.append(Group(members, score, list(zip(shown, marked_together(shown), strict=True))))
    return groups


def _told_apart(district: District, cycle: Cycle) -> QuerySet[Difference]:
    return Difference.objects.filter(first__district=district, first__cycle=cycle, taken_back_at=None)
