"""Item codes (편성목-통계목) of a fiscal year and the nature that derives from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

CODE = re.compile(r"[0-9]{3}-[0-9]{2}")
HALF = 0.5
LONGEST = 12


class Nature(StrEnum):
    """What a line buys, as the caps count it."""

    PERSONNEL = "personnel"
    FACILITIES = "facilities"
    ASSETS = "assets"
    TRANSFER = "private_transfer"
    OTHER = "other"


class Kind(StrEnum):
    """Whether a line is current (경상보조) or capital (자본보조) money, or neither."""

    CURRENT = "current"
    CAPITAL = "capital"
    NEITHER = "neither"


STATED = {
    "personnel": (Nature.PERSONNEL, Kind.CURRENT),
    "facilities": (Nature.FACILITIES, Kind.CAPITAL),
    "assets": (Nature.ASSETS, Kind.CAPITAL),
    "private_transfer": (Nature.TRANSFER, Kind.CURRENT),
    "current": (Nature.OTHER, Kind.CURRENT),
    "capital": (Nature.OTHER, Kind.CAPITAL),
    "other": (Nature.OTHER, Kind.CURRENT),
}


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a fiscal year: code, Korean name, nature, current or capital, whether its text was verified."""

    code: str
    name: str
    nature: Nature
    kind: Kind
    verified: bool = False

    @property
    def category(self) -> str:
        """Return the category (편성목): the first three digits of the code."""
        return category(self.code)


@dataclass(frozen=True, slots=True)
class Groups:
    """Which categories the guide counts as what (budget topic of the rulebook)."""

    personnel: frozenset[str]
    facilities: frozenset[str]
    assets: frozenset[str]
    transfers: frozenset[str]
    current: frozenset[str]
    capital: frozenset[str]
    neither: frozenset[str]

    def nature(self, code: str, wages: frozenset[str] = frozenset()) -> Nature:
        """Return the nature that the category of a code gives; items paid as wages count as personnel."""
        of = category(code)
        if of in self.personnel or code in wages:
            return Nature.PERSONNEL
        if of in self.facilities:
            return Nature.FACILITIES
        if of in self.assets:
            return Nature.ASSETS
        return Nature.TRANSFER if of in self.transfers else Nature.OTHER

    def kind(self, code: str) -> Kind | None:
        """Return current, capital or neither by the hundred of the code; None where there is no such hundred."""
        hundred = f"{code[0]}00"
        if hundred in self.current:
            return Kind.CURRENT
        if hundred in self.capital:
            return Kind.CAPITAL
        return Kind.NEITHER if hundred in self.neither else None


@dataclass(frozen=True)
class ItemTable:
    """The items of one fiscal year. In a complete table an unknown code does not exist; in a partial one it may."""

    fiscal_year: int
    complete: bool
    clause: str
    checked: date
    codes: Mapping[str, Item]
    groups: Groups

    def __iter__(self) -> Iterator[Item]:
        return iter(self.codes.values())

    def __len__(self) -> int:
        return len(self.codes)

    def get(self, code: str) -> Item | None:
        """Return the item of a code, or None when the table does not have it."""
        return self.codes.get(code)

    def settle(self, code: str, stated: str | None = None) -> Item | None:
        """Return the item of a code, by the table or, in a partial year, by its category and the stated nature.

        None when the code cannot be settled: unknown in a complete year, or without a stated nature in a partial one.
        """
        item = self.codes.get(code)
        if item or self.complete or stated not in STATED or not CODE.fullmatch(code):
            return item
        nature, kind = self.groups.nature(code), self.groups.kind(code)
        stated_nature, stated_kind = STATED[stated]
        return Item(code, "", stated_nature if nature is Nature.OTHER else nature, kind or stated_kind)

    def contradicts(self, code: str, stated: str) -> bool:
        """Say whether a stated nature contradicts what the table or the category of the code already settles."""
        item = self.codes.get(code)
        nature = item.nature if item else self.groups.nature(code)
        kind = item.kind if item else self.groups.kind(code)
        allowed = {str(nature), str(kind)}
        if item is None and nature is Nature.OTHER:
            allowed |= {name for name, (_, of_kind) in STATED.items() if kind in (None, of_kind)}
        return stated not in allowed

    def nearest(self, code: str) -> Item | None:
        """Return the existing item whose code is nearest to an unknown one (its first characters), or None."""
        same = [found for found in self.codes if category(found) == category(code)]
        near = [(_distance(code[:LONGEST], found), found) for found in same or self.codes]
        (unlike, *_), found = min(near)
        return self.codes[found] if same or unlike <= HALF else None


def _distance(code: str, other: str) -> tuple[float, bool, int]:
    """Return how unlike two codes are: by their characters, by their digits in any order, and as numbers."""
    unlike = 1 - SequenceMatcher(None, code, other).ratio()
    numbers = [int("".join(digit for digit in text if digit in "0123456789") or "0") for text in (code, other)]
    return unlike, sorted(code) != sorted(other), abs(numbers[0] - numbers[1])


def category(code: str) -> str:
    """Return the category (편성목) of a code: its first three digits."""
    return code[:3]


def normal_name(name: str) -> str:
    """Return an item name without spaces, punctuation and bracketed remarks, to compare names between years."""
    return re.sub(r"[\s·,]|\(.*?\)|및|등", "", name)


def earlier_name(code: str, table: ItemTable, earlier: list[ItemTable]) -> tuple[int, str] | None:
    """Return (fiscal year, name) of the latest earlier year in which the code had another name (BUDGET-17)."""
    now = table.get(code)
    if not now:
        return None
    for other in sorted(earlier, key=lambda found: -found.fiscal_year):
        item = other.get(code)
        if item and normal_name(item.name) != normal_name(now.name):
            return other.fiscal_year, item.name
    return None
