from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.plan.plans.forms.budget import basis_won, read_amount


@pytest.mark.parametrize(
    ("typed", "amount"), [("3,000", 3000), ("", 0), (" 12 000 ", 12000), ("３０００", 3000), ("0", 0)]
)
def test_an_amount_is_read_as_people_write_it(typed: str, amount: int) -> None:
    assert read_amount(typed) == (amount, "")


@pytest.mark.parametrize("typed", ["삼천", "-5", "3000.5", "1e6", "2000000001", "９".join("9" * 20), "=1+1", "½"])
def test_what_is_no_whole_number_is_named_and_counts_nothing(typed: str) -> None:
    amount, problem = read_amount(typed)
    assert amount == 0
    assert problem


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_the_reading(typed: str) -> None:
    amount, problem = read_amount(typed)
    assert amount >= 0
    assert not (amount and problem)


@given(st.integers(0, 2_000_000_000))
def test_what_is_printed_is_read_back(amount: int) -> None:
    assert read_amount(f"{amount:,}") == (amount, "")


@pytest.mark.parametrize(
    ("basis", "won"),
    [
        ("6회 × 500,000원", 3_000_000),
        ("회의수당 10명 × 8회 × 50,000원", 4_000_000),
        ("2022년 의제 찾는 공론장 20회 × 1,000원", 20_000),
        ("한 식", None),
        ("여러 번 × 큰 원", None),
    ],
)
def test_a_basis_comes_to_its_product(basis: str, won: int | None) -> None:
    assert basis_won(basis) == won


@given(st.text(max_size=80))
def test_no_basis_breaks_the_sum(basis: str) -> None:
    found = basis_won(basis + "원")
    assert found is None or found >= 0
