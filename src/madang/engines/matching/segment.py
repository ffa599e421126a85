"""Some entries laid out for searching, unchanging: which gram stands in which title, and which anywhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from madang.engines.matching.asking import MEANT, Asked
from madang.engines.matching.grams import Codes, Grams, different, jamo_of, pairs_of
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


KINDS: tuple[Grams, ...] = (pairs_of, jamo_of)
SYLLABLES, SOUNDS = range(len(KINDS))


class Segment:
    """Entries with their grams of each kind: ``titles`` of the title, ``wholes`` of title and text."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Lay out entries in the order given."""
        self.ids = [entry.id for entry in entries]
        self._facets = [entry.facets for entry in entries]
        self._known: dict[str, tuple[list[str | None], NDArray[np.int64]]] = {}
        titles = [letters(entry.title) for entry in entries]
        wholes = [title + CUT + letters(entry.text)[:SEARCHED] for title, entry in zip(titles, entries, strict=True)]
        self.titles = [Postings.of(different(grams, titles)) for grams in KINDS]
        self.wholes = [Postings.of(different(grams, wholes)) for grams in KINDS]
        sizes = np.diff(self.wholes[0].starts)
        self._length = 1 + LONG_COUNTS * np.log1p(sizes / LONG)

    def scores(self, wanted: Sequence[Asked], rarity: Rarity) -> Sums:
        """Return how well each entry fits the words of a query (0 … 1)."""
        total = 0.0
        scores = np.zeros(len(self.ids))
        for word in wanted:
            for postings, counts in ((self.wholes, 1.0), (self.titles, TITLE_COUNTS)):
                said, mass = self._said(postings, word, rarity)
                scores += counts * said
                total += counts * mass
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

    def _said(self, postings: list[Postings], word: Asked, rarity: Rarity) -> tuple[Sums, float]:
        """Return how much of a word each entry says, in its letters or by a word of the same meaning, and the most.

        Only the word itself is looked for by its sounds: who searched mistyped it, not its synonyms.
        """
        meant = np.zeros(len(self.ids))
        for other in word.meant:
            meant = np.maximum(meant, MEANT * _part(postings[SYLLABLES], other, SYLLABLES, rarity)[0])
        said, most = np.zeros(len(self.ids)), 0.0
        for kind in (SYLLABLES, SOUNDS):
            part, mass = _part(postings[kind], word.word, kind, rarity)
            said += mass * np.maximum(part, meant)
            most += mass
        return said, most


def _part(postings: Postings, word: str, kind: int, rarity: Rarity) -> tuple[Sums, float]:
    """Return what part of a word each entry says (0 … 1), and how much the word weighs."""
    codes = np.unique(KINDS[kind]([word])[0])
    weights = rarity(codes, kind)
    mass = float(weights.sum())
    places = postings.places(codes)
    known = places >= 0
    if not known.any():
        return np.zeros(postings.size), mass
    return postings.collect(places[known], weights[known]) / mass, mass
