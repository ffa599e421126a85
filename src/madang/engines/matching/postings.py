"""For every gram the texts that hold it, as arrays: what both finding similar texts and searching run on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from madang.engines.matching.grams import Codes, Weights

Sums = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Postings:
    """Which text holds which gram, both ways round. Texts are numbered as given, grams by their place among all.

    ``vocabulary`` sorted codes · ``terms`` what each text holds, one text after the other from ``starts`` on ·
    ``owners`` the text of each term · ``held_by`` how many texts hold each gram.
    """

    def __init__(self, vocabulary: Codes, terms: NDArray[np.int32], counts: Codes, order: Codes) -> None:
        """Take the terms of all texts in a row, how many are each text's, and in which order they are sorted."""
        self.size = len(counts)
        self.vocabulary = vocabulary
        self.terms = terms
        self.starts = starts_of(counts)
        self.owners = np.repeat(np.arange(self.size, dtype=np.int32), counts)
        self.held_by = np.bincount(terms, minlength=len(vocabulary))
        self._order = order
        self._holders = self.owners[order]
        self._lists = starts_of(self.held_by)

    @classmethod
    def of(cls, texts: Sequence[Codes]) -> Postings:
        """Take one array of different codes for each text."""
        codes = np.concatenate([np.zeros(0, np.int64), *texts])
        order = np.argsort(codes, kind="stable")
        ordered = codes[order]
        first = np.concatenate([np.ones(min(1, len(codes)), np.bool_), ordered[1:] != ordered[:-1]])
        terms = np.empty(len(codes), np.int32)
        terms[order] = np.cumsum(first) - 1
        return cls(ordered[first], terms, np.array([len(text) for text in texts], np.int64), order)

    def kept(self, mask: Mask) -> Postings:
        """Return the same with only some of the terms of the texts."""
        counts = np.bincount(self.owners[mask], minlength=self.size)
        place = np.cumsum(mask) - 1
        order = place[self._order[mask[self._order]]]
        return Postings(self.vocabulary, self.terms[mask], counts, order)

    def places(self, codes: Codes) -> Codes:
        """Return where codes stand in the vocabulary, -1 for those no text holds."""
        if not len(self.vocabulary):
            return np.full(len(codes), -1, np.int64)
        found = np.minimum(np.searchsorted(self.vocabulary, codes), len(self.vocabulary) - 1)
        return np.where(self.vocabulary[found] == codes, found, -1)

    def inverted(self, weights: Weights) -> Weights:
        """Return weights given in the order of ``terms`` in the order of the inverted lists."""
        return weights[self._order]

    def collect(self, terms: Codes, weights: Sums, inverted: Weights | None = None) -> Sums:
        """Return for each text the sum of the weights of those terms that it holds, times its own (inverted) weight."""
        lengths = self.held_by[terms]
        at = _ranges(self._lists[terms], lengths)
        spread = np.repeat(weights, lengths)
        if inverted is not None:
            spread = spread * inverted[at]
        return np.asarray(np.bincount(self._holders[at], spread, minlength=self.size), np.float64)

    def said(self, codes: Codes, weights: Sums) -> Sums:
        """Return for each text the sum of the weights of those grams, given by code, that it holds."""
        places = self.places(codes)
        return self.collect(places[places >= 0], weights[places >= 0])

    def products(self, weights: Weights, inverted: Weights, first: int, last: int) -> Sums:
        """Return the products of the texts first … last-1 with all from ``first`` on, as a table."""
        window = slice(self.starts[first], self.starts[last])
        terms, owners = self.terms[window], self.owners[window]
        earlier = np.bincount(self.terms[: self.starts[first]], minlength=len(self.vocabulary))
        begin = (self._lists[:-1] + earlier)[terms]
        lengths = self._lists[1:][terms] - begin
        at = _ranges(begin, lengths)
        width = self.size - first
        cell = np.repeat((owners - first) * width, lengths) + (self._holders[at] - first)
        value = np.repeat(weights[window], lengths) * inverted[at]
        table = np.bincount(cell, value, minlength=(last - first) * width)
        return np.asarray(table, np.float64).reshape(last - first, width)

    def holds(self, texts: Codes, terms: Codes) -> Mask:
        """Return for each text beside each term whether the text holds it."""
        wanted = texts * len(self.vocabulary) + terms
        found = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        return np.asarray(self._keys[found] == wanted)

    @cached_property
    def _keys(self) -> Codes:
        return self.owners.astype(np.int64) * len(self.vocabulary) + self.terms


def starts_of(counts: Codes) -> Codes:
    """Return where each of several runs starts when they lie in a row, and where the last ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])


def spread(starts: Codes, runs: Codes) -> tuple[Codes, Codes]:
    """Return for chosen runs the places of all their members, and beside each which of the chosen it belongs to."""
    lengths = starts[runs + 1] - starts[runs]
    return _ranges(starts[runs], lengths), np.repeat(np.arange(len(runs)), lengths)


def _ranges(begin: Codes, lengths: Codes) -> Codes:
    """Return all numbers of several ranges in a row."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(begin - before, lengths) + np.arange(int(lengths.sum()))
