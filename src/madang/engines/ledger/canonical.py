"""Canonical JSON: one value, one sequence of bytes (the part of RFC 8785 that needs no fractions)."""

from __future__ import annotations

import json
from typing import Any

LARGEST = 2**53 - 1
DEEPEST = 20


class UnableToWriteJson(ValueError):
    """The value has no canonical form; the text names what stands in the way."""


class UnableToReadJson(ValueError):
    """The bytes are not JSON that a strict reader takes."""


def canonical(value: Any) -> bytes:
    """Return a value as canonical JSON in UTF-8: sorted ASCII keys, no spaces, whole numbers only.

    Raises ``UnableToWriteJson`` for fractions, numbers beyond 2⁵³ − 1, other types, other keys, lone surrogates.
    """
    _check(value, 0)
    try:
        return _encode(value).encode()
    except UnicodeEncodeError as error:
        raise UnableToWriteJson("half a character") from error


def _check(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise UnableToWriteJson("nested too deeply")
    if value is None or isinstance(value, bool | str):
        return
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise UnableToWriteJson(f"a number beyond {LARGEST}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise UnableToWriteJson("a key that is not ASCII text")
            _check(inner, depth + 1)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner, depth + 1)
    else:
        raise UnableToWriteJson(f"a value of type {type(value).__name__}")


def read_json(data: bytes) -> Any:
    """Read JSON strictly: UTF-8, whole numbers, no key twice. Raises ``UnableToReadJson``."""
    try:
        return _decode(data.decode())
    except (ValueError, RecursionError) as error:
        raise UnableToReadJson(str(error)) from error


def read_canonical(data: bytes) -> Any:
    """Read JSON that must be in its canonical form. Raises ``UnableToReadJson``."""
    value = read_json(data)
    try:
        # What was read strictly needs no further look before it is written.
        same = _encode(value).encode() == data
    except (UnicodeEncodeError, RecursionError) as error:
        raise UnableToReadJson("not canonical") from error
    if not same:
        raise UnableToReadJson("not canonical")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs) or not all(map(str.isascii, found)):
        raise ValueError("a key twice, or a key that is not ASCII")
    return found


def _refuse(text: str) -> Any:
    raise ValueError(f"{text[:40]} is not a whole number")


def _whole(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > LARGEST:
        raise ValueError(f"a number beyond {LARGEST}")
    return int(text)


# Made once: making them costs more than using them.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_decode = json.JSONDecoder(
    object_pairs_hook=_once, parse_float=_refuse, parse_constant=_refuse, parse_int=_whole
).decode
