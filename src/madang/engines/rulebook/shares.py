"""Shares of a whole, compared and printed exactly with integers (BUDGET-15)."""

from __future__ import annotations

WHOLE = 100


def exceeds(part: int, whole: int, limit: int) -> bool:
    """Say whether part is more than limit percent of whole; exactly at the limit it is not.

    A zero part never exceeds; a part of a zero whole always does.
    """
    return part > 0 and part * WHOLE > whole * limit


def falls_short(part: int, whole: int, limit: int) -> bool:
    """Say whether part is less than limit percent of whole; exactly at the limit it is not."""
    return part * WHOLE < whole * limit


def percent(part: int, whole: int, limit: int) -> str | None:
    """Print part as a percentage of whole with two decimals, rounded away from the limit; None for a zero whole."""
    if whole <= 0:
        return None
    scaled = part * WHOLE * WHOLE
    hundredths = -(-scaled // whole) if part * WHOLE > whole * limit else scaled // whole
    return f"{hundredths // WHOLE}.{hundredths % WHOLE:02d}"


def largest_inside(part: int, whole: int, limit: int) -> int:
    """Return the largest part that passes when the rest of the whole (whole - part) stays as it is."""
    rest = whole - part
    if limit >= WHOLE:
        return max(part, whole)
    return rest * limit // (WHOLE - limit)


def largest_beside(whole: int, limit: int) -> int:
    """Return the largest part that passes beside a whole that does not grow with it."""
    return whole * limit // WHOLE


def kwon_from_won(won: int) -> tuple[int, bool]:
    """Return won as whole thousand won, rounded up, and whether rounding changed it (rules.md section 4)."""
    return -(-won // 1000), won % 1000 != 0
