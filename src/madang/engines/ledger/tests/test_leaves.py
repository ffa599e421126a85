"""What may stand in the log, which ballots count in the end, and that the order tells nothing."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.engines.ledger.leaves import Book, Kind, Leaf, UnableToAppend, UnableToReadLeaf, leaf_from, mixed

ELECTION = "e1"


def name(number: int) -> str:
    return f"{number:064x}"


def leaf(kind: Kind, number: int, replaces: int | None = None) -> Leaf:
    return Leaf(ELECTION, kind, name(number), "" if replaces is None else name(replaces))


def opened() -> Book:
    book = Book(ELECTION)
    book.take(leaf(Kind.OPENED, 999))
    return book


def test_a_leaf_is_read_back_from_its_bytes() -> None:
    for one in (leaf(Kind.CAST, 1), leaf(Kind.REPLACE, 2, 1), leaf(Kind.BATCH_UNDONE, 3)):
        assert leaf_from(one.encoded()) == one


def test_a_leaf_says_nothing_but_election_kind_and_commitment() -> None:
    said = leaf(Kind.CAST, 10).encoded()
    assert said == f'{{"commitment":"{name(10)}","election":"e1","kind":"cast"}}'.encode()


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b"[]",
        leaf(Kind.CAST, 1).encoded().replace(b'"kind"', b'"at":1,"kind"'),
        leaf(Kind.CAST, 1).encoded().replace(b"cast", b"guess"),
        leaf(Kind.CAST, 1).encoded().replace(b",", b", "),
        leaf(Kind.CAST, 1).encoded().replace(b"0001", b"000A"),
        Leaf(ELECTION, Kind.CAST, name(1), name(2)).encoded(),
        Leaf(ELECTION, Kind.REPLACE, name(1)).encoded(),
        Leaf('e"1', Kind.CAST, name(1)).encoded(),
    ],
)
def test_anything_else_is_no_leaf(data: bytes) -> None:
    with pytest.raises(UnableToReadLeaf):
        leaf_from(data)


def test_a_replaced_and_a_void_ballot_do_not_count() -> None:
    book = opened()
    for one in (leaf(Kind.CAST, 1), leaf(Kind.CAST, 2), leaf(Kind.REPLACE, 3, 1), leaf(Kind.VOID, 2)):
        book.take(one)
    assert list(book.live) == [name(3)]
    assert book.gone == {name(1): Kind.REPLACE, name(2): Kind.VOID}


@pytest.mark.parametrize(
    "refused",
    [
        leaf(Kind.OPENED, 5),
        leaf(Kind.CAST, 1),
        leaf(Kind.REPLACE, 1, 1),
        leaf(Kind.REPLACE, 5, 4),
        leaf(Kind.VOID, 4),
        leaf(Kind.BATCH_UNDONE, 4),
        Leaf("e2", Kind.CAST, name(5)),
    ],
)
def test_a_leaf_that_cannot_follow_is_refused(refused: Leaf) -> None:
    book = opened()
    book.take(leaf(Kind.CAST, 1))
    with pytest.raises(UnableToAppend):
        book.take(refused)


def test_a_ballot_ends_once_and_a_batch_is_undone_once() -> None:
    book = opened()
    for one in (leaf(Kind.CAST, 1), leaf(Kind.VOID, 1), leaf(Kind.PAPER_BATCH, 2), leaf(Kind.BATCH_UNDONE, 2)):
        book.take(one)
    for one in (leaf(Kind.VOID, 1), leaf(Kind.REPLACE, 3, 1), leaf(Kind.BATCH_UNDONE, 2)):
        with pytest.raises(UnableToAppend):
            book.take(one)


def test_a_log_begins_with_its_opening() -> None:
    with pytest.raises(UnableToAppend):
        Book(ELECTION).take(leaf(Kind.CAST, 1))


@st.composite
def waiting(draw: st.DrawFn) -> list[Leaf]:
    """Leaves as they come in ten seconds: casts, some replaced again and again, some void, batches undone."""
    leaves: list[Leaf] = []
    number = 0
    for _voter in range(draw(st.integers(0, 12))):
        number += 1
        leaves.append(leaf(Kind.CAST, number))
        for _again in range(draw(st.integers(0, 2))):
            leaves.append(leaf(Kind.REPLACE, number + 1, number))
            number += 1
        if draw(st.booleans()):
            leaves.append(leaf(Kind.VOID, number))
    for _batch in range(draw(st.integers(0, 2))):
        number += 1
        leaves += [leaf(Kind.PAPER_BATCH, number), leaf(Kind.BATCH_UNDONE, number)]
    return leaves


@given(waiting(), st.integers())
def test_mixed_leaves_are_the_same_leaves_in_an_order_the_log_can_take(leaves: list[Leaf], seed: int) -> None:
    order = mixed(leaves, Random(seed))
    assert sorted(order, key=Leaf.encoded) == sorted(leaves, key=Leaf.encoded)
    book, plain = opened(), opened()
    for one in order:
        book.take(one)
    for one in leaves:
        plain.take(one)
    assert set(book.live) == set(plain.live)


def test_every_place_is_as_likely_for_the_first_to_come() -> None:
    leaves = [leaf(Kind.CAST, number) for number in range(10)]
    chance = Random(1)
    places = [mixed(leaves, chance).index(leaves[0]) for _round in range(3000)]
    assert all(200 < places.count(place) < 400 for place in range(10))
