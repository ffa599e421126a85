"""Pages of a list by falling number, without counting the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """The rows of one page; ``older`` and ``newer`` are the numbers from which the pages beside it go on, or None."""

    rows: Sequence[M]
    older: int | None = None
    newer: int | None = None


def page_by_number(rows: QuerySet[M], size: int, *, before: int | None = None, after: int | None = None) -> Page[M]:
    """Return the page below ``before``, or above ``after``, or the first one."""
    if after is not None:
        found = list(rows.filter(number__gt=after).order_by("number")[: size + 1])
        shown = found[:size][::-1]
        return Page(shown, _number(shown, -1), _number(shown, 0) if len(found) > size else None)
    if before is not None:
        rows = rows.filter(number__lt=before)
    found = list(rows.order_by("-number")[: size + 1])
    shown = found[:size]
    return Page(
        shown, _number(shown, -1) if len(found) > size else None, _number(shown, 0) if before is not None else None
    )


def _number(rows: Sequence[M], place: int) -> int | None:
    return getattr(rows[place], "number", None) if rows else None
