"""English words for the Korean names of the budget standard; ours, beside the official ones."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

NAMES = Path(__file__).parent / "data" / "item-names-en.toml"


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return tomllib.loads(NAMES.read_text("utf-8"))


def english_item_name(name: str) -> str:
    """Return the English name of an expenditure item by its Korean one, or the Korean where there is none."""
    return _names().get(name, name)
