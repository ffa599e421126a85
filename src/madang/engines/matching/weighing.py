"""What of a text counts how much: rare grams more than common ones, the title's more than the body's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from madang.engines.matching.grams import CODE_BITS, TOGETHER, Codes, Weights, pairs_of, split
from madang.engines.matching.postings import Mask, Postings, Sums, spread, starts_of
from madang.engines.matching.text import matter

TITLE_COUNTS = 2
RARITY = 1.5
# A long text is compared by its heaviest grams only: the others say little and cost most.
HEAVIEST = 200


@dataclass(frozen=True)
class Features:
    """The grams of one text: sorted different codes, how often each stands in it, and those of the title."""

    codes: Codes
    often: Weights
    title: Codes


def features(texts: Sequence[tuple[str, str]]) -> list[Features]:
    """Return the grams of titles and texts; two texts that differ in spaces and signs only have the same."""
    found: list[Features] = []
    for start in range(0, len(texts), TOGETHER):
        found += _features(texts[start : start + TOGETHER])
    return found


def _features(texts: Sequence[tuple[str, str]]) -> list[Features]:
    title, title_of = pairs_of([matter(title) for title, _text in texts])
    body, body_of = pairs_of([matter(text) for _title, text in texts])
    titles = (title_of << CODE_BITS) | title
    keys, inverse = np.unique(np.concatenate([titles, (body_of << CODE_BITS) | body]), return_inverse=True)
    counts = np.ones(len(inverse))
    counts[: len(title)] = TITLE_COUNTS
    often = np.bincount(inverse, counts, minlength=len(keys)).astype(np.float32)
    whole, named = split(keys, len(texts)), split(np.unique(titles), len(texts))
    each = np.split(often, np.cumsum([len(codes) for codes in whole])[:-1])
    return [Features(*parts) for parts in zip(whole, each, named, strict=True)]


@dataclass(frozen=True)
class Vector:
    """One text in the weights of others: its heaviest grams, everything it holds, and its title with its rarity."""

    heavy: Codes
    weights: Sums
    codes: Codes
    title: Codes
    title_rarity: Sums


class Corpus:
    """Texts weighed against each other, unchanging.

    ``all`` everything they hold · ``heavy`` their heaviest grams with ``weights`` of length 1 for each text ·
    ``rarity`` of every gram · ``title_terms`` from ``title_starts`` on, and ``title_mass``, of each title.
    """

    def __init__(self, texts: Sequence[Features]) -> None:
        """Weigh texts; the order in which they are given changes no weight."""
        self.all = Postings.of([text.codes for text in texts])
        self.rarity = self._rarity(self.all.held_by)
        often = np.concatenate([np.zeros(0, np.float32), *(text.often for text in texts)])
        weights = (1 + np.log(np.maximum(often, 1))) * self.rarity[self.all.terms]
        kept = _heaviest(weights, self.all)
        self.heavy = self.all.kept(kept)
        self.weights = _normal(weights[kept], self.heavy)
        self.inverted = self.heavy.inverted(self.weights)
        titles = np.concatenate([np.zeros(0, np.int64), *(text.title for text in texts)])
        self.title_terms = self.all.places(titles)
        self.title_starts = starts_of(np.array([len(text.title) for text in texts], np.int64))
        self.title_mass = self.sums_by_title(np.ones(len(titles), np.bool_))

    def _rarity(self, held_by: Codes) -> Sums:
        return np.asarray(np.log(1 + self.all.size / np.maximum(held_by, 1)) ** RARITY)

    def sums_by_title(self, mask: Mask) -> Sums:
        """Return for each title the rarity of those of its grams that are marked."""
        owners = np.repeat(np.arange(self.all.size), np.diff(self.title_starts))
        sums = np.bincount(owners, self.rarity[self.title_terms] * mask, minlength=self.all.size)
        return np.asarray(sums, np.float64)

    def title_inside(self, these: Codes, others: Codes) -> Sums:
        """Return how much of the titles of these texts stands in the others (0 … 1), -1 for titles that say nothing."""
        at, which = spread(self.title_starts, these)
        terms = self.title_terms[at]
        held = self.all.holds(others[which], terms)
        said = np.bincount(which, self.rarity[terms] * held, minlength=len(these))
        return share(np.asarray(said, np.float64), self.title_mass[these])

    def rarity_of(self, codes: Codes) -> Sums:
        """Return how rare grams are; one that no text holds counts as held by one."""
        places = self.all.places(codes)
        held_by = np.ones(len(codes), np.int64)
        held_by[places >= 0] = self.all.held_by[places[places >= 0]]
        return self._rarity(held_by)

    def vector(self, text: Features) -> Vector:
        """Return any text in these weights: its heaviest grams with weights of length 1."""
        weights = (1 + np.log(np.maximum(text.often, 1))) * self.rarity_of(text.codes)
        kept = np.sort(np.argsort(-weights, kind="stable")[:HEAVIEST])
        length = float(np.sqrt((weights[kept] ** 2).sum()))
        rarity = self.rarity_of(text.title)
        return Vector(text.codes[kept], weights[kept] / (length or 1), text.codes, text.title, rarity)


def share(part: Sums, whole: Sums) -> Sums:
    """Return parts of wholes, -1 where there is no whole."""
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1), -1.0)


def _heaviest(weights: Sums, postings: Postings) -> Mask:
    """Mark the heaviest grams of each text; of equal ones those with the smaller code."""
    mask = np.ones(len(weights), np.bool_)
    for number in np.flatnonzero(np.diff(postings.starts) > HEAVIEST):
        window = slice(postings.starts[number], postings.starts[number + 1])
        mask[window][np.argsort(-weights[window], kind="stable")[HEAVIEST:]] = False
    return mask


def _normal(weights: Sums, postings: Postings) -> Weights:
    """Return weights so that those of each text have the length 1."""
    lengths = np.sqrt(np.bincount(postings.owners, weights**2, minlength=postings.size))
    return (weights / np.maximum(lengths[postings.owners], 1e-9)).astype(np.float32)
