"""Policy data: every figure of the guide as a dated, cited parameter, read from one TOML file a topic.

Layers lie over each other: national, city, district. A district may only tighten what the city's guide sets.
The loader refuses data that could not be shown to an official: a value without clause, days that overlap or leave a
gap, a float, an unknown unit, a repeated key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

WHOLE_NUMBERS = (
    "percent",
    "kwon",
    "won",
    "people",
    "years",
    "months",
    "days",
    "hours",
    "count",
    "number",
    "points",
    "square_metres",
)
UNITS: dict[str, type] = {**dict.fromkeys(WHOLE_NUMBERS, int), "groups": list}
TIGHTEN = ("lower", "higher", "no")
FIELDS = {"unit", "tighten", "ko", "en", "reading_ko", "reading_en", "value"}
VALUE_FIELDS = {"from", "to", "is", "clause", "checked"}

Value = int | tuple[str, ...]


class UnableToLoadRulebook(ValueError):
    """Raised when the policy data itself is wrong; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A value in force from one day to another (open when None), with its clause and the day it was last checked."""

    starts_on: date
    ends_on: date | None
    value: Value
    clause: str
    checked_on: date

    def covers(self, day: date) -> bool:
        """Say whether the value is in force on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Entry:
    """A parameter through time in one layer."""

    key: str
    unit: str
    tighten: str
    ko: str
    en: str
    reading_ko: str
    reading_en: str
    values: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter on one day and at one place: value, unit, clause, paraphrase and the reading taken."""

    key: str
    value: Value
    unit: str
    clause: str
    ko: str
    en: str
    reading_ko: str
    reading_en: str
    starts_on: date
    checked_on: date
    layer: str


def read_topic(path: Path, base: Mapping[str, Entry] | None = None) -> dict[str, Entry]:
    """Read one topic file into entries keyed `topic.name`; an overlay takes unit and words from `base`.

    Raises UnableToLoadRulebook.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnableToLoadRulebook(f"{path.name}: {error}") from error
    entries: dict[str, Entry] = {}
    for name, table in data.items():
        key = f"{path.stem}.{name}"
        if not isinstance(table, dict):
            raise UnableToLoadRulebook(f"{path.name}: {key}: expected a table")
        entries[key] = _entry(f"{path.name}: {key}", key, table, (base or {}).get(key))
    return entries


def _entry(where: str, key: str, table: dict[str, Any], base: Entry | None) -> Entry:
    """Build one entry from its table, refusing what is not complete."""
    if unknown := set(table) - FIELDS:
        raise UnableToLoadRulebook(f"{where}: unknown field {sorted(unknown)[0]}")
    words = {name: table.get(name) or (getattr(base, name) if base else "") for name in FIELDS - {"value"}}
    for name in ("unit", "tighten", "ko", "en"):
        if not words[name]:
            raise UnableToLoadRulebook(f"{where}: {name} is missing")
    if words["unit"] not in UNITS or (base and words["unit"] != base.unit):
        raise UnableToLoadRulebook(f"{where}: unknown unit {words['unit']}")
    if words["tighten"] not in TIGHTEN or (base and words["tighten"] != base.tighten):
        raise UnableToLoadRulebook(f"{where}: tighten must be one of {', '.join(TIGHTEN)} and stay as it is")
    rows = table.get("value")
    if not isinstance(rows, list) or not rows:
        raise UnableToLoadRulebook(f"{where}: no value")
    values = tuple(sorted((_dated(where, row, words["unit"]) for row in rows), key=lambda dated: dated.starts_on))
    _refuse_overlap_and_gap(where, values)
    return Entry(key=key, values=values, **words)


def _dated(where: str, row: Any, unit: str) -> Dated:
    """Build one dated value, refusing a missing clause, a float and a value that does not fit its unit."""
    if not isinstance(row, dict) or set(row) - VALUE_FIELDS:
        raise UnableToLoadRulebook(f"{where}: a value has only {', '.join(sorted(VALUE_FIELDS))}")
    value: Any = row.get("is")
    clause = row.get("clause")
    if not isinstance(clause, str) or not clause.strip():
        raise UnableToLoadRulebook(f"{where}: a value without a clause")
    if type(value) is not UNITS[unit]:
        raise UnableToLoadRulebook(f"{where}: {value!r} is not a value in {unit}")
    if isinstance(value, list):
        if not all(isinstance(found, str) for found in value):
            raise UnableToLoadRulebook(f"{where}: {value!r} is not a list of codes")
        value = tuple(value)
    days = row.get("from"), row.get("checked"), row.get("to", row.get("from"))
    if any(type(day) is not date for day in days):
        raise UnableToLoadRulebook(f"{where}: from, to and checked are days")
    return Dated(row["from"], row.get("to"), value, clause, row["checked"])


def _refuse_overlap_and_gap(where: str, values: tuple[Dated, ...]) -> None:
    """Refuse values whose days overlap, leave a gap, or end before they begin."""
    for dated in values:
        if dated.ends_on is not None and dated.ends_on < dated.starts_on:
            raise UnableToLoadRulebook(f"{where}: a value ends before it begins")
    for earlier, later in pairwise(values):
        if earlier.ends_on is None or earlier.ends_on >= later.starts_on:
            raise UnableToLoadRulebook(f"{where}: two values overlap on {later.starts_on}")
        if earlier.ends_on + timedelta(days=1) != later.starts_on:
            raise UnableToLoadRulebook(f"{where}: a gap before {later.starts_on}")


def refuse_loosening(where: str, base: Mapping[str, Entry], overlay: Mapping[str, Entry]) -> None:
    """Refuse a district overlay with an unknown key, or one that loosens a value of the city on any day."""
    for key, entry in overlay.items():
        below = base.get(key)
        if below is None:
            raise UnableToLoadRulebook(f"{where}: {key}: a district cannot add a parameter")
        for own in entry.values:
            for city in below.values:
                if _meet(own, city) and not _as_tight(own.value, city.value, below.tighten):
                    raise UnableToLoadRulebook(f"{where}: {key}: {own.value} loosens {city.value} ({city.clause})")


def _meet(one: Dated, other: Dated) -> bool:
    """Say whether two values are in force on a common day."""
    return (one.ends_on is None or other.starts_on <= one.ends_on) and (
        other.ends_on is None or one.starts_on <= other.ends_on
    )


def _as_tight(own: Value, city: Value, tighten: str) -> bool:
    """Say whether a district's value is at least as tight as the city's."""
    if own == city:
        return True
    if not isinstance(own, int) or not isinstance(city, int):
        return False
    return (tighten == "lower" and own < city) or (tighten == "higher" and own > city)


def in_force(layers: Iterable[tuple[str, Mapping[str, Entry]]], day: date) -> dict[str, Parameter]:
    """Return the parameters in force on a day; a later layer lies over an earlier one."""
    found: dict[str, Parameter] = {}
    for layer, entries in layers:
        for key, entry in entries.items():
            for dated in entry.values:
                if dated.covers(day):
                    found[key] = Parameter(
                        key,
                        dated.value,
                        entry.unit,
                        dated.clause,
                        entry.ko,
                        entry.en,
                        entry.reading_ko,
                        entry.reading_en,
                        dated.starts_on,
                        dated.checked_on,
                        layer,
                    )
    return found
