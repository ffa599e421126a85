"""The rulebook is public, whole, in both languages, and asks no database: a query would fail these tests."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from urllib.parse import quote

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

from madang.engines.rulebook import english_item_name, load, on
from madang.engines.rulebook.contents import sections
from madang.engines.rulebook.worked import examples

BOOK = load()


@pytest.fixture(autouse=True)
def on_the_day(settings):
    settings.MADANG_DAY = date(2020, 5, 21)


def read(address: str, language: str = "ko") -> str:
    answer = Client(headers={"accept-language": language}).get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_rule_every_figure_and_every_reading_stands_on_the_page(language):
    text = read("/rulebook/", language)
    for rule in BOOK.rules.values():
        assert f'id="{rule.id}"' in text
        assert getattr(rule, language) in text
        assert getattr(rule, f"reading_{language}") in text
    shown = [figure.key for section in sections(BOOK) for figure in section.figures]
    assert sorted(shown) == sorted(on(date(2020, 5, 21)).parameters)
    for key in shown:
        assert f'id="{key}"' in text
    assert text.count('class="reads"') > 20


def test_a_figure_comes_with_value_clause_day_and_the_day_it_was_checked():
    text = read("/rulebook/")
    start = text.index('id="budget.personnel_share_max"')
    shown = text[start : text.index("</li>", start)]
    for part in ("10%", "운영지침 3.2.2(1)③", "2020. 1. 1.", "2026. 11. 22.", "BUDGET-2", "더 낮게만"):
        assert part in shown


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("시설비및부대비", "BUDGET-4"),
        ("private members", "BODY-1"),
        ("G 3.2.2(2)③", "BUDGET-5"),
        ("운영지침 3.2.2(2)3", "BUDGET-5"),
        ("guideline3.2.2", "BUDGET-2"),
        ("budget-16", "BUDGET-16"),
    ],
)
def test_a_search_in_either_language_finds_the_rule_and_leaves_others_out(asked, found):
    text = read(f"/rulebook/?q={quote(asked)}")
    rules = set(re.findall(r'<li id="([A-Z]+-\d+)"', text))
    assert found in rules
    assert "AGENDA-1" not in rules


def test_a_letter_of_a_source_finds_what_stands_under_it_and_no_word_with_that_letter():
    rules = set(re.findall(r'<li id="([A-Z]+-\d+)"', read("/rulebook/?q=S")))
    assert rules == {"BODY-10"}


def test_an_item_code_is_found_in_every_year_that_has_it():
    text = read("/rulebook/?q=401-01")
    assert "시설공사 보상비" in text
    assert all(f"/rulebook/items/{year}/#i401-01" in text for year in (2021, 2026, 2027))


def test_what_is_not_there_is_said_and_what_was_asked_is_no_markup():
    text = Client().get("/rulebook/?q=<b>달나라</b>").content.decode()
    assert "&lt;b&gt;달나라&lt;/b&gt;" in text
    assert "찾는 말이 없어요" in text
    assert '<li id="' not in text


@pytest.mark.parametrize("rule", sorted(BOOK.rules))
def test_every_rule_has_a_page_with_its_examples_and_their_outcome(rule):
    for language in ("ko", "en"):
        text = read(f"/rulebook/rules/{rule}/", language)
        for example in examples().get(rule, ()):
            assert getattr(example, language) in text
            for finding in example.findings:
                assert finding.message(language) in text


def test_a_rule_and_a_year_that_do_not_exist_are_not_found():
    for address in ("/rulebook/rules/BUDGET-99/", "/rulebook/items/1999/"):
        assert Client().get(address).status_code == 404


def test_the_item_codes_of_a_year_say_what_each_counts_as_and_which_are_unverified():
    text = read("/rulebook/items/2027/", "en")
    row = text[text.index('id="i401-01"') :].partition("</tr>")[0]
    assert english_item_name("시설공사 보상비") in row
    assert "Facilities" in row
    assert "Capital" in row
    assert "Unverified" not in row
    assert "Unverified" in text[text.index('id="i101-01"') :].partition("</tr>")[0]
    assert "None of the names" in read("/rulebook/items/2026/", "en")


def test_the_changes_name_the_items_with_another_name_and_those_that_are_gone():
    text = read("/rulebook/changes/")
    row = text[text.index(">401-01<") :].partition("</tr>")[0]
    assert "시설비" in row
    assert "시설공사 보상비" in row
    gone = text[text.index("이 해부터 없는 번호") :].partition("</ul>")[0]
    assert "402-03" in gone
    assert "401-01" not in gone


def test_the_page_works_before_the_first_day_of_the_guide(settings):
    settings.MADANG_DAY = date(2019, 3, 1)
    assert "시설비" in read("/rulebook/items/2021/")


@pytest.mark.parametrize(("language", "spelt"), [("ko", "운영지침 3.2.2(2)③"), ("en", "Guideline 3.2.2(2)③")])
def test_a_clause_is_spelt_out_and_leads_to_what_stands_under_it(language, spelt):
    with override(language):
        chip = Template('{% clause "G 3.2.2(2)③" %}').render(Context())
    address = re.search(r'href="([^"]+)"', chip)[1]
    assert f">{spelt}<" in chip
    assert "BUDGET-4" in read(unescape(address))
