"""What proposals say in the same letters, as pieces of their texts that a page marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from madang.decide.agendas.models import Proposal
from madang.engines.matching import Reading, shared

# Letters of a text that are compared; what a matter is about stands before.
COMPARED = 3_000
EXCERPT = 170
_BEFORE = 40
_COLOURS = 3

Span = tuple[int, int, int]


@dataclass(frozen=True)
class Piece:
    """A piece of a text; ``number`` is that of the passage it shares with another, 0 without one, None unmarked."""

    text: str
    number: int | None = None

    @property
    def marked(self) -> bool:
        return self.number is not None

    @property
    def colour(self) -> str:
        """The class of the stylesheet that colours it."""
        return f"m{((self.number or 1) - 1) % _COLOURS + 1}"


@dataclass(frozen=True)
class Marked:
    """Title and text of a proposal in pieces that give them back."""

    title: list[Piece]
    text: list[Piece]

    @property
    def excerpt(self) -> list[Piece]:
        """The part of the text around the first mark as one line, … where it was cut."""
        return excerpt(self.text, EXCERPT)


class Text:
    """Title and text as one, to be compared."""

    def __init__(self, title: str, text: str) -> None:
        self.title = unicodedata.normalize("NFC", title)
        self.whole = f"{self.title}\n{unicodedata.normalize('NFC', text)}"

    @classmethod
    def of(cls, proposal: Proposal) -> Text:
        """Return the text of a proposal: what troubles people, then what they wish."""
        return cls(proposal.title, "\n\n".join(part for part in (proposal.problem, proposal.wish) if part))

    @classmethod
    def written(cls, title: str, text: str) -> Text:
        """Return a text that is still being written."""
        return cls(title, text)

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.whole[:COMPARED])

    def marked(self, spans: Sequence[Span]) -> Marked:
        """Return the text in pieces, cut at the spans (start, end, number), which lie in order and apart."""
        start = len(self.title) + 1
        return Marked(
            _pieces(self.whole, 0, len(self.title), spans), _pieces(self.whole, start, len(self.whole), spans)
        )


def marked_pair(a: Text, b: Text) -> tuple[Marked, Marked]:
    """Return two texts with what they share marked under the same numbers in both."""
    in_a: list[Span] = []
    in_b: list[Span] = []
    for passage in shared(a.reading, b.reading):
        # The same words of b may answer twice; a passage that cannot be marked in both is marked in neither.
        if _apart(passage.in_a, in_a) and _apart(passage.in_b, in_b):
            number = len(in_a) + 1
            in_a.append((*passage.in_a, number))
            in_b.append((*passage.in_b, number))
    return a.marked(sorted(in_a)), b.marked(sorted(in_b))


def marked_group(texts: Sequence[Text]) -> list[Marked]:
    """Return texts with whatever each shares with another of them marked; two get numbers."""
    if len(texts) == 2:
        return list(marked_pair(*texts))
    spans: list[list[tuple[int, int]]] = [[] for _text in texts]
    for place, one in enumerate(texts):
        for other in range(place + 1, len(texts)):
            for passage in shared(one.reading, texts[other].reading):
                spans[place].append(passage.in_a)
                spans[other].append(passage.in_b)
    return [text.marked(_joined(found)) for text, found in zip(texts, spans, strict=True)]


def marked_beside(written: Text, other: Text) -> Marked:
    """Return a text with what it shares with one that is being written marked."""
    return other.marked(_joined([passage.in_b for passage in shared(written.reading, other.reading)]))


def excerpt(pieces: Sequence[Piece], length: int) -> list[Piece]:
    """Return as many letters of a text as one line, from a little before the first mark on."""
    flat = [Piece(" ".join(f".{piece.text}.".split())[1:-1], piece.number) for piece in pieces]
    start, whole = 0, sum(len(piece.text) for piece in flat)
    for piece in flat:
        if piece.marked:
            break
        start += len(piece.text)
    else:
        start = 0
    start = max(0, min(start - _BEFORE, whole - length))
    end = start + length
    shown, at = [], 0
    for piece in flat:
        text = piece.text[max(0, start - at) : max(0, end - at)]
        at += len(piece.text)
        if text:
            shown.append(Piece(text, piece.number))
    before = [Piece("…")] if start else []
    return [*before, *shown, *([Piece("…")] if end < whole else [])]


def _apart(span: tuple[int, int], others: Sequence[Span]) -> bool:
    return all(span[1] <= start or span[0] >= end for start, end, _number in others)


def _joined(spans: Sequence[tuple[int, int]]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]), 0)
        else:
            joined.append((start, end, 0))
    return joined


def _pieces(whole: str, first: int, last: int, spans: Sequence[Span]) -> list[Piece]:
    pieces, at = [], first
    for start, end, number in spans:
        start, end = max(start, at), min(end, last)
        if start < end:
            pieces += [Piece(whole[at:start]), Piece(whole[start:end], number)]
            at = end
    return [piece for piece in (*pieces, Piece(whole[at:last])) if piece.text]
