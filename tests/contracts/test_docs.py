"""The documents say what is true: rooms, rules, places and addresses that they name exist, and links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from madang.engines import rulebook
from madang.site.cli import rulebook_docs

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "madang"
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("README*.md")])
FLOORS = ("engines", "ground", "decide", "plan", "carry_out", "learn", "programmes", "site")
# How many rules each section of the guide has in our numbering; the programmes stand under one name each.
NUMBERED = {
    "BODY": 13, "AGENDA": 8, "PLAN": 13, "BUDGET": 17, "CITY": 9, "GRANT": 17, "CARRY": 7, "STRAT": 10, "EVAL": 10,
}  # fmt: skip
PROGRAMMES = ("CIVIL", "PLATFORM", "JOBS", "SCHOOL")
ROW = re.compile(r"^\| ([A-Z]+(?:-\d+)?) \| (.+?) \| (.+?) \| (.+?) \|$", re.M)
PLACE = re.compile(rf"`((?:{'|'.join(FLOORS)})/[\w./-]+)(?::(\w+))?`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
ADDRESS = re.compile(r"`(/[\w/-]*)`")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def rows_of_the_guide() -> list[tuple[str, str, str, str]]:
    return ROW.findall(read(DOCS / "guide.md"))


def rooms() -> list[str]:
    """Every folder that is a room of the site or an engine, as the map writes it."""
    of_the_site = {path.parent for path in SOURCE.rglob("apps.py")}
    engines = {path.parent for path in (SOURCE / "engines").glob("*/__init__.py") if path.parent.name != "tests"}
    return sorted(str(folder.relative_to(SOURCE)) for folder in of_the_site | engines)


def unknown_places(text: str) -> list[str]:
    """Return the places in a text that do not exist, or whose file does not hold the name after the colon."""
    found = []
    for path, name in PLACE.findall(text):
        place = SOURCE / path
        if not place.exists() or (name and not (place.is_file() and re.search(rf"\b{name}\b", read(place)))):
            found.append(f"{path}:{name}" if name else path)
    return found


@pytest.mark.parametrize("room", rooms())
def test_the_map_names_every_room(room: str) -> None:
    assert f"`{room}`" in read(DOCS / "map.md")


def test_the_map_fits_on_one_screen() -> None:
    assert len(read(DOCS / "map.md").splitlines()) <= 60


def test_every_rule_of_the_guide_stands_in_it_once() -> None:
    expected = [f"{section}-{number}" for section, most in NUMBERED.items() for number in range(1, most + 1)]
    assert sorted(rule for rule, *_rest in rows_of_the_guide()) == sorted([*expected, *PROGRAMMES])


def test_every_rule_of_the_register_stands_in_the_guide_with_its_clause() -> None:
    clauses = {rule: clause for rule, clause, *_rest in rows_of_the_guide()}
    for rule in rulebook.load().rules.values():
        assert rule.id in clauses
        if rule.clause != "-":
            assert rule.clause in clauses[rule.id], rule.id


def test_the_guide_names_the_function_that_judges_a_rule() -> None:
    places = {rule: where for rule, _clause, _short, where in rows_of_the_guide()}
    for rule, judge in rulebook.JUDGES.items():
        module = judge.__module__.removeprefix("madang.").replace(".", "/")
        assert f"file: `{module}.py:{judge.__name__}`" in places[rule]


@pytest.mark.parametrize("row", rows_of_the_guide(), ids=lambda row: row[0])
def test_a_rule_is_judged_somewhere_or_not_yet(row: tuple[str, str, str, str]) -> None:
    where = row[3]
    said = re.match(r"(file|site|step): `|not yet\b", where)
    assert said, where
    if said[1]:
        assert PLACE.search(where)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_document_names_only_places_that_exist(page: Path) -> None:
    assert unknown_places(read(page)) == []


def test_a_place_that_does_not_exist_is_found() -> None:
    text = "`engines/rulebook/rules/bodies.py:private_minority` and `ground/weather`, but `ground/audit`"
    assert unknown_places(text) == ["engines/rulebook/rules/bodies.py:private_minority", "ground/weather"]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_relative_link_leads_somewhere(page: Path) -> None:
    relative = [link for link in LINK.findall(read(page)) if not re.match(r"[a-z]+:|#", link)]
    assert [link for link in relative if not (page.parent / link.split("#")[0]).exists()] == []


def test_the_rulebook_page_is_what_the_data_give() -> None:
    assert read(rulebook_docs.PAGE) == rulebook_docs.page(), "run ./run madang rulebook-docs"


def test_a_rulebook_page_that_is_not_up_to_date_is_told(tmp_path: Path) -> None:
    stale = tmp_path / "rulebook.md"
    assert rulebook_docs.main(["--check", "--to", str(stale)]) == 1
    assert rulebook_docs.main(["--to", str(stale)]) == 0
    assert rulebook_docs.main(["--check", "--to", str(stale)]) == 0
    stale.write_text(read(stale).replace("| 70 % |", "| 71 % |", 1), encoding="utf-8")
    assert rulebook_docs.main(["--check", "--to", str(stale)]) == 1


def test_every_address_of_a_journey_is_a_page() -> None:
    addresses = ADDRESS.findall(read(DOCS / "journeys.md"))
    assert len(addresses) > 20
    dead = []
    for address in addresses:
        try:
            resolve(address)
        except Resolver404:
            dead.append(address)
    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_document_is_about_madang_and_no_one_machine(page: Path) -> None:
    text = read(page)
    assert not re.search(r"\b(assistants?|chatbots?|language models?|this session)\b", text, re.I)
    assert not re.search(r"(?<![\w.])/(work|home|tmp|Users|mnt|opt)/\w", text)
