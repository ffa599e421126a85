"""madang rulebook-docs: writes docs/rulebook.md from the policy data (works without the site)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from madang.engines.rulebook import Step, english_item_name, load, on
from madang.engines.rulebook.contents import (
    STEP_KINDS,
    Figure,
    Section,
    YearOfChange,
    first_day,
    history,
    printed,
    sections,
    steps,
)
from madang.engines.rulebook.view import Rule
from madang.engines.rulebook.worked import Example, examples
from madang.engines.rulebook.worked_bodies import BodyExample
from madang.site.serving.folders import CHECKOUT

PAGE = CHECKOUT / "docs" / "rulebook.md"
JUDGED = {"file": "from the plan file", "site": "from the site's records", "step": "when the step is taken"}
HEAD = """# The rulebook

Written by `./run madang rulebook-docs` from `engines/rulebook/data`; edit the data, then run it again. A test holds \
this page to the data. The paraphrases are ours; the guide's own text decides. Where the guide is silent or says two \
things, **our reading** stands beside it. Clauses are spelt as in [guide.md](guide.md), which says where each rule is.
"""


def main(arguments: list[str]) -> int:
    """Writes the page, or says with --check whether it is up to date (1 when it is not)."""
    parser = argparse.ArgumentParser(prog="madang rulebook-docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the page is not up to date")
    parser.add_argument("--to", type=Path, default=PAGE, help="the page (default: docs/rulebook.md)")
    options = parser.parse_args(arguments)
    text = page()
    if options.check:
        same = options.to.is_file() and options.to.read_text("utf-8") == text
        if not same:
            print(f"madang rulebook-docs: {options.to.name} is not what the data give.", file=sys.stderr)
        return 0 if same else 1
    options.to.write_text(text, "utf-8")
    print(f"{options.to}: {len(text.splitlines())} lines")
    return 0


def page() -> str:
    """Returns the whole page."""
    book = load()
    lines = [HEAD, f"Edition {book.edition}, revision `{book.revision}`."]
    for section in sections(book):
        lines += _section(section)
    lines += ["\n## Dates (일정)", *_dates(steps(book))]
    lines += ["\n## Item codes (통계목)", *_items()]
    lines += ["\n## Worked examples", *(line for rule, found in examples().items() for line in _examples(rule, found))]
    lines += ["\n## Changes by year", *(line for year in history() for line in _year(year))]
    return "\n".join(lines) + "\n"


def _section(section: Section) -> Iterator[str]:
    """Yields a topic: its rules, then its figures."""
    yield f"\n## {section.topic.en} ({section.topic.ko})"
    if section.rules:
        yield "\n| rule | clause | weight | judged | paraphrase |\n|---|---|---|---|---|"
        yield from (_rule(rule) for rule in section.rules)
    if section.figures:
        yield "\n| value | clause | in force | checked | what it is | key |\n|---|---|---|---|---|---|"
        yield from (row for figure in section.figures for row in _figure(figure))


def _rule(rule: Rule) -> str:
    words = _both(rule.ko, rule.en, rule.reading_ko, rule.reading_en)
    return f"| {rule.id} | {rule.clause} | {rule.severity} | {JUDGED[rule.judged]} | {words} |"


def _figure(figure: Figure) -> Iterator[str]:
    entry = figure.entry
    words = _both(entry.ko, entry.en, entry.reading_ko, entry.reading_en)
    place = f" ({figure.place})" if figure.place else ""
    for dated in entry.values:
        days = f"{dated.starts_on}–{dated.ends_on or ''}"
        value = printed(dated.value, entry.unit, "en")
        yield f"| {value} | {dated.clause} | {days} | {dated.checked_on} | {words} | `{entry.key}`{place} |"


def _both(ko: str, en: str, reading_ko: str, reading_en: str) -> str:
    """Returns paraphrase and reading in both languages, fit for a cell."""
    reading = f"<br>**our reading:** {reading_ko} · {reading_en}" if reading_ko else ""
    return f"{ko} · {en}{reading}".replace("|", "\\|")


def _dates(found: tuple[Step, ...]) -> Iterator[str]:
    yield "\nDays of the year for which the guide prints them. A printed day never moves."
    for kind in dict.fromkeys(step.kind for step in found):
        ko, en = STEP_KINDS[kind]
        yield f"\n### {en} ({ko})\n\n| days | step | who | clause |\n|---|---|---|---|"
        for step in found:
            if step.kind == kind:
                days = " – ".join(str(day) for day in dict.fromkeys((step.starts_on, step.ends_on)) if day)
                hour = f" {step.hour}:00" if step.ends_on and step.hour != 24 else ""
                kept = " (printed)" if step.printed else " (next working day)" if step.computed else ""
                words = _both(step.name_ko, step.name_en, step.reading_ko, step.reading_en)
                yield f"| {days + hour + kept or 'laid by the district'} | {words} | {step.who_en} | {step.clause} |"


def _items() -> Iterator[str]:
    view = on(first_day(load()))
    for year in view.fiscal_years:
        table = view.items(year)
        unverified = sum(not one.verified for one in table)
        state = "complete" if table.complete else "partly known"
        yield f"\n### Fiscal year {year}\n\n{len(table)} codes, {state}; {unverified} unverified. {table.clause}.\n"
        yield "| code | name | in English | nature | kind |\n|---|---|---|---|---|"
        for one in table:
            mark = "" if one.verified or unverified == len(table) else " (unverified)"
            yield f"| {one.code} | {one.name}{mark} | {english_item_name(one.name)} | {one.nature} | {one.kind} |"


def _examples(rule: str, found: tuple[Example | BodyExample, ...]) -> Iterator[str]:
    yield f"\n### {rule}\n"
    for one in found:
        said = "; ".join(f"{each.severity}: {each.message_en}" for each in one.findings) or (
            "nothing is found" if getattr(one, "judged", True) else "it is said to be not judged"
        )
        yield f"- {one.ko} · {one.en} ({one.kind}): {said}"


def _year(year: YearOfChange) -> Iterator[str]:
    yield f"\n### {year.year}\n"
    for edition, count in year.editions:
        yield f"- {count} values of edition {edition} come into force."
    for change in year.changes:
        unit = change.figure.entry.unit
        before, after = printed(change.before.value, unit, "en"), printed(change.after.value, unit, "en")
        yield f"- `{change.figure.key}`: {before} → {after} from {change.after.starts_on} ({change.after.clause})"
    if year.items:
        yield f"- {year.items} item codes, {'complete' if year.complete else 'partly known'}."
    yield from (f"- {one.code}: {one.before} ({one.year_before}) → {one.after}" for one in year.renamed)
    yield from (f"- {item.code} {item.name} ({before}) no longer exists." for before, item in year.gone)
