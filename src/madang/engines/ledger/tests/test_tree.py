"""The tree of RFC 6962: known roots, and proofs that hold for what they prove and for nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.engines.ledger.tiles import node_from_tiles, static_files
from madang.engines.ledger.tree import (
    EMPTY_ROOT,
    Tree,
    UnableToProve,
    consistency_of,
    inclusion_of,
    leaf_hash,
    node_hash,
    proves_consistency,
    proves_inclusion,
)

# The entries and roots with which implementations of Certificate Transparency are tested.
ENTRIES = [
    bytes.fromhex(one)
    for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def tree_of(size: int) -> Tree:
    return Tree(leaf_hash(number.to_bytes(4, "big")) for number in range(size))


def plain_root(hashes: list[bytes]) -> bytes:
    """The definition of the standard, word for word."""
    if not hashes:
        return EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node_hash(plain_root(hashes[:split]), plain_root(hashes[split:]))


@pytest.mark.parametrize("size", range(9))
def test_the_known_roots(size: int) -> None:
    tree = Tree(map(leaf_hash, ENTRIES))
    assert tree.root(size).hex() == ROOTS[size]


@given(st.lists(st.binary(max_size=40), max_size=80))
def test_the_root_is_the_standards(entries: list[bytes]) -> None:
    hashes = list(map(leaf_hash, entries))
    assert Tree(hashes).root() == plain_root(hashes)


@given(st.integers(1, 300), st.data())
def test_an_inclusion_proof_holds_for_its_leaf_only(size: int, data: st.DataObject) -> None:
    tree = tree_of(size)
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda one: one != index) if size > 1 else st.just(index))
    proof, root, leaf = tree.inclusion(index), tree.root(), tree.node(0, index)
    assert proves_inclusion(leaf, index, size, proof, root)
    if other != index:
        assert not proves_inclusion(leaf, other, size, proof, root)
        assert not proves_inclusion(tree.node(0, other), index, size, proof, root)
    assert not proves_inclusion(leaf, index, size, [*proof, EMPTY_ROOT], root)
    assert not proves_inclusion(leaf, index, size, proof[:-1], root) or not proof


@given(st.integers(0, 300), st.integers(0, 300), st.data())
def test_a_consistency_proof_holds_for_a_prefix_only(one: int, other: int, data: st.DataObject) -> None:
    first, second = sorted((one, other))
    tree = tree_of(second)
    proof = tree.consistency(first)
    assert proves_consistency(first, second, tree.root(first), tree.root(), proof)
    if first:
        assert not proves_consistency(first, second, EMPTY_ROOT, tree.root(), proof)
        assert not proves_consistency(first, second, tree.root(first), EMPTY_ROOT, proof)
    if proof:
        broken = data.draw(st.integers(0, len(proof) - 1))
        altered = [EMPTY_ROOT if place == broken else step for place, step in enumerate(proof)]
        assert not proves_consistency(first, second, tree.root(first), tree.root(), altered)


def test_what_the_tree_does_not_have_cannot_be_proved() -> None:
    tree = tree_of(5)
    with pytest.raises(UnableToProve):
        tree.inclusion(5)
    with pytest.raises(UnableToProve):
        tree.consistency(4, 3)
    with pytest.raises(UnableToProve):
        tree.root(6)


@given(st.integers(1, 700), st.integers(0, 700))
def test_proofs_can_be_made_from_the_static_files_alone(size: int, since: int) -> None:
    since = min(since, size)
    entries = [number.to_bytes(4, "big") for number in range(size)]
    files: dict[str, bytes] = dict(static_files(tree_of(since), entries, "")) if since else {}
    first = since - since % 256
    files |= dict(static_files(tree_of(size), entries[first:], "checkpoint", since=since))
    node, tree = node_from_tiles(files.__getitem__, size), tree_of(size)
    assert inclusion_of(node, size // 2, size) == tree.inclusion(size // 2)
    assert consistency_of(node, since, size) == tree.consistency(since)
    assert files["checkpoint"] == b"checkpoint"


def test_static_files_lie_where_mirrors_look_for_them() -> None:
    files = dict(static_files(tree_of(70_000), [b"entry"] * 70_000, "checkpoint"))
    assert len(files["tile/0/000"]) == 256 * 32
    assert len(files["tile/0/273.p/112"]) == 112 * 32
    assert len(files["tile/1/001.p/17"]) == 17 * 32
    assert len(files["tile/2/000.p/1"]) == 32
    assert files["tile/entries/273.p/112"].startswith(b"\x00\x05entry")
    assert list(files)[-1] == "checkpoint"
