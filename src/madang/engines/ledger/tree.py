"""The Merkle tree of RFC 6962 (section 2.1) over SHA-256: append, root, inclusion and consistency proofs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()
Node = Callable[[int, int], bytes]


class UnableToProve(ValueError):
    """The tree has no such leaf or size."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of one entry of the log."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A growing log as hashes; ``levels[k][i]`` is the hash of the full subtree over leaves i·2ᵏ … (i+1)·2ᵏ − 1."""

    def __init__(self, leaf_hashes: Iterable[bytes] = ()) -> None:
        self.levels: list[list[bytes]] = [[]]
        for one in leaf_hashes:
            self.append(one)

    @property
    def size(self) -> int:
        return len(self.levels[0])

    def append(self, hashed: bytes) -> int:
        """Add a leaf by its hash and return its index."""
        index = position = len(self.levels[0])
        for level in range(position.bit_length() + 2):
            if level == len(self.levels):
                self.levels.append([])
            self.levels[level].append(hashed)
            if position % 2 == 0:
                break
            hashed = node_hash(self.levels[level][position - 1], hashed)
            position //= 2
        return index

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of one full subtree."""
        return self.levels[level][index]

    def root(self, size: int | None = None) -> bytes:
        """Return the root over the first ``size`` leaves (all, without it). Raises ``UnableToProve``."""
        return root_of(self.node, self._known(size))

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Return the proof that a leaf is in the tree of that size. Raises ``UnableToProve``."""
        return inclusion_of(self.node, index, self._known(size))

    def consistency(self, first: int, second: int | None = None) -> list[bytes]:
        """Return the proof that the smaller tree is a prefix of the larger. Raises ``UnableToProve``."""
        return consistency_of(self.node, first, self._known(second))

    def _known(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise UnableToProve(f"the tree has {self.size} leaves, not {size}")
        return size


def range_hash(node: Node, start: int, end: int) -> bytes:
    """Return the hash over leaves start … end − 1, where start is a multiple of the next power of two."""
    count = end - start
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return node(level, start >> level)
    split = _split(count)
    return node_hash(range_hash(node, start, start + split), range_hash(node, start + split, end))


def root_of(node: Node, size: int) -> bytes:
    """Return the root over the first ``size`` leaves, from full subtrees wherever they are kept."""
    return range_hash(node, 0, size) if size else EMPTY_ROOT


def inclusion_of(node: Node, index: int, size: int) -> list[bytes]:
    """Return an inclusion proof from full subtrees wherever they are kept. Raises ``UnableToProve``."""
    if not 0 <= index < size:
        raise UnableToProve(f"no leaf {index} among {size}")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(range_hash(node, middle, end))
            end = middle
        else:
            proof.append(range_hash(node, start, middle))
            start = middle
    return proof[::-1]


def consistency_of(node: Node, first: int, second: int) -> list[bytes]:
    """Return a consistency proof from full subtrees wherever they are kept. Raises ``UnableToProve``."""
    if not 0 <= first <= second:
        raise UnableToProve(f"a tree of {first} leaves is no prefix of one of {second}")
    if first in (0, second):
        return []
    proof: list[bytes] = []
    start, end, whole = 0, second, True
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            proof.append(range_hash(node, middle, end))
            end = middle
        else:
            proof.append(range_hash(node, start, middle))
            start, whole = middle, False
    if not whole:
        proof.append(range_hash(node, start, end))
    return proof[::-1]


def _split(count: int) -> int:
    """Return the largest power of two below a count."""
    return 1 << ((count - 1).bit_length() - 1)


def proves_inclusion(hashed: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether a proof shows that a leaf is in the tree of that size and root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last = index, size - 1
    for step in proof:
        if last == 0:
            return False
        if place % 2 or place == last:
            hashed = node_hash(step, hashed)
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            hashed = node_hash(hashed, step)
        place, last = place >> 1, last >> 1
    return last == 0 and hashed == root


def proves_consistency(first: int, second: int, old: bytes, new: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether a proof shows that the tree of the old root is a prefix of that of the new (RFC 9162, 2.1.4.2)."""
    if not 0 <= first <= second:
        return False
    if first == second:
        return not proof and old == new
    if first == 0:
        return not proof and old == EMPTY_ROOT
    steps = list(proof) if first & (first - 1) else [old, *proof]
    if not steps:
        return False
    place, last = first - 1, second - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, step)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old and after == new
