"""The rulebook as something to read: topics, what stands in each, search, and what changed in which year."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from .clauses import spelt
from .findings import Lang
from .items import Item, normal_name
from .parameters import Dated, Entry, Value
from .schedule import Step, calendar
from .view import DATA, Rule, Rulebook, View, load, on
from .words import english_item_name


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: the key of its data file, the prefix of its rules (empty for none), and its names."""

    key: str
    prefix: str
    ko: str
    en: str


TOPICS = (
    Topic("bodies", "BODY", "협의체", "Bodies"),
    Topic("agendas", "AGENDA", "의제", "Agendas"),
    Topic("plan", "PLAN", "계획", "The plan"),
    Topic("budget", "BUDGET", "예산", "The budget"),
    Topic("exclusions", "", "편성할 수 없는 사업", "What the grant cannot pay"),
    Topic("ordinance", "", "참여예산 조례의 부적격 사업", "What the participatory-budgeting ordinance excludes"),
    Topic("grants", "", "교부·변경·정산", "Grant, changes and settlement"),
    Topic("evaluation", "", "과정관리와 평가", "Process management and evaluation"),
    Topic("strategic", "", "협치전략사업", "Strategic projects"),
    Topic("civil", "", "민민협력", "Civil cooperation"),
    Topic("platforms", "", "시민협력플랫폼", "Citizen platforms"),
    Topic("jobs", "", "공익활동 일자리", "Public-interest jobs"),
    Topic("school", "", "협치학교", "The governance school"),
)
UNITS: Mapping[str, tuple[str, str, str]] = {
    # unit: after a number in Korean; in English for one, for several
    "percent": ("%", " %", " %"),
    "kwon": ("천원", " thousand won", " thousand won"),
    "won": ("원", " won", " won"),
    "people": ("명", " person", " people"),
    "years": ("년", " year", " years"),
    "months": ("개월", " month", " months"),
    "days": ("일", " day", " days"),
    "hours": ("시간", " hour", " hours"),
    "count": ("", "", ""),
    "number": ("호", "", ""),
    "points": ("점", " point", " points"),
    "square_metres": ("㎡", " m²", " m²"),
}
STEP_KINDS: Mapping[str, tuple[str, str]] = {
    "city": ("시의 절차", "The city's procedure"),
    "planning": ("계획 수립", "Planning"),
    "bodies": ("협의체 구성", "Building the bodies"),
    "institutions": ("제도와 행정", "Institutions and administration"),
    "carrying_out_stages": ("실행", "Carrying out"),
    "evaluation": ("과정관리와 평가", "Process management and evaluation"),
    "strategic": ("협치전략사업", "Strategic projects"),
    "civil": ("민민협력", "Civil cooperation"),
}


def printed(value: Value, unit: str, lang: Lang = "ko") -> str:
    """Return a value with its unit in words."""
    if isinstance(value, tuple):
        return " · ".join(value)
    ko, one, several = UNITS[unit]
    if lang == "en":
        return f"No. {value}" if unit == "number" else f"{value:,}{one if value == 1 else several}"
    return f"제{value}{ko}" if unit == "number" else f"{value:,}{ko}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A parameter through time in one layer, to be read: whose it is, its dated values, the rules that use it."""

    entry: Entry
    layer: str
    place: str
    rules: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return the key of the parameter."""
        return self.entry.key

    @property
    def now(self) -> Dated:
        """Return the last of the dated values."""
        return self.entry.values[-1]


@dataclass(frozen=True, slots=True)
class Section:
    """A topic with its rules and figures."""

    topic: Topic
    rules: tuple[Rule, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: sections with only what matches, steps, items with their fiscal year."""

    sections: tuple[Section, ...]
    steps: tuple[Step, ...]
    items: tuple[tuple[int, Item], ...]
    years: tuple[int, ...]

    @property
    def rules(self) -> int:
        """Return the number of rules found."""
        return sum(len(section.rules) for section in self.sections)

    @property
    def figures(self) -> int:
        """Return the number of figures found."""
        return sum(len(section.figures) for section in self.sections)

    def __bool__(self) -> bool:
        return bool(self.sections or self.steps or self.items or self.years)


def sections(book: Rulebook) -> tuple[Section, ...]:
    """Return the whole rulebook by topic."""
    figures = tuple(_figures(book))
    return tuple(
        Section(
            topic,
            tuple(rule for rule in book.rules.values() if rule.id.partition("-")[0] == topic.prefix),
            tuple(one for one in figures if one.key.partition(".")[0] == topic.key),
        )
        for topic in TOPICS
    )


def _figures(book: Rulebook) -> Iterator[Figure]:
    """Yield every parameter of every layer; a district's own follows the city's."""
    layers = [(name, "", entries) for name, entries in book.layers.items()]
    layers += [("district", place, entries) for place, entries in sorted(book.districts.items())]
    for layer, place, entries in layers:
        for key, entry in entries.items():
            rules = tuple(rule.id for rule in book.rules.values() if key in rule.parameters)
            yield Figure(entry, layer, place, rules)


def steps(book: Rulebook) -> tuple[Step, ...]:
    """Return the calendar in the year for which the edition prints it."""
    return calendar(int(book.calendar["printed_for"]), edition=book.edition)


def plain(text: str) -> str:
    """Return a text as the search compares it: width, case and spaces do not matter."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def search(text: str, book: Rulebook, view: View) -> Found:
    """Return what a text names: a clause exactly as written finds what stands under it, anything else is looked for
    in names, paraphrases, readings and clauses in both languages."""
    asked = plain(text)
    wanted = text.strip()
    exact = wanted in _clauses(book)

    def matches(clauses: tuple[str, ...], *texts: str) -> bool:
        if exact:
            return any(_under(clause, wanted) for clause in clauses)
        spoken = (spelt(clause, lang) for clause in clauses for lang in ("ko", "en"))
        return any(asked in plain(one) for one in (*texts, *clauses, *spoken))

    found = []
    for section in sections(book):
        rules = tuple(one for one in section.rules if matches((one.clause,), *_texts_of_rule(one)))
        figures = tuple(one for one in section.figures if matches(_clauses_of(one), *_texts_of_figure(one)))
        if rules or figures:
            found.append(Section(section.topic, rules, figures))
    days = tuple(step for step in steps(book) if matches((step.clause,), *_texts_of_step(step)))
    tables = [view.items(year) for year in view.fiscal_years]
    items = tuple((table.fiscal_year, one) for table in tables for one in table if matches((), *_texts_of_item(one)))
    years = tuple(table.fiscal_year for table in tables if matches((table.clause,)))
    return Found(tuple(found), days, items, years)


def _under(clause: str, wanted: str) -> bool:
    """Say whether a clause is the one wanted or stands under it."""
    return clause == wanted or (len(wanted) > 1 and clause.startswith(wanted))


def _clauses(book: Rulebook) -> frozenset[str]:
    """Return every clause that the rulebook cites."""
    figures = {clause for one in _figures(book) for clause in _clauses_of(one)}
    tables = {table["clause"] for table in book.items.values()}
    return frozenset(figures | tables | {rule.clause for rule in book.rules.values()} | {s.clause for s in steps(book)})


def _clauses_of(figure: Figure) -> tuple[str, ...]:
    """Return the clauses of the values of a figure."""
    return tuple(dict.fromkeys(dated.clause for dated in figure.entry.values))


def _texts_of_rule(rule: Rule) -> tuple[str, ...]:
    """Return what is searched of a rule."""
    return rule.id, rule.ko, rule.en, rule.reading_ko, rule.reading_en


def _texts_of_figure(figure: Figure) -> tuple[str, ...]:
    """Return what is searched of a figure."""
    entry = figure.entry
    values = [printed(dated.value, entry.unit, lang) for dated in entry.values for lang in ("ko", "en")]
    return (entry.key, entry.ko, entry.en, entry.reading_ko, entry.reading_en, figure.place, *values)


def _texts_of_step(step: Step) -> tuple[str, ...]:
    """Return what is searched of a step."""
    return step.name_ko, step.name_en, step.who, step.who_en, step.reading_ko, step.reading_en


def _texts_of_item(item: Item) -> tuple[str, ...]:
    """Return what is searched of an item code."""
    return item.code, item.name, english_item_name(item.name)


@dataclass(frozen=True, slots=True)
class Change:
    """A value that changed on a day: the figure, and the dated values before and after."""

    figure: Figure
    before: Dated
    after: Dated


@dataclass(frozen=True, slots=True)
class Renamed:
    """An item code whose name changed: code, fiscal year and name before, name now."""

    code: str
    year_before: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class YearOfChange:
    """What changed in a year: editions and values that began, values that changed, items renamed and gone."""

    year: int
    editions: tuple[tuple[str, int], ...] = ()
    changes: tuple[Change, ...] = ()
    items: int = 0
    complete: bool = False
    renamed: tuple[Renamed, ...] = ()
    gone: tuple[tuple[int, Item], ...] = ()


def editions(root: Path = DATA) -> tuple[str, ...]:
    """Return the editions of the policy data."""
    return tuple(sorted(path.name for path in root.iterdir() if (path / "rules.toml").is_file()))


def history(root: Path = DATA) -> tuple[YearOfChange, ...]:
    """Return every year in which something changed, the newest first."""
    books = [load(edition, root) for edition in editions(root)]
    begun = [(book.edition, first_day(book), len(tuple(_figures(book)))) for book in books]
    changes = [change for pair in _timelines(books) for change in pair]
    latest = on(date.max, edition=books[-1].edition, root=root)
    years = {when.year for _, when, _ in begun} | {one.after.starts_on.year for one in changes}
    return tuple(
        YearOfChange(
            year,
            tuple((name, count) for name, when, count in begun if when.year == year),
            tuple(one for one in changes if one.after.starts_on.year == year),
            *_items_of(latest, year),
        )
        for year in sorted(years | set(latest.fiscal_years), reverse=True)
    )


def first_day(book: Rulebook) -> date:
    """Return the first day on which values of an edition are in force."""
    return min(one.entry.values[0].starts_on for one in _figures(book))


def _timelines(books: list[Rulebook]) -> Iterator[list[Change]]:
    """Yield the changes of each parameter through all editions."""
    lines: dict[tuple[str, str], list[tuple[Figure, Dated]]] = {}
    for book in books:
        for figure in _figures(book):
            lines.setdefault((figure.place, figure.key), []).extend((figure, one) for one in figure.entry.values)
    for dated in lines.values():
        dated.sort(key=lambda one: one[1].starts_on)
        yield [
            Change(figure, before, after)
            for (_, before), (figure, after) in pairwise(dated)
            if before.value != after.value
        ]


def _items_of(view: View, year: int) -> tuple[int, bool, tuple[Renamed, ...], tuple[tuple[int, Item], ...]]:
    """Return of a year's table: number of codes, whether complete, codes renamed, and codes that are gone.

    Only a complete table can say that a code is gone; a partial one may merely not name it.
    """
    if year not in view.fiscal_years:
        return 0, False, (), ()
    table = view.items(year)
    earlier = [view.items(other) for other in sorted(view.fiscal_years, reverse=True) if other < year]
    known: dict[str, tuple[int, Item]] = {}
    for other in earlier:
        for one in other:
            known.setdefault(one.code, (other.fiscal_year, one))
    renamed = tuple(
        Renamed(code, before, item.name, now.name)
        for code, (before, item) in sorted(known.items())
        if (now := table.get(code)) and normal_name(now.name) != normal_name(item.name)
    )
    gone = tuple(known[code] for code in sorted(known) if table.complete and code not in table.codes)
    return len(table), table.complete, renamed, gone
