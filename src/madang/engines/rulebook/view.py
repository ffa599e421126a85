"""The rulebook on one day and at one place: parameters, the register of rules, item codes and the calendar."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .items import CODE, Groups, Item, ItemTable, Kind, earlier_name
from .parameters import Entry, Parameter, UnableToLoadRulebook, in_force, read_topic, refuse_loosening

DATA = Path(__file__).parent / "data"
SEVERITIES = ("block", "warn", "note")
JUDGED = ("file", "site", "step")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the register: clause, heaviest severity, where it is judged, paraphrase, parameters, reading."""

    id: str
    clause: str
    severity: str
    judged: str
    ko: str
    en: str
    parameters: tuple[str, ...] = ()
    reading_ko: str = ""
    reading_en: str = ""


@dataclass(frozen=True)
class Rulebook:
    """All policy data of one edition as loaded: layers, register, raw item tables and calendar, and their hash."""

    edition: str
    layers: Mapping[str, Mapping[str, Entry]]
    districts: Mapping[str, Mapping[str, Entry]]
    rules: Mapping[str, Rule]
    items: Mapping[int, Mapping[str, Any]]
    calendar: Mapping[str, Any]
    revision: str


@dataclass(frozen=True)
class View:
    """A frozen view of the rulebook on a day and at a place.

    `view[key]` is the Parameter; `number` and `groups` give its value; `items` the item codes of a fiscal year.
    """

    book: Rulebook
    day: date
    place: str
    parameters: Mapping[str, Parameter]
    _tables: dict[int, ItemTable] = field(default_factory=dict, repr=False, compare=False)
    _earlier: dict[int, dict[str, tuple[int, str]]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def revision(self) -> str:
        """Return the hash of the policy data that this view rests on."""
        return self.book.revision

    @property
    def rules(self) -> Mapping[str, Rule]:
        """Return the register of rules by id."""
        return self.book.rules

    def __getitem__(self, key: str) -> Parameter:
        try:
            return self.parameters[key]
        except KeyError:
            raise KeyError(f"{key} is not in force on {self.day}") from None

    def number(self, key: str) -> int:
        """Return the value of a numeric parameter, in its unit."""
        value = self[key].value
        if not isinstance(value, int):
            raise TypeError(f"{key} is not a number")
        return value

    def groups(self, key: str) -> frozenset[str]:
        """Return the value of a parameter that lists item categories."""
        value = self[key].value
        if isinstance(value, int):
            raise TypeError(f"{key} is not a list of categories")
        return frozenset(value)

    def clause(self, rule: str, key: str) -> str:
        """Return the clause of a rule; where a district tightened the parameter, the district's own."""
        parameter = self[key]
        return parameter.clause if parameter.layer == "district" else self.rules[rule].clause

    def items(self, fiscal_year: int) -> ItemTable:
        """Return the item codes of a fiscal year; raises KeyError for a year without a table."""
        if fiscal_year not in self._tables:
            self._tables[fiscal_year] = _item_table(self, fiscal_year)
        return self._tables[fiscal_year]

    def earlier_names(self, fiscal_year: int) -> Mapping[str, tuple[int, str]]:
        """Return by code the latest earlier fiscal year and name, where a code had another name (BUDGET-17)."""
        if fiscal_year not in self._earlier:
            earlier = [self.items(year) for year in self.fiscal_years if year < fiscal_year]
            table = self.items(fiscal_year)
            names = {one.code: earlier_name(one.code, table, earlier) for one in table}
            self._earlier[fiscal_year] = {of: before for of, before in names.items() if before}
        return self._earlier[fiscal_year]

    @property
    def fiscal_years(self) -> tuple[int, ...]:
        """Return the fiscal years that have a table of item codes."""
        return tuple(sorted(self.book.items))


def load(edition: str = "2020", root: Path = DATA) -> Rulebook:
    """Load one edition of the policy data, once.

    Raises UnableToLoadRulebook for an unknown edition or data that is not complete and consistent.
    """
    return _load(edition, root)


@lru_cache(maxsize=8)
def _load(edition: str, root: Path) -> Rulebook:
    """Load one edition of the policy data."""
    folder = root / edition
    if not edition.isalnum() or not folder.is_dir():
        raise UnableToLoadRulebook(f"unknown rulebook {edition}")
    national: dict[str, Entry] = {}
    items: dict[int, Mapping[str, Any]] = {}
    for path in sorted((folder / "national").glob("*.toml")):
        if path.stem.startswith("items-"):
            table = _raw_items(path)
            items[table["fiscal_year"]] = table
        else:
            national |= read_topic(path)
    city: dict[str, Entry] = {}
    for path in sorted((folder / "city").glob("*.toml")):
        city |= read_topic(path)
    base = national | city
    districts = {path.name: _district(path, base) for path in sorted((folder / "districts").glob("*"))}
    rules = _register(folder / "rules.toml", base)
    calendar = _toml(folder / "calendar.toml")
    layers = {"national": national, "city": city}
    return Rulebook(edition, layers, districts, rules, items, calendar, _revision(folder))


def on(day: date, place: str = "", *, edition: str = "2020", root: Path = DATA) -> View:
    """Return the rulebook as it is in force on a day at a place (a district's name, or empty for the whole city)."""
    return _on(day, place, edition, root)


@lru_cache(maxsize=128)
def _on(day: date, place: str, edition: str, root: Path) -> View:
    """Build the view of a day at a place."""
    book = load(edition, root)
    layers = list(book.layers.items())
    if place in book.districts:
        layers.append(("district", book.districts[place]))
    return View(book, day, place, MappingProxyType(in_force(layers, day)))


def _toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; raises UnableToLoadRulebook."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UnableToLoadRulebook(f"{path.name}: {error}") from error


def _district(folder: Path, base: Mapping[str, Entry]) -> dict[str, Entry]:
    """Read the overlay of one district, which may only tighten."""
    overlay: dict[str, Entry] = {}
    for path in sorted(folder.glob("*.toml")):
        overlay |= read_topic(path, base)
    refuse_loosening(folder.name, base, overlay)
    return overlay


def _register(path: Path, parameters: Mapping[str, Entry]) -> dict[str, Rule]:
    """Read the register of rules, refusing one without clause or with an unknown parameter."""
    rules: dict[str, Rule] = {}
    for name, table in _toml(path).items():
        try:
            rule = Rule(id=name, **{**table, "parameters": tuple(table.get("parameters", ()))})
        except TypeError as error:
            raise UnableToLoadRulebook(f"{path.name}: {name}: {error}") from error
        if not rule.clause.strip() or rule.severity not in SEVERITIES or rule.judged not in JUDGED:
            raise UnableToLoadRulebook(f"{path.name}: {name}: clause, severity or judged is wrong")
        if missing := [key for key in rule.parameters if key not in parameters]:
            raise UnableToLoadRulebook(f"{path.name}: {name}: unknown parameter {missing[0]}")
        rules[name] = rule
    return rules


def _raw_items(path: Path) -> dict[str, Any]:
    """Read one year's item codes, refusing a malformed code or an incomplete head."""
    table = _toml(path)
    if not {"fiscal_year", "complete", "clause", "checked", "unverified", "wages", "codes"} <= set(table):
        raise UnableToLoadRulebook(f"{path.name}: the head is not complete")
    if wrong := [code for code, name in table["codes"].items() if not CODE.fullmatch(code) or not name]:
        raise UnableToLoadRulebook(f"{path.name}: {wrong[0]} is not an item code with a name")
    return table


def _groups(view: View) -> Groups:
    """Return which categories count as what on the day of the view."""
    names = ("personnel", "facility", "asset", "transfer")
    return Groups(
        *(view.groups(f"budget.{name}_groups") for name in names),
        *(view.groups(f"budget.{name}_hundreds") for name in ("current", "capital", "neither")),
    )


def _item_table(view: View, fiscal_year: int) -> ItemTable:
    """Build the item table of a fiscal year with the natures that the view's categories give."""
    raw, groups = view.book.items[fiscal_year], _groups(view)
    wages = frozenset(raw["wages"])
    doubtful = raw["unverified"]
    codes = {
        code: Item(
            code,
            name,
            groups.nature(code, wages),
            groups.kind(code) or Kind.NEITHER,
            doubtful != "all" and code not in doubtful,
        )
        for code, name in raw["codes"].items()
    }
    return ItemTable(fiscal_year, raw["complete"], raw["clause"], raw["checked"], MappingProxyType(codes), groups)


def _revision(folder: Path) -> str:
    """Return the hash of all files of an edition, by name and content."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
