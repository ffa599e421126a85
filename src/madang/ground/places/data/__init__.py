"""Seoul's districts and dongs as data files, read without a database."""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class DistrictEntry:
    """One district (자치구): its code, its names and its square on the tile map."""

    code: str
    slug: str
    name_ko: str
    short_ko: str
    name_en: str
    tile_column: int
    tile_row: int
    population: int


@dataclass(frozen=True, slots=True)
class DongEntry:
    """One dong (행정동) with its first and last day; None means open on that side."""

    code: str
    district: str
    name: str
    since_on: date | None
    until_on: date | None
    population: int | None
    note: str

    def exists_on(self, day: date) -> bool:
        """Tell whether the dong is counted on this day, its first and last day included."""
        return (self.since_on is None or self.since_on <= day) and (self.until_on is None or day <= self.until_on)


@cache
def read_districts() -> tuple[DistrictEntry, ...]:
    """Return the 25 districts in the order of their codes."""
    with (FOLDER / "districts.toml").open("rb") as file:
        entries = tomllib.load(file)["district"]
    return tuple(_district(entry) for entry in entries)


@cache
def read_dongs() -> tuple[DongEntry, ...]:
    """Return every dong of any time in the order of the codes; the note marks dates that are not verified."""
    with (FOLDER / "dongs.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_dong(row) for row in csv.DictReader(file))


def dongs_on(day: date) -> tuple[DongEntry, ...]:
    """Return the dongs counted on this day (424 in the guide's year 2020, 425 in spring 2021)."""
    return tuple(dong for dong in read_dongs() if dong.exists_on(day))


def _district(entry: dict[str, Any]) -> DistrictEntry:
    tile = entry["tile"]
    names = {key: entry[key] for key in ("code", "slug", "name_ko", "short_ko", "name_en", "population")}
    return DistrictEntry(**names, tile_column=tile["column"], tile_row=tile["row"])


def _dong(row: dict[str, str]) -> DongEntry:
    return DongEntry(
        code=row["code"],
        district=row["district"],
        name=row["name"],
        since_on=_day(row["since_on"]),
        until_on=_day(row["until_on"]),
        population=int(row["population"]) if row["population"] else None,
        note=row["note"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
