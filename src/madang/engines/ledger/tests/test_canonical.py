"""Canonical JSON: the same bytes for the same value, and no other bytes are taken for it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.engines.ledger.canonical import (
    UnableToReadJson,
    UnableToWriteJson,
    canonical,
    read_canonical,
    read_json,
)

KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
TEXTS = st.text(st.characters(blacklist_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def turned(value: Any) -> Any:
    """The same value with its keys the other way round."""
    if isinstance(value, dict):
        return {key: turned(inner) for key, inner in reversed(value.items())}
    return [turned(inner) for inner in value] if isinstance(value, list) else value


@given(VALUES)
def test_a_value_is_written_in_one_way_and_read_back(value: Any) -> None:
    written = canonical(value)
    assert canonical(turned(value)) == written
    assert read_canonical(written) == value
    assert b"\n" not in written


@given(VALUES)
def test_other_spellings_of_the_same_value_are_not_canonical(value: Any) -> None:
    spaced = json.dumps(value, indent=1, ensure_ascii=False).encode() + b" "
    assert read_json(spaced) == value
    with pytest.raises(UnableToReadJson):
        read_canonical(spaced)


def test_the_form_never_changes() -> None:
    value = {"kind": "cast", "election": "dobong-2020-1", "n": [1, -2, True, None], "text": '협치 "\\\n\u2028é'}
    expected = '{"election":"dobong-2020-1","kind":"cast","n":[1,-2,true,null],"text":"협치 \\"\\\\\\n\u2028é"}'
    assert canonical(value) == expected.encode()


@pytest.mark.parametrize("value", [0.5, 2**53, {"키": 1}, {1: 2}, "\ud800", {1, 2}, b"x"])
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(UnableToWriteJson):
        canonical(value)


@pytest.mark.parametrize(
    "data", [b'{"a":1,"a":2}', b"1.0", b"NaN", b"[1", b"\xff", b'{"\xc3\xa9":1}', b"9007199254740992", b"[" * 100_000]
)
def test_what_is_not_strict_json_is_refused(data: bytes) -> None:
    with pytest.raises(UnableToReadJson):
        read_json(data)
