"""Texts that want the same: the nearest to a new one, and all pairs of a collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from madang.engines.matching.grams import Codes
from madang.engines.matching.likeness import THRESHOLD, least_cosine, likeness, of_two
from madang.engines.matching.postings import Sums
from madang.engines.matching.weighing import Corpus, Vector, features, share

_BLOCK = 256
_PENDING_LEAST = 32


@dataclass(frozen=True)
class Row:
    """One text under its id."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Like:
    """A text that is like the one asked about, and how much (0 … 1)."""

    id: str
    score: float


@dataclass(frozen=True)
class Pair:
    """Two texts and how much they are alike (0 … 1); a's id sorts before b's."""

    a: str
    b: str
    score: float


class SimilarIndex:
    """Texts under their ids, among which like ones are found; texts may be added, replaced and removed.

    A text added later is found at once; how rare its words are is reckoned anew when a twentieth has changed. Of no
    use to several threads at once while it is being changed.
    """

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        """Take texts; of two with one id the later counts. The order changes nothing."""
        self._rows = {row.id: row for row in rows}
        texts = features([(row.title, row.text) for row in self._rows.values()])
        self._features = dict(zip(self._rows, texts, strict=True))
        self._compile()

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def row(self, key: str) -> Row:
        """Return the text under an id; raises KeyError."""
        return self._rows[key]

    def add(self, row: Row) -> None:
        """Put a text in, or in the place of the one with its id."""
        self._rows[row.id] = row
        self._features[row.id] = features([(row.title, row.text)])[0]
        self._changed.add(row.id)
        self._new.pop(row.id, None)

    def remove(self, key: str) -> None:
        """Take a text out; nothing happens when it is not there."""
        if self._rows.pop(key, None) is not None:
            del self._features[key]
            self._changed.add(key)
            self._new.pop(key, None)

    def similar(self, title: str, text: str, k: int = 5, *, threshold: float = THRESHOLD, but: str = "") -> list[Like]:
        """Return the k texts most like a title and text, best first, from the threshold on, without the one ``but``."""
        self._refresh()
        asked = self._corpus.vector(features([(title, text)])[0])
        scores = self._compare(asked)
        found = [
            Like(self._ids[at], float(scores[at]))
            for at in np.flatnonzero(scores >= threshold)
            if self._ids[at] not in self._changed
        ]
        found += self._among_changed(asked, threshold)
        return sorted((one for one in found if one.id != but), key=lambda one: (-one.score, one.id))[:k]

    def score(self, a: str, b: str) -> float:
        """Return how much the texts under two ids are alike; raises KeyError."""
        self._refresh()
        return of_two(*(self._corpus.vector(self._features[key]) for key in (a, b)))

    def pairs(self, threshold: float = THRESHOLD) -> list[Pair]:
        """Return all pairs from a threshold above 0 on by falling score."""
        if self._changed:
            self._compile()
        these, others, cosine = self._candidates(least_cosine(threshold))
        titles = self._corpus.title_inside(these, others), self._corpus.title_inside(others, these)
        scores = likeness(cosine, *titles)
        order = np.lexsort((others, these, -scores))
        chosen = order[scores[order] >= threshold]
        return [Pair(self._ids[these[at]], self._ids[others[at]], float(scores[at])) for at in chosen]

    def _refresh(self) -> None:
        """Weigh everything anew when too much has changed since the last time."""
        if len(self._changed) > max(_PENDING_LEAST, len(self._ids) // 20):
            self._compile()

    def _compile(self) -> None:
        self._ids = sorted(self._rows)
        self._corpus = Corpus([self._features[key] for key in self._ids])
        self._changed: set[str] = set()
        self._new: dict[str, Vector] = {}

    def _compare(self, asked: Vector) -> Sums:
        """Return the likeness of each weighed text to a text."""
        corpus = self._corpus
        terms, known = corpus.all.places(asked.heavy), corpus.all.places(asked.title)
        cosine = corpus.heavy.collect(terms[terms >= 0], asked.weights[terms >= 0], corpus.inverted)
        known = known[known >= 0]
        mass = np.full(corpus.all.size, asked.title_rarity.sum())
        ours = share(corpus.all.collect(known, corpus.rarity[known]), mass)
        held = np.zeros(len(corpus.all.vocabulary), np.bool_)
        whole = corpus.all.places(asked.codes)
        held[whole[whole >= 0]] = True
        return likeness(cosine, ours, share(corpus.sums_by_title(held[corpus.title_terms]), corpus.title_mass))

    def _among_changed(self, asked: Vector, threshold: float) -> list[Like]:
        """Return the like ones among the texts that came after the last weighing."""
        for key in self._changed.intersection(self._features).difference(self._new):
            self._new[key] = self._corpus.vector(self._features[key])
        scores = [(key, of_two(asked, text)) for key, text in sorted(self._new.items())]
        return [Like(key, score) for key, score in scores if score >= threshold]

    def _candidates(self, least: float) -> tuple[Codes, Codes, Sums]:
        """Return all pairs of weighed texts with at least a cosine: their numbers and the cosine."""
        corpus = self._corpus
        found: list[tuple[Codes, Codes, Sums]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]
        for first in range(0, corpus.all.size, _BLOCK):
            last = min(first + _BLOCK, corpus.all.size)
            table = corpus.heavy.products(corpus.weights, corpus.inverted, first, last)
            row, column = np.nonzero(table >= least)
            upper = column > row
            row, column = row[upper], column[upper]
            found.append((row + first, column + first, table[row, column]))
        these, others, likeness = zip(*found, strict=True)
        return np.concatenate(these), np.concatenate(others), np.concatenate(likeness)


def nearest(pairs: Iterable[Pair], top: int) -> list[Pair]:
    """Return those of the pairs, given by falling score, that are among the ``top`` first of one of their texts."""
    had: Counter[str] = Counter()
    kept = []
    for pair in pairs:
        if min(had[pair.a], had[pair.b]) < top:
            kept.append(pair)
        had.update((pair.a, pair.b))
    return kept
