"""Policy data is dated and cited, overlays only tighten, and no figure hides in the rules."""

from __future__ import annotations

import ast
import shutil
from datetime import date
from pathlib import Path

import pytest

from madang.engines.rulebook import JUDGES, RECORD_JUDGES, UnableToLoadRulebook, load, on
from madang.engines.rulebook.view import DATA

ENGINE = Path(__file__).parent.parent
JUDGING = [
    *sorted((ENGINE / "rules").glob("*.py")),
    *(ENGINE / name for name in ("caps.py", "judging.py", "laid.py", "panel.py", "facts.py")),
]
BUDGET = "2020/city/budget.toml"


def test_every_parameter_has_unit_clause_day_and_words_in_both_languages():
    view = on(date(2020, 7, 10))
    assert len(view.parameters) > 40
    for parameter in view.parameters.values():
        assert parameter.clause
        assert all((parameter.ko, parameter.en))
        assert parameter.starts_on <= view.day
        assert bool(parameter.reading_ko) == bool(parameter.reading_en)


def test_the_evaluation_adds_up_as_the_guide_prints_it():
    view = on(date(2020, 7, 10))
    of_evaluation = {key: view.number(key) for key in view.parameters if key.startswith("evaluation.")}
    assert sum(value for key, value in of_evaluation.items() if key.endswith("_indicators")) == 53
    assert sum(value for key, value in of_evaluation.items() if key.endswith("_points")) == 105
    scores = [view.number(key) for key in view.parameters if key.startswith("strategic.score_")]
    assert sum(scores) == 100


def test_every_rule_judged_from_the_file_is_implemented_and_no_other():
    of_file = {rule.id for rule in load().rules.values() if rule.judged == "file"}
    assert of_file - {"BUDGET-15"} == set(JUDGES)


def test_every_plan_and_agenda_rule_judged_from_records_is_implemented():
    of_site = {rule.id for rule in load().rules.values() if rule.judged == "site"}
    ours = {rule for rule in of_site if rule.startswith(("AGENDA-", "PLAN-"))}
    assert ours | {"PLAN-7"} == set(RECORD_JUDGES)


def test_the_register_has_every_rule_of_composition_agendas_plan_and_budget():
    counts = {"BODY": 13, "AGENDA": 8, "PLAN": 13, "BUDGET": 17}
    expected = {f"{topic}-{number}" for topic, last in counts.items() for number in range(1, last + 1)}
    assert set(load().rules) == expected


def numbers_of_its_own(source: str) -> list[str]:
    """Numbers in the source of a rule that are no parameter: compared ones, and all others but 0 and the 1 that counts.

    A limit cannot hide behind a name or an argument: the number itself would have to stand somewhere in these files.
    """
    tree = ast.parse(source)
    compared = {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
        for part in ast.walk(side)
    }
    return [
        f"line {node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and type(node.value) in (int, float)
        and node.value not in ((0,) if node in compared else (0, 1))
    ]


@pytest.mark.parametrize("path", JUDGING, ids=lambda path: path.name)
def test_no_rule_judges_by_a_number_of_its_own(path):
    assert numbers_of_its_own(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "if grant > 1000000: pass",
        "if part * 100 > whole * limit: pass",
        "if grant > (high + 5): pass",
        "if len(members) > 1: pass",
        "TOP = 1050000",
        "falls_short(private, total, 70)",
        "limit = high if deep else 0.7",
    ],
)
def test_a_number_of_its_own_is_found_wherever_it_hides(source):
    assert numbers_of_its_own(source)
    assert not numbers_of_its_own("if part > view.number(key) or total > 0:\n    enumerate(lines, 1)")


def test_nothing_is_in_force_before_the_guide():
    with pytest.raises(KeyError, match="not in force"):
        on(date(2019, 12, 31)).number("budget.personnel_share_max")


@pytest.fixture
def policy(tmp_path):
    shutil.copytree(DATA / "2020", tmp_path / "2020")
    return tmp_path


def edit(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


VALUE = 'is = 70, clause = "P guideline", checked = 2026-11-22 }]'


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (VALUE, VALUE.replace('"P guideline"', '" "'), "without a clause"),
        (VALUE, VALUE.replace("70", "70.0"), "not a value in percent"),
        (VALUE, VALUE.replace("70", "true"), "not a value in percent"),
        ('unit = "percent"', 'unit = "furlong"', "unknown unit"),
        ("[personnel_share_max]", "[sectoral_city_share_max]", "sectoral_city_share_max"),
        ("[personnel_share_max]", "[personnel_share_max]\nnote = 1", "unknown field"),
        (VALUE, VALUE[:-1] + ', { from = 2021-01-01, is = 60, clause = "x", checked = 2026-11-22 }]', "overlap"),
        (
            VALUE,
            VALUE[:-3] + ', to = 2020-12-31 }, { from = 2021-01-02, is = 60, clause = "x", checked = 2026-11-22 }]',
            "gap",
        ),
        (VALUE, VALUE[:-3] + ", to = 2019-12-31 }]", "ends before it begins"),
    ],
)
def test_the_loader_refuses_data_that_could_not_be_shown(policy, old, new, why):
    edit(policy, BUDGET, old, new)
    with pytest.raises(UnableToLoadRulebook, match=why):
        load("2020", policy)


def test_a_value_changes_on_its_day(policy):
    later = ', to = 2021-12-31 }, { from = 2022-01-01, is = 60, clause = "2022", checked = 2026-11-22 }]'
    edit(policy, BUDGET, VALUE, VALUE[:-3] + later)
    key = "budget.sectoral_city_share_max"
    assert on(date(2021, 12, 31), root=policy).number(key) == 70
    assert on(date(2022, 1, 1), root=policy)[key].clause == "2022"


def overlay(root: Path, text: str) -> None:
    folder = root / "2020" / "districts" / "도봉구"
    folder.mkdir(parents=True)
    (folder / "budget.toml").write_text(text, "utf-8")


def test_a_district_may_tighten_and_only_there_and_from_its_day(policy):
    row = '{ from = 2021-01-01, is = 5, clause = "구 조례", checked = 2026-11-22 }'
    overlay(policy, f"[personnel_share_max]\nvalue = [{row}]\n")
    key = "budget.personnel_share_max"
    assert on(date(2021, 1, 1), "도봉구", root=policy).number(key) == 5
    assert on(date(2021, 1, 1), "도봉구", root=policy)[key].layer == "district"
    assert on(date(2021, 1, 1), "도봉구", root=policy).clause("BUDGET-2", key) == "구 조례"
    assert on(date(2021, 1, 1), "강북구", root=policy).clause("BUDGET-2", key) == "G 3.2.2(1)③"
    assert on(date(2020, 12, 31), "도봉구", root=policy).number(key) == 10
    assert on(date(2021, 1, 1), "강북구", root=policy).number(key) == 10


@pytest.mark.parametrize(
    "text",
    [
        '[personnel_share_max]\nvalue = [{ from = 2021-01-01, is = 11, clause = "x", checked = 2026-11-22 }]\n',
        '[transfer_groups]\nvalue = [{ from = 2021-01-01, is = ["307"], clause = "x", checked = 2026-11-22 }]\n',
        '[mine]\nunit = "percent"\ntighten = "lower"\nko = "x"\nen = "x"\n'
        'value = [{ from = 2021-01-01, is = 1, clause = "x", checked = 2026-11-22 }]\n',
        '[personnel_share_max]\ntighten = "higher"\n'
        'value = [{ from = 2021-01-01, is = 11, clause = "x", checked = 2026-11-22 }]\n',
    ],
    ids=["looser", "other categories", "a parameter of its own", "turned round"],
)
def test_a_district_cannot_loosen(policy, text):
    overlay(policy, text)
    with pytest.raises(UnableToLoadRulebook):
        load("2020", policy)


def test_a_changed_figure_changes_the_revision(policy):
    before = load("2020", policy).revision
    other = policy.parent / "again"
    shutil.copytree(policy, other)
    edit(other, BUDGET, VALUE, VALUE.replace("70", "71"))
    assert load("2020", other).revision != before == load().revision
    assert len({load("2020", other).revision, before}) == 2


def test_an_unknown_edition_is_refused():
    for edition in ("1999", "../2020", ""):
        with pytest.raises(UnableToLoadRulebook):
            load(edition)
