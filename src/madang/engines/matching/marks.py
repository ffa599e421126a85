"""Where a text says what was searched: the places to mark, and the piece of the text worth showing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from madang.engines.matching.asking import Asked
from madang.engines.matching.grams import jamo_of
from madang.engines.matching.text import letters, placed, words_at

SNIPPET = 120
# A word counts as the searched one, mistyped, when it shares this part of its jamo grams.
ALIKE = 0.3
# Characters of a text in which is looked for what to mark.
READ = 2000
_BEFORE = 30


@dataclass(frozen=True)
class Piece:
    """A piece of a text, marked or not; the pieces of a text give it back."""

    text: str
    marked: bool


def marked(text: str, query: Sequence[Asked]) -> list[Piece]:
    """Return a text (NFC) in pieces, marked where it says a word of the query, whatever its spaces and typing."""
    text = unicodedata.normalize("NFC", text)
    return _pieces(text, _spans(text, query))


def snippet(text: str, query: Sequence[Asked], length: int = SNIPPET) -> list[Piece]:
    """Return the part of a text with most of the query in it, as one line in pieces; … stands where it was cut."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    spans = _spans(text, query)
    start = _best_start(spans, length, len(text))
    end = min(len(text), start + length)
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
    pieces = _pieces(text[start:end], inside)
    before = [Piece("…", False)] if start else []
    return [*before, *pieces, *([Piece("…", False)] if end < len(text) else [])]


def _spans(text: str, query: Sequence[Asked]) -> list[tuple[int, int]]:
    """Return start and end of what to mark in the searched part of a text, in order and without overlap."""
    text = text[:READ]
    found, places = placed(text)
    spans: list[tuple[int, int]] = []
    missing = []
    for asked in query:
        exact = [span for word in (asked.word, *asked.meant) for span in _exact(found, places, word)]
        spans += exact
        missing += [] if exact or len(asked.word) < 3 else [asked.word]
    # Words that may be mistyped are looked for one by one, which is only worth it where nothing else is to be seen.
    if missing and (not spans or len(text) <= SNIPPET):
        spans += _mistyped(text, missing)
    return _joined(spans)


def _exact(found: str, places: list[int], word: str) -> list[tuple[int, int]]:
    """Return where a word stands, with any spaces inside it; for a long word also where most of it stands."""
    if len(word) < 2:
        return []
    least = len(word) if len(word) <= 3 else (len(word) + 1) // 2
    spans = []
    end = 0
    for start in _starts(word, found):
        if start >= end:
            length = _longest(found, start, word)
            end = start + length
            if length >= least:
                spans.append((places[start], places[end - 1] + 1))
    return spans


def _starts(word: str, found: str) -> Iterator[int]:
    """Yield where two neighbouring letters of a word stand."""
    parts = {word[at : at + 2] for at in range(len(word) - 1)}
    for match in re.finditer("(?=" + "|".join(map(re.escape, sorted(parts))) + ")", found):
        yield match.start()


def _longest(found: str, start: int, word: str) -> int:
    """Return how many letters from a place on stand together in a word."""
    length = 1
    while start + length < len(found) and found[start : start + length + 1] in word:
        length += 1
    return length


def _mistyped(text: str, searched: Sequence[str]) -> list[tuple[int, int]]:
    """Return the words of a text that are a searched one but for a letter or two."""
    spans = []
    words = [(span, set(text[slice(*span)])) for span in words_at(text)]
    for word in searched:
        wanted, syllables = _sounds(word), set(word)
        for (start, end), letters_of_word in words:
            # A word of three syllables and more keeps one of them through a typing error; most others fall out here.
            if not syllables.isdisjoint(letters_of_word):
                theirs = _sounds(text[start:end])
                if len(wanted & theirs) > ALIKE * min(len(wanted), len(theirs)):
                    spans.append((start, end))
    return spans


@lru_cache(maxsize=20_000)
def _sounds(word: str) -> frozenset[int]:
    return frozenset(jamo_of([letters(word)])[0].tolist())


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _best_start(spans: Sequence[tuple[int, int]], length: int, whole: int) -> int:
    """Return where to cut so that most marked letters are inside."""
    if whole <= length or not spans:
        return 0
    starts = [max(0, min(start - _BEFORE, whole - length)) for start, _end in spans]
    return max(
        starts, key=lambda start: (sum(max(0, min(b, start + length) - max(a, start)) for a, b in spans), -start)
    )


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces = []
    at = 0
    for start, end in spans:
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    return [piece for piece in (*pieces, Piece(text[at:], False)) if piece.text]
