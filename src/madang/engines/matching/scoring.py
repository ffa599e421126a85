"""How well entries fit a query, from the lists of who holds which gram, wherever these lists are kept.

A small collection keeps them in memory (``segment.Segment``). A large one keeps them in a database, one row a gram, and
fetches for a query only the rows that ``grams_wanted`` names (``Lists``); the scores are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from madang.engines.matching.asking import MEANT, Asked
from madang.engines.matching.grams import Codes, Grams, jamo_of, pairs_of
from madang.engines.matching.postings import Sums

KINDS: tuple[Grams, ...] = (pairs_of, jamo_of)
SYLLABLES, SOUNDS = range(len(KINDS))
TITLE_COUNTS = 0.5
# Long texts hold more by chance: from how many different grams on they count less, and how much.
LONG = 150
LONG_COUNTS = 0.15
# A gram that stands nowhere, as those of typing errors do, counts half as much as one that stands once.
NOWHERE = 0.5

Rarity = Callable[[Codes, int], Sums]


class Holders(Protocol):
    """Who holds which gram among so many entries."""

    @property
    def size(self) -> int:
        """How many entries there are."""

    def said(self, codes: Codes, weights: Sums) -> Sums:
        """Return for each entry the sum of the weights of those grams that it holds."""


class Lists:
    """Holders from one sorted array of entries' numbers for each gram, as they come from a database."""

    def __init__(self, lists: Mapping[int, NDArray[np.int32]], size: int) -> None:
        """Take the lists of the grams that are wanted; a gram without one stands nowhere."""
        self._lists = lists
        self._size = size

    @property
    def size(self) -> int:
        return self._size

    def said(self, codes: Codes, weights: Sums) -> Sums:
        sums = np.zeros(self._size)
        for code, weight in zip(codes.tolist(), weights.tolist(), strict=True):
            if code in self._lists:
                sums[self._lists[code]] += weight
        return sums

    def rarity(self, codes: Codes) -> Sums:
        """Return how rare grams are among the entries."""
        return rarity_of(np.array([len(self._lists.get(code, ())) for code in codes.tolist()], np.int64), self._size)


def rarity_of(held_by: Codes, size: int) -> Sums:
    """Return how rare grams are that so many of the entries hold."""
    rare = np.log(1 + size / np.maximum(held_by, 1))
    return np.where(held_by > 0, rare, NOWHERE * np.log(1 + size))


def grams_wanted(wanted: Sequence[Asked]) -> list[Codes]:
    """Return for each kind the grams whose lists a query needs."""
    syllables = [grams_of(text, SYLLABLES) for word in wanted for text in (word.word, *word.meant)]
    sounds = [grams_of(word.word, SOUNDS) for word in wanted]
    none = np.zeros(0, np.int64)
    return [np.unique(np.concatenate([none, *codes])) for codes in (syllables, sounds)]


def grams_of(word: str, kind: int) -> Codes:
    """Return the different grams of a word."""
    return np.unique(KINDS[kind]([word])[0])


def scores(
    wanted: Sequence[Asked], wholes: Sequence[Holders], titles: Sequence[Holders], grams: Codes, rarity: Rarity
) -> Sums:
    """Return how well each entry fits the words of a query (0 … 1).

    ``wholes`` and ``titles`` stand for KINDS; ``grams`` is how many different pairs of letters each entry holds.
    """
    total = 0.0
    found = np.zeros(len(grams))
    for word in wanted:
        for holders, counts in ((wholes, 1.0), (titles, TITLE_COUNTS)):
            said, mass = _said(holders, word, rarity)
            found += counts * said
            total += counts * mass
    return found / (1 + LONG_COUNTS * np.log1p(grams / LONG)) / (total or 1)


def _said(holders: Sequence[Holders], word: Asked, rarity: Rarity) -> tuple[Sums, float]:
    """Return how much of a word each entry says, in its letters or by a word of the same meaning, and the most.

    Only the word itself is looked for by its sounds: who searched mistyped it, not its synonyms.
    """
    meant = np.zeros(holders[SYLLABLES].size)
    for other in word.meant:
        meant = np.maximum(meant, MEANT * _part(holders[SYLLABLES], other, SYLLABLES, rarity)[0])
    said, most = np.zeros(len(meant)), 0.0
    for kind in (SYLLABLES, SOUNDS):
        part, mass = _part(holders[kind], word.word, kind, rarity)
        said += mass * np.maximum(part, meant)
        most += mass
    return said, most


def _part(holders: Holders, word: str, kind: int, rarity: Rarity) -> tuple[Sums, float]:
    """Return what part of a word each entry says (0 … 1), and how much the word weighs."""
    codes = grams_of(word, kind)
    weights = rarity(codes, kind)
    mass = float(weights.sum())
    return (holders.said(codes, weights) / mass if mass else np.zeros(holders.size)), mass
