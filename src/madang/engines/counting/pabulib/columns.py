"""The section VOTES of approval ballots read as columns of bytes, for files where every line has the same shape.

A million plain lines are read in a second. Anything else in the section (quotes, blank lines, other numbers of
fields, names that are not projects) is left to the reading field by field, which can say what is wrong with a line.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from madang.engines.counting.model import Ballots, Ints
from madang.engines.counting.pabulib.grouping import grouped
from madang.engines.counting.pabulib.head import Head

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]
PIECE = 1 << 18
COMMA, SEMICOLON, LINE_END = b",;\n"
LONGEST_ID = 64


def read_columns(content: bytes, head: Head) -> Ballots | None:
    """Return the ballots of a plain section of approvals, or None when it has to be read field by field."""
    ids = Ids.of(list(head.projects))
    section = memoryview(content)[head.start :]
    if head.vote_type not in {"approval", "choose-1"} or ids is None or content.find(b'"', head.start) >= 0:
        return None
    marks: list[Ints] = []
    projects: list[Ints] = []
    while section:
        piece, section = _cut(section)
        read = _read(piece, len(head.columns), head.columns.index("vote"), ids)
        if read is None:
            return None
        marks.append(read[0])
        projects.append(read[1])
    if not marks:
        return None
    return grouped(np.concatenate(marks), np.concatenate(projects), projects=len(head.projects))


def _cut(section: memoryview) -> tuple[bytes, memoryview]:
    """Return whole lines of about one piece, ended by a line feed, and the rest."""
    if len(section) <= PIECE:
        piece, rest = bytes(section), section[:0]
    else:
        piece = bytes(section[:PIECE])
        end = piece.rfind(b"\n") + 1 or PIECE
        piece, rest = piece[:end], section[end:]
    piece = piece.replace(b"\r\n", b"\n") if b"\r" in piece else piece
    if not rest:
        piece = piece.rstrip(b"\n")
        piece = piece + b"\n" if piece else piece
    return piece, rest


def _read(piece: bytes, fields: int, vote: int, ids: Ids) -> tuple[Ints, Ints] | None:
    """Return how many projects each line names, and which ones in turn; None when a line is not plain."""
    text = np.frombuffer(piece, np.uint8)
    ends = np.flatnonzero((text == COMMA) | (text == SEMICOLON) | (text == LINE_END))
    signs = text[ends]
    field_ends = np.flatnonzero(signs != COMMA)
    if len(field_ends) % fields or b"\0" in piece:
        return None
    shape = signs[field_ends].reshape(-1, fields)
    if not ((shape[:, -1] == LINE_END).all() and (shape[:, :-1] == SEMICOLON).all()):
        return None
    parts = np.diff(field_ends, prepend=-1)
    voted = np.repeat(np.tile(np.arange(fields) == vote, len(shape)), parts)
    marks = parts[vote::fields]
    start, stop = np.concatenate(([0], ends[:-1] + 1))[voted], ends[voted]
    if (stop == start).any():
        if fields == 1:  # An empty line, which is no ballot.
            return None
        named = stop > start
        marks = np.bincount(np.repeat(np.arange(len(shape)), marks)[named], minlength=len(shape))
        start, stop = start[named], stop[named]
    project = ids.find(piece, start, stop - start)
    return None if project is None else (marks, project)


@dataclass(frozen=True)
class Ids:
    """The ids of the projects as machine words, and a table that finds an id by a product of its words."""

    words: Words
    factors: Words
    shift: int
    table: Ints

    @staticmethod
    def of(ids: list[str]) -> Ids | None:
        """Return the table for some ids; None when they are too many or too long for it."""
        spelt = [one.encode() for one in ids]
        longest = max(map(len, spelt), default=0)
        if not 0 < longest <= LONGEST_ID:
            return None
        width = -(-longest // 8)
        words = np.frombuffer(b"".join(one.ljust(8 * width, b"\0") for one in spelt), "<u8").reshape(-1, width)
        bits = min(20, 2 * len(ids).bit_length() + 1)
        for attempt in range(64):
            factors = _factors(width, attempt)
            slots = _slots(words, factors, 64 - bits)
            if len(np.unique(slots)) == len(ids):
                table = np.zeros(1 << bits, np.int64)
                table[slots] = np.arange(len(ids))
                return Ids(words.astype(np.uint64), factors, 64 - bits, table)
        return None

    def find(self, text: bytes, start: Ints, length: Ints) -> Ints | None:
        """Return the project named by each stretch of a text without NUL; None when one of them is no project."""
        width = self.words.shape[1]
        if len(length) and int(length.max()) > 8 * width:
            return None
        padded = text + bytes(8 * width)
        # A word begins at every byte, so the words overlap.
        every = np.ndarray((len(padded) - 7,), "<u8", buffer=padded, strides=(1,))
        words = np.empty((len(start), width), np.uint64)
        for place in range(width):
            rest = np.clip(length - 8 * place, 0, 8) if width > 1 else length
            words[:, place] = every[start + 8 * place] & _FIRST_BYTES[rest]
        project = self.table[_slots(words, self.factors, self.shift)]
        return project if (self.words[project] == words).all() else None


_FIRST_BYTES: Words = np.array([(1 << 8 * count) - 1 for count in range(9)], np.uint64)


def _factors(width: int, attempt: int) -> Words:
    """Return odd numbers of 64 bits, others for each attempt."""
    mixed = [(0x9E3779B97F4A7C15 * (2 * (attempt * 16 + place) + 1)) % 2**64 | 1 for place in range(width)]
    return np.array(mixed, np.uint64)


def _slots(words: Words, factors: Words, shift: int) -> Ints:
    mixed = np.zeros(len(words), np.uint64)
    for place, factor in enumerate(factors):
        mixed = (mixed ^ words[:, place]) * factor
    return (mixed >> np.uint64(shift)).astype(np.int64)
