"""Shares compare exact integers, and a printed percentage never reads as passing (BUDGET-15)."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from madang.engines.rulebook.shares import (
    exceeds,
    falls_short,
    kwon_from_won,
    largest_beside,
    largest_inside,
    percent,
)

amounts = st.integers(0, 10**12)
limits = st.integers(1, 99)


def test_exactly_at_the_limit_passes_and_a_thousand_won_more_does_not():
    assert not exceeds(400_000, 1_000_000, 40)
    assert exceeds(400_001, 1_000_000, 40)
    assert not falls_short(7, 10, 70)
    assert falls_short(699, 1000, 70)


def test_of_a_zero_total_a_part_violates_and_nothing_does_not():
    assert exceeds(1, 0, 40)
    assert not exceeds(0, 0, 40)
    assert percent(1, 0, 40) is None


def test_a_percentage_is_rounded_away_from_the_limit():
    assert percent(400_001, 1_000_000, 40) == "40.01"
    assert percent(399_999, 1_000_000, 40) == "39.99"
    assert percent(400_000, 1_000_000, 40) == "40.00"


@given(part=amounts, whole=st.integers(1, 10**12), limit=limits)
def test_the_printed_percentage_stands_on_the_same_side_as_the_exact_one(part, whole, limit):
    exact, printed = Fraction(part * 100, whole), Fraction(percent(part, whole, limit))
    assert (printed > limit) == (exact > limit)
    assert (printed < limit) == (exact < limit)
    assert abs(printed - exact) < Fraction(1, 100)


@given(part=amounts, rest=amounts, limit=limits)
def test_the_largest_part_passes_and_one_more_fails(part, rest, limit):
    largest = largest_inside(part, part + rest, limit)
    assert not exceeds(largest, rest + largest, limit)
    assert exceeds(largest + 1, rest + largest + 1, limit)


@given(whole=amounts, limit=limits)
def test_the_largest_part_beside_a_whole_passes_and_one_more_fails(whole, limit):
    largest = largest_beside(whole, limit)
    assert not exceeds(largest, whole, limit)
    assert exceeds(largest + 1, whole, limit)


def test_won_become_thousand_won_rounded_up_and_say_so():
    assert kwon_from_won(5_000_000) == (5000, False)
    assert kwon_from_won(5_000_001) == (5001, True)
    assert kwon_from_won(0) == (0, False)
