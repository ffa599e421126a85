"""What the log says: leaves, which of them may follow, and which ballots count in the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from madang.engines.ledger.canonical import UnableToReadJson, canonical, read_json

HASH = re.compile(r"[0-9a-f]{64}")
ELECTION = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}")
LARGEST_LEAF = 1000


class Kind(StrEnum):
    """What a leaf says."""

    OPENED = "opened"
    CAST = "cast"
    REPLACE = "replace"
    VOID = "void"
    PAPER_BATCH = "paper_batch"
    BATCH_UNDONE = "batch_undone"
    ROLL_CHANGE = "roll_change"


class UnableToReadLeaf(ValueError):
    """The bytes are not a leaf in canonical form."""


class UnableToAppend(ValueError):
    """The leaf cannot follow what the log says so far."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One entry of the log; ``replaces`` names the ballot that a replacing one puts out of the count."""

    election: str
    kind: Kind
    commitment: str
    replaces: str = ""

    def encoded(self) -> bytes:
        """Return the leaf's bytes: canonical JSON, no person, no small district, no time."""
        said = {"commitment": self.commitment, "election": self.election, "kind": str(self.kind)}
        return canonical(said | ({"replaces": self.replaces} if self.replaces else {}))


def leaf_from(data: bytes) -> Leaf:
    """Read a leaf from its bytes. Raises ``UnableToReadLeaf``."""
    if len(data) > LARGEST_LEAF:
        raise UnableToReadLeaf("too long")
    try:
        said = read_json(data)
        leaf = Leaf(said["election"], Kind(said["kind"]), said["commitment"], said.get("replaces", ""))
        hashes = [leaf.commitment, leaf.replaces] if leaf.kind is Kind.REPLACE else [leaf.commitment]
        sound = all(HASH.fullmatch(one) for one in hashes) and bool(ELECTION.fullmatch(leaf.election))
        sound = sound and (leaf.kind is Kind.REPLACE or not leaf.replaces)
    except (UnableToReadJson, KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnableToReadLeaf(str(error)) from error
    # Fields that are in order need no escaping, so the canonical form can be compared without being made anew.
    replaces = f',"replaces":"{leaf.replaces}"' if leaf.replaces else ""
    plain = f'{{"commitment":"{leaf.commitment}","election":"{leaf.election}","kind":"{leaf.kind}"{replaces}}}'
    if not sound or plain.encode() != data:
        raise UnableToReadLeaf("not a leaf in canonical form")
    return leaf


@dataclass
class Book:
    """What a log has said so far; ``live`` holds the ballots that count, with the index of their leaf."""

    election: str
    size: int = 0
    live: dict[str, int] = field(default_factory=dict)
    gone: dict[str, Kind] = field(default_factory=dict)
    batches: dict[str, int] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)
    roll_changes: list[str] = field(default_factory=list)
    opening: str = ""
    seen: set[str] = field(default_factory=set)

    def take(self, leaf: Leaf) -> None:
        """Take in the next leaf. Raises ``UnableToAppend`` when it cannot stand there."""
        if leaf.election != self.election:
            raise UnableToAppend("a leaf of another election")
        if (leaf.kind is Kind.OPENED) != (self.size == 0):
            raise UnableToAppend("the log begins with its opening, once")
        if leaf.kind is Kind.VOID:
            self._end(leaf.commitment, leaf.kind)
        elif leaf.kind is Kind.BATCH_UNDONE:
            self._undo(leaf.commitment)
        else:
            self._add(leaf)
        self.size += 1

    def _add(self, leaf: Leaf) -> None:
        if leaf.commitment in self.seen:
            raise UnableToAppend("a commitment twice")
        if leaf.kind is Kind.REPLACE:
            self._end(leaf.replaces, leaf.kind)
        self.seen.add(leaf.commitment)
        if leaf.kind in (Kind.CAST, Kind.REPLACE):
            self.live[leaf.commitment] = self.size
        elif leaf.kind is Kind.PAPER_BATCH:
            self.batches[leaf.commitment] = self.size
        elif leaf.kind is Kind.ROLL_CHANGE:
            self.roll_changes.append(leaf.commitment)
        else:
            self.opening = leaf.commitment

    def _end(self, ended: str, kind: Kind) -> None:
        if self.live.pop(ended, None) is None:
            raise UnableToAppend("a ballot that does not count is put out of the count")
        self.gone[ended] = kind

    def _undo(self, batch: str) -> None:
        if batch not in self.batches or batch in self.undone:
            raise UnableToAppend("a batch that does not stand is undone")
        self.undone.add(batch)


def mixed(pending: Iterable[Leaf], chance: Random) -> list[Leaf]:
    """Return waiting leaves in an order that tells nothing of their coming, each after the one it speaks of.

    ``chance`` decides; the sequencer passes ``random.SystemRandom()``.
    """
    shuffled = list(pending)
    chance.shuffle(shuffled)
    waiting_for: dict[str, list[Leaf]] = {}
    here = {leaf.commitment for leaf in shuffled if leaf.kind not in (Kind.VOID, Kind.BATCH_UNDONE)}
    first: list[Leaf] = []
    for leaf in shuffled:
        after = leaf.replaces or (leaf.commitment if leaf.kind in (Kind.VOID, Kind.BATCH_UNDONE) else "")
        if after in here:
            waiting_for.setdefault(after, []).append(leaf)
        else:
            first.append(leaf)
    ordered: list[Leaf] = []
    _follow(first, waiting_for, ordered)
    return ordered


def _follow(leaves: Sequence[Leaf], waiting_for: dict[str, list[Leaf]], ordered: list[Leaf]) -> None:
    stack = list(reversed(leaves))
    while stack:
        leaf = stack.pop()
        ordered.append(leaf)
        stack += waiting_for.pop(leaf.commitment, [])
