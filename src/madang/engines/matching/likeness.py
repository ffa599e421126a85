"""How much two texts are alike: 0 … 1, the same both ways, and 1 for a text with itself.

Two things count. How many neighbouring letters two texts share, rare ones more than common ones; and how much of one
text's title stands in the other, so that two matters under the same printed form are not taken for one. A text that
holds nothing but courtesy is like no other, not even like itself.
"""

from __future__ import annotations

import math

import numpy as np

from madang.engines.matching.grams import Codes
from madang.engines.matching.postings import Mask, Sums
from madang.engines.matching.weighing import Vector, share

# Chosen on that half of the labelled pairs that is for choosing (tests/labels.md).
TITLE_SHARE = 0.2
STRANGE_TITLE = 0.35
KNOWN_TITLE = 0.3
# The measure is stretched so that what a merge desk should look at starts at one half.
STRETCH = math.log(0.5) / math.log(0.3)
THRESHOLD = 0.5
DIGITS = 4
# Two texts with less in common are not alike, whatever their titles say.
LEAST_COSINE = 0.02


def likeness(cosine: Sums, ours: Sums, theirs: Sums) -> Sums:
    """Return the likeness from the cosine and how much of each title stands in the other text (-1: it says nothing)."""
    known = np.maximum(ours, theirs)
    titled = known >= 0
    trust = np.where(titled, np.minimum(STRANGE_TITLE + (1 - STRANGE_TITLE) * known / KNOWN_TITLE, 1), 1)
    plain = (1 - TITLE_SHARE) * cosine + TITLE_SHARE * np.where(titled, known, cosine)
    raw = np.where(cosine >= LEAST_COSINE, np.clip(trust * plain, 0, 1), 0)
    return np.round(raw**STRETCH, DIGITS)


def least_cosine(threshold: float) -> float:
    """Return the cosine below which no pair reaches a likeness."""
    plain: float = threshold ** (1 / STRETCH)
    return max((plain - TITLE_SHARE) / (1 - TITLE_SHARE) - 1e-6, LEAST_COSINE)


def of_two(a: Vector, b: Vector) -> float:
    """Return the likeness of two texts in the weights of one corpus, which need not hold them."""
    at, both = _found(a.heavy, b.heavy)
    cosine = np.array([float((a.weights[both] * b.weights[at[both]]).sum())])
    if cosine[0] < LEAST_COSINE:
        return 0.0
    return float(likeness(cosine, _title_inside(a, b), _title_inside(b, a))[0])


def _title_inside(a: Vector, b: Vector) -> Sums:
    """Return how much of one text's title stands in another, -1 when it says nothing."""
    _at, held = _found(a.title, b.codes)
    return share(np.array([a.title_rarity[held].sum()]), np.array([a.title_rarity.sum()]))


def _found(wanted: Codes, among: Codes) -> tuple[Codes, Mask]:
    """Return where codes stand among sorted ones, and which do."""
    if not len(among):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    at = np.minimum(np.searchsorted(among, wanted), len(among) - 1)
    return at, np.asarray(among[at] == wanted)
