"""What somebody who searches may mean by each word: the word itself, and words of the same meaning in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from madang.engines.matching.text import letters, lines_of, words

# A word of the same meaning counts a little less than the very word.
MEANT = 0.9
_MOST = 8


@dataclass(frozen=True)
class Asked:
    """One word of a query: in its own letters, and in those of the words of the same meaning."""

    word: str
    meant: tuple[str, ...]


def asked(query: str) -> list[Asked]:
    """Return the words of a query, each once, with what they may mean."""
    return [Asked(word, meant(word)) for word in dict.fromkeys(map(letters, words(query))) if word]


def meant(word: str) -> tuple[str, ...]:
    """Return a word with words of the same meaning put in, wherever one stands inside it."""
    return tuple(dict.fromkeys(found for found in _meant(word) if found != word))[:_MOST]


def _meant(word: str) -> Iterator[str]:
    for group in _groups():
        inside = next((one for one in group if one in word), None)
        if inside is not None:
            yield from (word.replace(inside, other) for other in group if other not in word)


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    """Return the groups of words of one meaning, the longest word of each first."""
    return tuple(
        tuple(sorted(map(letters, line), key=lambda word: (-len(word), word))) for line in lines_of("synonyms.txt")
    )
