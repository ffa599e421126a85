"""Some entries laid out for searching, unchanging: which gram stands in which title, and which anywhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from madang.engines.matching.asking import Asked
from madang.engines.matching.grams import different
from madang.engines.matching.postings import Mask, Postings, Sums
from madang.engines.matching.scoring import KINDS, SYLLABLES, Rarity, scores
from madang.engines.matching.text import CUT, letters

# Letters of a text that are searched; what a matter is about stands before.
SEARCHED = 2000


@dataclass(frozen=True)
class Entry:
    """Something to be found: its id, its words, and what it can be filtered by (kind, district, year …)."""

    id: str
    title: str
    text: str
    facets: Mapping[str, str] = field(default_factory=dict)


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
        self._grams = np.diff(self.wholes[SYLLABLES].starts)

    def scores(self, wanted: Sequence[Asked], rarity: Rarity) -> Sums:
        """Return how well each entry fits the words of a query (0 … 1)."""
        return scores(wanted, self.wholes, self.titles, self._grams, rarity)

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
