"""Numbers as election files spell them."""

from __future__ import annotations

import re
from fractions import Fraction

_PLAIN = re.compile(r"[+-]?\d{1,30}(?:[.,]\d{1,30})?\Z", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0]\d{3}){1,9}(?:[.,]\d{1,30})?\Z", re.ASCII)


def number(text: str) -> Fraction | None:
    """Return a number exactly (``100000``, ``100 000``, ``2000189.87``, ``2000189,87``), None for anything else."""
    stripped = text.strip()
    if not _PLAIN.match(stripped):
        if not _GROUPED.match(stripped):
            return None
        stripped = stripped.replace(" ", "").replace("\u00a0", "")
    return Fraction(stripped.replace(",", "."))


def spelt(value: Fraction | int) -> str:
    """Return a number as text that reads back exactly; raises ``ValueError`` for one without a finite decimal."""
    value = Fraction(value)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        raise ValueError(f"{value} has no finite decimal")
    if value.denominator == 1:
        return str(value.numerator)
    places = max(_times(value.denominator, 2), _times(value.denominator, 5))
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _times(number: int, prime: int) -> int:
    found = 0
    while number % prime == 0:
        number //= prime
        found += 1
    return found
