"""Words of the pages of forums."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def tenths(value: int | None) -> str:
    """Write a figure kept in tenths: 42 is 4.2."""
    return "–" if value is None else f"{value // 10}.{value % 10}"


@register.filter
def at(mapping: Mapping[str, Any], key: str) -> Any:
    """Return what stands under a key, or None."""
    return mapping.get(key)
