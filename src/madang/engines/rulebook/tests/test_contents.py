"""The rulebook to read: nothing is left out, a search finds exactly what it names, changes stand in their year."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.engines.rulebook import JUDGES, RECORD_JUDGES, english_item_name, load, on
from madang.engines.rulebook.clauses import spelt
from madang.engines.rulebook.contents import TOPICS, history, plain, printed, search, sections
from madang.engines.rulebook.view import DATA
from madang.engines.rulebook.worked import all_cases, examples

BOOK, VIEW = load(), on(date(2020, 7, 10))


def test_every_rule_and_every_parameter_stands_in_exactly_one_topic():
    found = sections(BOOK)
    assert sorted(rule.id for one in found for rule in one.rules) == sorted(BOOK.rules)
    assert sorted(figure.key for one in found for figure in one.figures) == sorted(VIEW.parameters)
    assert all(one.rules or one.figures for one in found)
    assert len({topic.key for topic in TOPICS}) == len(TOPICS)


@given(st.sampled_from(sorted(BOOK.rules)), st.data())
def test_any_part_of_a_paraphrase_finds_its_rule(rule, data):
    text = data.draw(st.sampled_from([BOOK.rules[rule].ko, BOOK.rules[rule].en]))
    start = data.draw(st.integers(0, len(text) - 3))
    part = text[start : data.draw(st.integers(start + 3, len(text)))]
    if len(plain(part)) > 2:
        found = search(part, BOOK, VIEW)
        assert rule in {one.id for section in found.sections for one in section.rules}


@given(st.text(max_size=12).filter(lambda text: plain(text)))
def test_whatever_is_asked_is_answered_and_what_is_found_holds_it(text):
    found = search(text, BOOK, VIEW)
    for _, item in found.items:
        assert any(plain(text) in plain(one) for one in (item.code, item.name, english_item_name(item.name)))


def test_a_clause_finds_what_stands_under_it_and_not_its_neighbour():
    rules = {one.id for section in search("G 3.2.2(2)③", BOOK, VIEW).sections for one in section.rules}
    assert rules == {"BUDGET-4", "BUDGET-5"}


def test_nothing_is_found_that_does_not_stand_there():
    assert not search("달나라", BOOK, VIEW)


@pytest.mark.parametrize(
    ("value", "unit", "ko", "en"),
    [
        (70, "percent", "70%", "70 %"),
        (1_000_000, "kwon", "1,000,000천원", "1,000,000 thousand won"),
        (1, "people", "1명", "1 person"),
        (2, "number", "제2호", "No. 2"),
        (("307", "402"), "groups", "307 · 402", "307 · 402"),
    ],
)
def test_a_value_is_printed_with_its_unit(value, unit, ko, en):
    assert (printed(value, unit), printed(value, unit, "en")) == (ko, en)


def test_every_clause_that_is_cited_is_spelt_out():
    for rule in BOOK.rules.values():
        assert spelt(rule.clause, "en") != rule.clause
        assert spelt(rule.clause) != rule.clause


def test_every_judged_rule_has_examples_titled_in_both_languages():
    assert set(examples()) >= {*JUDGES, *RECORD_JUDGES}
    for _, case in all_cases():
        assert case["title"].strip()
        assert case["en"].strip()
        assert not any("가" <= letter <= "힣" for letter in case["en"])


def test_a_value_that_changes_stands_in_the_year_of_its_day(tmp_path):
    shutil.copytree(DATA / "2020", tmp_path / "2020")
    path = tmp_path / "2020" / "city" / "budget.toml"
    old = 'is = 70, clause = "P guideline", checked = 2026-11-22 }]'
    new = old[:-3] + ', to = 2021-12-31 }, { from = 2022-01-01, is = 60, clause = "x", checked = 2026-11-22 }]'
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    years = {one.year: one for one in history(tmp_path)}
    [change] = years[2022].changes
    assert (change.figure.key, change.before.value, change.after.value) == ("budget.sectoral_city_share_max", 70, 60)
    assert not any(one.changes for year, one in years.items() if year != 2022)


def test_a_later_edition_shows_what_it_changed_and_nothing_else(tmp_path):
    for edition in ("2020", "2023"):
        shutil.copytree(DATA / "2020", tmp_path / edition)
    for path in (tmp_path / "2023" / "city").glob("*.toml"):
        path.write_text(path.read_text("utf-8").replace("from = 2020-01-01", "from = 2023-01-01"), "utf-8")
    path = tmp_path / "2023" / "city" / "budget.toml"
    path.write_text(path.read_text("utf-8").replace("is = 10, clause", "is = 12, clause"), "utf-8")
    years = {one.year: one for one in history(tmp_path)}
    assert [one.figure.key for one in years[2023].changes] == ["budget.personnel_share_max"]
    assert years[2023].editions[0][0] == "2023"


def test_only_a_complete_year_says_that_a_code_is_gone():
    years = {one.year: one for one in history()}
    assert [item.code for _, item in years[2027].gone][-2:] == ["402-03", "405-02"]
    assert years[2026].gone == ()
    assert any(one.code == "401-01" and one.after == "시설공사 보상비" for one in years[2027].renamed)
