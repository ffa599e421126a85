"""Proposals that want the same, found in memory: one index for each district's year, in each process.

An index is built at the first question and brought up to date before every other one. The words of a proposal never
change, and numbers are given under a lock that ends with the transaction; so whatever has a higher number than the
last one seen is new, and nothing below it can still come. Only use it outside of a transaction that may be undone.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass

from madang.decide.agendas.models import Proposal
from madang.decide.agendas.queries.passages import Marked, Text, marked_beside
from madang.decide.agendas.queries.shelf import Shelf
from madang.engines.matching import Like, Pair, Row, SimilarIndex
from madang.ground.cycles.models import Cycle
from madang.ground.places.models import District

MOST_YEARS = 6
MOST_SHOWN = 5
# Fewer letters say nothing yet.
LEAST_LETTERS = 6
# From here on somebody who sends the text is asked once whether one of these is what they mean.
STRONG = 0.6
# More new texts than this, and all pairs are found anew instead of one text after the other.
_PAIRED_SINGLY = 40


@dataclass(frozen=True)
class Similar:
    """A proposal that is like what somebody writes, with the passages both share marked."""

    proposal: Proposal
    score: float
    marked: Marked

    @property
    def is_strong(self) -> bool:
        return self.score >= STRONG


class YearIndex:
    """The proposals of one district's year by number, but for withdrawn ones; one thread at a time."""

    def __init__(self, district_id: int, cycle_id: int) -> None:
        self._rows = Proposal.objects.filter(district_id=district_id, cycle_id=cycle_id).order_by()
        self._lock = threading.Lock()
        self._index: SimilarIndex | None = None
        self._last = 0
        self._pairs: dict[tuple[str, str], float] | None = None
        self._unpaired: set[str] = set()

    def like(self, title: str, text: str, k: int) -> list[Like]:
        """Return the k proposals most like a text, best first; ``id`` is the number of the proposal."""
        with self._lock:
            return self._fresh().similar(title, text, k)

    def pairs(self) -> list[Pair]:
        """Return all pairs of proposals that are alike, most alike first."""
        with self._lock:
            index = self._fresh()
            if self._pairs is None or len(self._unpaired) > _PAIRED_SINGLY:
                self._pairs = {(pair.a, pair.b): pair.score for pair in index.pairs()}
            else:
                for key in sorted(self._unpaired):
                    self._pair_up(index, key, self._pairs)
            self._unpaired = set()
            found = [Pair(a, b, score) for (a, b), score in self._pairs.items()]
        return sorted(found, key=lambda pair: (-pair.score, pair.a, pair.b))

    def _fresh(self) -> SimilarIndex:
        """Return the index with what has come since the last look, and without what was withdrawn."""
        new = self._rows.filter(number__gt=self._last).values_list("number", "title", "problem", "wish")
        rows = [Row(_key(number), title, f"{problem}\n{wish}") for number, title, problem, wish in new]
        if self._index is None:
            self._index = SimilarIndex(rows)
        else:
            for row in rows:
                self._index.add(row)
        if rows:
            self._last = max(int(row.id) for row in rows)
        self._unpaired.update(row.id for row in rows)
        self._leave_out(self._index, {_key(number) for number in self._withdrawn()})
        return self._index

    def _withdrawn(self) -> Collection[int]:
        return self._rows.filter(state="withdrawn").values_list("number", flat=True)

    def _leave_out(self, index: SimilarIndex, gone: set[str]) -> None:
        gone = {key for key in gone if key in index}
        for key in gone:
            index.remove(key)
        self._unpaired -= gone
        if gone and self._pairs:
            self._pairs = {pair: score for pair, score in self._pairs.items() if gone.isdisjoint(pair)}

    @staticmethod
    def _pair_up(index: SimilarIndex, key: str, pairs: dict[tuple[str, str], float]) -> None:
        row = index.row(key)
        for like in index.similar(row.title, row.text, len(index), but=key):
            pairs[min(key, like.id), max(key, like.id)] = like.score


INDEXES: Shelf[YearIndex] = Shelf(YearIndex, MOST_YEARS)


def similar_proposals(district: District, cycle: Cycle, *, title: str, text: str) -> list[Similar]:
    """Return up to five proposals of a district's year that are like a text, best first, none of them withdrawn."""
    if len("".join((title + text).split())) < LEAST_LETTERS:
        return []
    found = INDEXES.of(district, cycle).like(title, text, MOST_SHOWN)
    if not found:
        return []
    scores = {int(like.id): like.score for like in found}
    rows = Proposal.objects.filter(district=district, cycle=cycle, number__in=scores).exclude(state="withdrawn")
    listed = sorted(rows.select_related("dong"), key=lambda row: (-scores[row.number], row.number))
    written = Text.written(title, text)
    for row in listed:
        row.district, row.cycle = district, cycle
    return [Similar(row, scores[row.number], marked_beside(written, Text.of(row))) for row in listed]


def similar_pairs(district: District, cycle: Cycle) -> list[Pair]:
    """Return all pairs of a district's year that are alike, most alike first, by eight-digit numbers."""
    return INDEXES.of(district, cycle).pairs()


def _key(number: int) -> str:
    return f"{number:08d}"
