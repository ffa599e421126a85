"""Some entries laid out for searching, unchanging: which gram stands in which title, and which anywhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from madang.engines.matching.asking import MEANT, Asked
from madang.engines.matching.grams import Codes, jamo_of, pairs_of
from madang.engines.matching.postings import Mask, Postings, Sums
from madang.engines.matching.text import CUT, letters

TITLE_COUNTS = 0.5
# Long texts hold more by chance: from how many different grams on they count less, and how much.
LONG = 150
LONG_COUNTS = 0.15
# Letters of a text that are searched; what a matter is about stands before.
SEARCHED = 2000

Rarity = Callable[[Codes, int], Sums]


@dataclass(frozen=True)
class Entry:
    """Something to be found: its id, its words, and what it can be filtered by (kind, district, year …)."""

    id: str
    title: str
    text: str
    facets: Mapping[str, str] = field(default_factory=dict)


Grams = Callable[[Sequence[str]], tuple[Codes, Codes]]
KINDS: tuple[Grams, ...] = (pairs_of, jamo_of)


def grams_of(word: str, kind: int) -> Codes:
    """Return the different grams of a word."""
    return np.unique(KINDS[kind]([word])[0])


class Segment:
    """Entries with their grams of each kind: ``titles`` of the title, ``wholes`` of title and text."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Lay out entries in the order given."""
        self.ids = [entry.id for entry in entries]
        self._facets = [entry.facets for entry in entries]
        self._known: dict[str, tuple[list[str | None], NDArray[np.int64]]] = {}
        titles = [letters(entry.title) for entry in entries]
        wholes = [title + CUT + letters(entry.text)[:SEARCHED] for title, entry in zip(titles, entries, strict=True)]
        self.titles = [Postings.of(*grams(titles), len(entries)) for grams in KINDS]
        self.wholes = [Postings.of(*grams(wholes), len(entries)) for grams in KINDS]
        sizes = np.diff(self.wholes[0].starts)
        self._length = 1 + LONG_COUNTS * np.log1p(sizes / LONG)

    def scores(self, wanted: Sequence[Asked], rarity: Rarity) -> Sums:
        """Return how well each entry fits the words of a query (0 … 1)."""
        total = 0.0
        scores = np.zeros(len(self.ids))
        for kind in range(len(KINDS)):
            for word in wanted:
                mass = float(rarity(grams_of(word.word, kind), kind).sum())
                whole = self._said(self.wholes[kind], word, kind, rarity)
                title = self._said(self.titles[kind], word, kind, rarity)
                scores += mass * (whole + TITLE_COUNTS * title)
                total += mass * (1 + TITLE_COUNTS)
        return scores / self._length / (total or 1)

    def allowed(self, filters: Mapping[str, Collection[str]], gone: Collection[str]) -> Mask:
        """Mark the entries that have a wanted value of each facet asked for and are not gone."""
        mask = np.ones(len(self.ids), np.bool_)
        for facet, wanted in filters.items():
            named, values = self._values(facet)
            mask &= np.isin(values, [number for number, value in enumerate(named) if value in wanted])
        if gone:
            mask &= np.array([key not in gone for key in self.ids], np.bool_)
        return mask

    def _values(self, facet: str) -> tuple[list[str | None], NDArray[np.int64]]:
        """Return the values of a facet, and for each entry the place of its own among them."""
        if facet not in self._known:
            values = [facets.get(facet) for facets in self._facets]
            named = list(dict.fromkeys(values))
            place = {value: number for number, value in enumerate(named)}
            self._known[facet] = named, np.array([place[value] for value in values], np.int64)
        return self._known[facet]

    def _said(self, postings: Postings, word: Asked, kind: int, rarity: Rarity) -> Sums:
        """Return how much of a word, or of the best of those of the same meaning, each entry says (0 … 1)."""
        best = np.zeros(postings.size)
        for text, counts in ((word.word, 1.0), *((other, MEANT) for other in word.meant)):
            codes = grams_of(text, kind)
            weights = rarity(codes, kind)
            places = postings.places(codes)
            known = places >= 0
            if known.any():
                said = postings.collect(places[known], weights[known]) * (counts / float(weights.sum()))
                best = np.maximum(best, said)
        return best
