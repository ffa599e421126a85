"""Searching proposals, agendas, forums, plans and resources: whatever the spacing, with typing errors, by meaning.

A query is compared by neighbouring syllables, which forgives spacing and endings, and by neighbouring jamo, which
forgives a mistyped letter. Each of its words counts by how rare its letters are; the title counts beside the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from madang.engines.matching.asking import Asked, asked
from madang.engines.matching.grams import Codes
from madang.engines.matching.marks import Piece, marked, snippet
from madang.engines.matching.postings import Sums
from madang.engines.matching.scoring import rarity_of
from madang.engines.matching.segment import Entry, Segment

# Nothing is found that says less than this part of what was asked.
LEAST = 0.15
_TAIL_LEAST = 64


@dataclass(frozen=True)
class Hit:
    """Something found: how well it fits (0 … 1), its title and the best piece of its text with marks."""

    id: str
    score: float
    title: list[Piece]
    snippet: list[Piece]


class SearchIndex:
    """Entries under their ids that can be searched; they may be added, replaced and removed and are found at once."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Take entries; of two with one id the later counts. The order changes nothing."""
        self._entries = {entry.id: entry for entry in entries}
        self._changed: set[str] = set()
        self._tail: Segment | None = None
        self._compile()

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, entry: Entry) -> None:
        """Put an entry in, or in the place of the one with its id."""
        self._entries[entry.id] = entry
        self._changed.add(entry.id)
        self._tail = None

    def remove(self, key: str) -> None:
        """Take an entry out; nothing happens when it is not there."""
        if self._entries.pop(key, None) is not None:
            self._changed.add(key)
            self._tail = None

    def search(self, query: str, k: int = 10, *, filters: Mapping[str, Collection[str]] | None = None) -> list[Hit]:
        """Return the k entries that fit a query best; ``filters`` names for a facet the values that are wanted."""
        wanted = asked(query)
        if not wanted:
            return []
        found: list[tuple[float, str]] = []
        for segment, gone in self._segments():
            open_to = segment.allowed(filters or {}, gone)
            scores = np.where(open_to, segment.scores(wanted, self._rarity), 0)
            best = np.flatnonzero(scores >= max(LEAST, _kth(scores, k)))
            found += [(float(scores[at]), segment.ids[at]) for at in best]
        found.sort(key=lambda one: (-one[0], one[1]))
        return [self._hit(key, score, wanted) for score, key in found[:k]]

    def _hit(self, key: str, score: float, wanted: Sequence[Asked]) -> Hit:
        entry = self._entries[key]
        return Hit(key, round(score, 4), marked(entry.title, wanted), snippet(entry.text, wanted))

    def _segments(self) -> list[tuple[Segment, set[str]]]:
        """Return the whole without what has changed, and the changed ones by themselves."""
        if len(self._changed) > max(_TAIL_LEAST, len(self._entries) // 20):
            self._compile()
        if not self._changed:
            return [(self._base, set())]
        if self._tail is None:
            self._tail = Segment([self._entries[key] for key in sorted(self._changed) if key in self._entries])
        return [(self._base, self._changed), (self._tail, set())]

    def _compile(self) -> None:
        self._base = Segment([self._entries[key] for key in sorted(self._entries)])
        self._tail = None
        self._changed = set()

    def _rarity(self, codes: Codes, kind: int) -> Sums:
        """Return how rare grams are among the entries as they were when last put together."""
        whole = self._base.wholes[kind]
        places = whole.places(codes)
        held_by = np.zeros(len(codes), np.int64)
        held_by[places >= 0] = whole.held_by[places[places >= 0]]
        return rarity_of(held_by, whole.size)


def _kth(scores: Sums, k: int) -> float:
    """Return the k-th best score, 0 where there are fewer."""
    return float(np.partition(scores, -k)[-k]) if 0 < k <= len(scores) else 0.0
