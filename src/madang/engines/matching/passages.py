"""What two texts say in the same letters: the passages to mark when they stand side by side."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from madang.engines.matching.text import CUT, matter, placed

# Shorter agreements are chance, and only told when there is nothing longer; more than this nobody reads.
SHORTEST = (4, 2)
MOST = 5
_SAME_SEED_MOST = 8
_STEPS = (256, 16, 1)


@dataclass(frozen=True)
class Passage:
    """A passage two texts share: as it stands in a, and its start and end in both (after composing, NFC)."""

    text: str
    in_a: tuple[int, int]
    in_b: tuple[int, int]


class Reading:
    """A text read letter by letter, to be compared with several others."""

    def __init__(self, text: str) -> None:
        """Read a text (composed to NFC first)."""
        self.text = unicodedata.normalize("NFC", text)
        self.letters, self.places = placed(self.text)

        self._seeds: dict[int, dict[str, list[int]]] = {}

    def seeds(self, length: int) -> dict[str, list[int]]:
        """Return where every so many neighbouring letters stand."""
        if length not in self._seeds:
            seeds: dict[str, list[int]] = {}
            for place in range(len(self.letters) - length + 1):
                seeds.setdefault(self.letters[place : place + length], []).append(place)
            self._seeds[length] = seeds
        return self._seeds[length]

    def span(self, start: int, length: int) -> tuple[int, int]:
        """Return start and end in the text of a run of letters."""
        return self.places[start], self.places[start + length - 1] + 1


def shared(a: str | Reading, b: str | Reading, *, most: int = MOST) -> list[Passage]:
    """Return the longest passages two texts share, whatever their spaces and signs, in the order of a.

    Courtesy is left out, and so is what says again what a longer passage has marked already.
    """
    a = Reading(a) if isinstance(a, str) else a
    b = Reading(b) if isinstance(b, str) else b
    found: list[Passage] = []
    for shortest in SHORTEST:
        found = found or _longest(a, b, shortest, most)
    return sorted(found, key=lambda passage: passage.in_a)


def _longest(a: Reading, b: Reading, shortest: int, most: int) -> list[Passage]:
    """Return the longest passages of at least so many letters, longest first."""
    found: list[Passage] = []
    said: list[str] = []
    for run in sorted(_runs(a, b, shortest), key=lambda run: (-run[2], run[0])):
        start_a, start_b, length = _trimmed(a, *run)
        letters = a.letters[start_a : start_a + length]
        if len(matter(letters).replace(CUT, "")) < shortest or any(letters in longer for longer in said):
            continue
        said.append(letters)
        start, end = a.span(start_a, length)
        found.append(Passage(" ".join(a.text[start:end].split()), (start, end), b.span(start_b, length)))
        if len(found) == most:
            break
    return found


def _runs(a: Reading, b: Reading, shortest: int) -> Iterator[tuple[int, int, int]]:
    """Yield equal runs of letters, none over another in a: start in a, start in b, length."""
    seeds = b.seeds(shortest)
    place = 0
    while place <= len(a.letters) - shortest:
        starts = seeds.get(a.letters[place : place + shortest], ())[:_SAME_SEED_MOST]
        if not starts:
            place += 1
            continue
        length, start = max((_same(a.letters, b.letters, place, start), -start) for start in starts)
        yield place, -start, length
        place += length


def _same(a: str, b: str, in_a: int, in_b: int) -> int:
    """Return how many letters are equal from two places on, looking in long steps first."""
    length = 0
    most = min(len(a) - in_a, len(b) - in_b)
    for step in _STEPS:
        while length + step <= most and a.startswith(b[in_b + length : in_b + length + step], in_a + length):
            length += step
    return length


def _trimmed(a: Reading, start_a: int, start_b: int, length: int) -> tuple[int, int, int]:
    """Return a run without a single letter at an end that belongs to a word outside the run."""
    if length > 1 and start_a > 0 and _apart(a, start_a) and not _apart(a, start_a - 1):
        start_a, start_b, length = start_a + 1, start_b + 1, length - 1
    last = start_a + length - 1
    if length > 1 and last + 1 < len(a.places) and _apart(a, last - 1) and not _apart(a, last):
        length -= 1
    return start_a, start_b, length


def _apart(a: Reading, place: int) -> bool:
    """Say whether something stands between a letter and the next."""
    return place + 1 < len(a.places) and a.places[place + 1] - a.places[place] > 1
