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
COMMA, SEMICOLON, LINE_END = 1, 2, 3
LONGEST_ID = 64


def read_columns(content: bytes, head: Head) -> Ballots | None:
    """Return the ballots of a plain section of approvals, or None when it has to be read field by field."""
    ids = Ids.of(list(head.projects))
    section = memoryview(content)[head.start :]
    if head.vote_type not in {"approval", "choose-1"} or ids is None or content.find(b'"', head.start) >= 0:
        return None
    ballots: list[Ints] = []
    projects: list[Ints] = []
    voters = 0
    while section:
        piece, section = _cut(section)
        read = _read(piece, len(head.columns), head.columns.index("vote"), ids)
        if read is None:
            return None
        lines, ballot, project = read
        ballots.append(ballot + voters)
        projects.append(project)
        voters += lines
    if not voters:
        return None
    return grouped(np.concatenate(ballots), np.concatenate(projects), voters=voters, projects=len(head.projects))


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


def _read(piece: bytes, fields: int, vote: int, ids: Ids) -> tuple[int, Ints, Ints] | None:
    """Return the number of lines, and for each mark the line and the project; None when a line is not plain."""
    text = np.frombuffer(piece, np.uint8)
    kinds = _KINDS[text]
    ends = np.flatnonzero(kinds)
    kinds = kinds[ends]
    field_ends = np.flatnonzero(kinds > COMMA)
    if len(field_ends) % fields:
        return None
    shape = kinds[field_ends].reshape(-1, fields)
    if not ((shape[:, -1] == LINE_END).all() and (shape[:, :-1] == SEMICOLON).all()):
        return None
    lines = len(shape)
    last = field_ends[vote::fields]
    before = field_ends[vote - 1 :: fields] if vote else np.concatenate(([-1], field_ends[fields - 1 : -1 : fields]))
    first = before + 1
    marks = last - first + 1
    line = np.repeat(np.arange(lines), marks)
    token = np.arange(len(line)) + np.repeat(first - (np.cumsum(marks) - marks), marks)
    stop = ends[token]
    start = np.concatenate(([-1], ends))[token] + 1
    if (stop == start).any():
        if fields == 1:  # An empty line, which is no ballot.
            return None
        named = stop > start
        line, start, stop = line[named], start[named], stop[named]
    project = ids.find(text, start, stop)
    return None if project is None else (lines, line, project)


def _kinds() -> Bytes:
    kinds = np.zeros(256, np.uint8)
    for sign, kind in ((b",", COMMA), (b";", SEMICOLON), (b"\n", LINE_END)):
        kinds[ord(sign)] = kind
    return kinds


_KINDS = _kinds()


@dataclass(frozen=True)
class Ids:
    """The ids of the projects as machine words, and a table that finds an id by a product of its words."""

    words: Words
    lengths: Ints
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
        lengths = np.fromiter(map(len, spelt), np.int64, len(spelt))
        bits = min(20, 2 * len(ids).bit_length() + 2)
        for attempt in range(64):
            factors = _factors(width, attempt)
            slots = _slots(words, factors, 64 - bits)
            if len(np.unique(slots)) == len(ids):
                table = np.zeros(1 << bits, np.int64)
                table[slots] = np.arange(len(ids))
                return Ids(words.astype(np.uint64), lengths, factors, 64 - bits, table)
        return None

    def find(self, text: Bytes, start: Ints, stop: Ints) -> Ints | None:
        """Return the project named by each stretch of the text; None when one of them is no project."""
        length = stop - start
        longest = int(self.lengths.max())
        if len(length) and int(length.max()) > longest:
            return None
        words = np.zeros((self.words.shape[1], len(start)), np.uint64)
        for byte in range(longest):
            inside = length > byte
            letter = text[np.minimum(start + byte, len(text) - 1)].astype(np.uint64)
            words[byte // 8] |= (letter * inside) << np.uint64(8 * (byte % 8))
        project = self.table[_slots(words.T, self.factors, self.shift)]
        same = (self.words[project] == words.T).all()
        return project if same and (self.lengths[project] == length).all() else None


def _factors(width: int, attempt: int) -> Words:
    """Return odd numbers of 64 bits, others for each attempt."""
    mixed = [(0x9E3779B97F4A7C15 * (2 * (attempt * 16 + place) + 1)) % 2**64 | 1 for place in range(width)]
    return np.array(mixed, np.uint64)


def _slots(words: Words, factors: Words, shift: int) -> Ints:
    mixed = np.zeros(len(words), np.uint64)
    for place, factor in enumerate(factors):
        mixed = (mixed ^ words[:, place]) * factor
    return (mixed >> np.uint64(shift)).astype(np.int64)
