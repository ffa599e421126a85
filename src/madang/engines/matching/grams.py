"""Neighbouring letters as numbers: two syllables of a text, or five letters of the alphabet (jamo) of one.

Texts are taken many at once, because sorting everything in one go costs less than thousands of small sortings. A gram
never reaches over a CUT or from one text into the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from madang.engines.matching.text import CUT

Codes = NDArray[np.int64]
Weights = NDArray[np.float32]
Grams = Callable[[Sequence[str]], tuple[Codes, Codes]]

JAMO_LENGTH = 5
# A gram fits into so many bits; above them there is room for the number of its text.
CODE_BITS = 42
# Texts taken at once: more cost memory and sort no faster.
TOGETHER = 256
_LETTER_BITS = 21
_JAMO_BITS = 7
_FIRST, _LAST = 0xAC00, 0xD7A3
_PER_INITIAL, _PER_VOWEL = 588, 28
# Where the 19 initials, 21 vowels and 27 finals start; every other letter is folded into what is left of seven bits.
_INITIALS, _VOWELS, _FINALS, _OTHERS = 2, 21, 41, 69
_CUT = 1


def different(grams: Grams, texts: Sequence[str]) -> list[Codes]:
    """Return the different grams of each text, sorted."""
    found: list[Codes] = []
    for start in range(0, len(texts), TOGETHER):
        some = texts[start : start + TOGETHER]
        codes, owners = grams(some)
        found += split(np.unique((owners << CODE_BITS) | codes), len(some))
    return found


def split(keys: Codes, size: int) -> list[Codes]:
    """Return sorted codes with the number of their text above them as the codes of each text."""
    ends = np.searchsorted(keys, np.arange(1, size) << CODE_BITS)
    return np.split(keys & ((1 << CODE_BITS) - 1), ends)


def pairs_of(texts: Sequence[str]) -> tuple[Codes, Codes]:
    """Return the number of every two neighbouring letters of several texts, and beside it the text's place."""
    points, owners = _points(texts)
    if len(points) < 2:
        return points[:0], owners[:0]
    codes = (points[:-1] << _LETTER_BITS) | points[1:]
    inside = (points[:-1] != ord(CUT)) & (points[1:] != ord(CUT))
    return codes[inside], owners[:-1][inside]


def jamo_of(texts: Sequence[str]) -> tuple[Codes, Codes]:
    """Return the number of every five neighbouring jamo of several texts, and beside it the text's place.

    They stay alike when one letter is mistyped.
    """
    jamo, owners = _jamo(*_points(texts))
    length = len(jamo) - JAMO_LENGTH + 1
    if length < 1:
        return jamo[:0], owners[:0]
    codes = np.zeros(length, np.int64)
    inside = np.ones(length, np.bool_)
    for step in range(JAMO_LENGTH):
        part = jamo[step : step + length]
        codes = (codes << _JAMO_BITS) | part
        inside &= part != _CUT
    return codes[inside], owners[:length][inside]


def _points(texts: Sequence[str]) -> tuple[Codes, Codes]:
    """Return the code points of texts, each with a CUT behind it; halves of characters count as one sign."""
    raw = "".join(text + CUT for text in texts).encode("utf-32-le", errors="replace")
    owners = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])
    return np.frombuffer(raw, dtype="<u4").astype(np.int64), owners


def _jamo(points: Codes, owners: Codes) -> tuple[Codes, Codes]:
    """Return syllables taken apart into initial, vowel and final; other letters stay one sign."""
    syllable = (points >= _FIRST) & (points <= _LAST)
    place = points - _FIRST
    final = place % _PER_VOWEL
    other = np.where(points == ord(CUT), _CUT, _OTHERS + points % ((1 << _JAMO_BITS) - _OTHERS))
    apart = np.zeros((len(points), 3), np.int64)
    apart[:, 0] = np.where(syllable, _INITIALS + place // _PER_INITIAL, other)
    apart[:, 1] = np.where(syllable, _VOWELS + place % _PER_INITIAL // _PER_VOWEL, 0)
    apart[:, 2] = np.where(syllable & (final > 0), _FINALS + final, 0)
    flat = apart.ravel()
    return flat[flat > 0], np.repeat(owners, 3)[flat > 0]
