"""Reading a plan: everything that cannot be read is listed at once, with its place."""

from __future__ import annotations

import copy
import json

import pytest

from madang.engines.rulebook import PlanFacts, UnableToReadPlan, judge, on, plan_day, plan_from_dict, plan_from_json
from madang.engines.rulebook.worked import document

PLAN = document({"members": ["7 private female appointed"], "plan": {"S1 sectoral": ["201-03 5000", "405-01 100"]}})


def changed(path: str, value: object = None) -> dict:
    """The plan with one value put (or, for None, its key taken away) at a dotted path."""
    found = copy.deepcopy(PLAN)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place = found
    for step in way:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return found


def places(document_: object) -> list[str]:
    with pytest.raises(UnableToReadPlan) as caught:
        plan_from_dict(document_)
    assert all(one.expected_ko and one.expected_en for one in caught.value.problems)
    return [one.at for one in caught.value.problems]


def test_a_plan_in_order_is_read():
    facts = plan_from_dict(PLAN)
    assert isinstance(facts, PlanFacts)
    assert facts.projects[0].total == 5100
    assert facts.members[0].counts_as_private


@pytest.mark.parametrize(
    ("path", "value", "at"),
    [
        ("format", "madang-plan/2", "$.format"),
        ("format", None, "$.format"),
        ("rulebook", "2019", "$.rulebook"),
        ("planning_year", 2019, "$.planning_year"),
        ("planning_year", "2026", "$.planning_year"),
        ("fiscal_year", 2028, "$.fiscal_year"),
        ("fiscal_year", True, "$.fiscal_year"),
        ("district", " ", "$.district"),
        ("projets", [], "$.projets"),
        ("city_grant", -1, "$.city_grant"),
        ("city_grant", 10**13, "$.city_grant"),
        ("members", {}, "$.members"),
        ("members.0.class", "privat", "$.members[0].class"),
        ("members.0.class", None, "$.members[0].class"),
        ("members.0.gender", "f", "$.members[0].gender"),
        ("members.0.appointed", 1, "$.members[0].appointed"),
        ("tasks", [{"id": "T1"}, {"id": "T1"}], "$.tasks[1].id"),
        ("projects.0.id", "", "$.projects[0].id"),
        ("projects.0.part", "other", "$.projects[0].part"),
        ("projects.0.not_fundable", [6], "$.projects[0].not_fundable[0]"),
        ("projects.0.joint_operation", "x", "$.projects[0].joint_operation"),
        ("projects.0.lines", None, "$.projects[0].lines"),
        ("projects.0.lines.0.city", 5000.0, "$.projects[0].lines[0].city"),
        ("projects.0.lines.0.city", 0.5, "$.projects[0].lines[0].city"),
        ("projects.0.lines.0.city", "5000", "$.projects[0].lines[0].city"),
        ("projects.0.lines.0.city", True, "$.projects[0].lines[0].city"),
        ("projects.0.lines.0.city", None, "$.projects[0].lines[0]"),
        ("projects.0.lines.0.item", "201-3", "$.projects[0].lines[0].item"),
        ("projects.0.lines.0.item", "401-09", "$.projects[0].lines[0].item"),
        ("projects.0.lines.0.nature", "personnel", "$.projects[0].lines[0].nature"),
        ("projects.0.lines.1.nature", "other", "$.projects[0].lines[1].nature"),
        ("projects.0.lines.0.flags", ["durable_goods"], "$.projects[0].lines[0].flags"),
        ("projects.0.lines.1.flags", ["meeting_fee"], "$.projects[0].lines[1].flags"),
        ("projects.0.lines.0.flags", ["cheap"], "$.projects[0].lines[0].flags[0]"),
        ("projects.0.title", "\ud800", "$.projects[0].title"),
    ],
)
def test_one_wrong_value_is_refused_at_its_place(path, value, at):
    assert places(changed(path, value)) == [at]


def test_all_wrong_places_are_listed_at_once():
    wrong = changed("projects.0.lines.0.item", "999-99")
    wrong["projects"].append(copy.deepcopy(wrong["projects"][0]))
    wrong["members"][2]["elected"] = "no"
    wrong["odd key"] = 1
    assert places(wrong) == [
        '$["odd key"]',
        "$.members[2].elected",
        "$.projects[0].lines[0].item",
        "$.projects[1].lines[0].item",
        "$.projects[1].id",
    ]


def test_a_wrong_code_comes_with_the_nearest_one():
    with pytest.raises(UnableToReadPlan) as caught:
        plan_from_dict(changed("projects.0.lines.0.item", "401-20"))
    assert "401-02 시설비" in caught.value.problems[0].expected_en


def test_in_a_partial_year_an_unknown_code_needs_a_nature_and_then_warns():
    partial = changed("projects.0.lines.0.item", "201-77") | {"fiscal_year": 2026, "planning_year": 2025}
    assert places(partial) == ["$.projects[0].lines[0].item"]
    partial["projects"][0]["lines"][0]["nature"] = "current"
    facts = plan_from_dict(partial)
    found = judge(facts, on(plan_day(2025))).of("BUDGET-17")
    assert [str(one.where) for one in found] == ["project S1 line 1"]


def test_a_stated_nature_cannot_take_a_line_out_of_its_category():
    partial = changed("projects.0.lines.0.item", "307-77") | {"fiscal_year": 2026}
    for nature in ("other", "current", "personnel"):
        partial["projects"][0]["lines"][0]["nature"] = nature
        if nature == "current":
            facts = plan_from_dict(partial)
            assert judge(facts, on(plan_day(2026))).of("BUDGET-8")
        else:
            assert places(partial) == ["$.projects[0].lines[0].nature"]


def test_a_file_with_nothing_to_judge_is_refused():
    bare = {key: value for key, value in PLAN.items() if key not in ("members", "projects", "tasks")}
    assert places(bare) == ["$"]


@pytest.mark.parametrize("value", [None, [], "x", 3, True])
def test_what_is_not_an_object_is_refused(value):
    assert places(value) == ["$"]


def test_what_is_left_out_is_named_as_not_judged():
    found = changed("members")
    del found["projects"][0]["joint_operation"]
    del found["tasks"]
    judgement = judge(plan_from_dict(found), on(plan_day(2026)))
    silent = {one.rule for one in judgement.not_judged}
    assert {"BODY-1", "BODY-2", "BODY-3", "BODY-4", "BUDGET-6", "PLAN-7", "PLAN-8", "BUDGET-15"} <= silent
    assert not {one.rule for one in judgement.findings} & {"BODY-1", "BUDGET-6"}


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (b"\xff{}", "byte 0"),
        (b'{"format": ', "line 1 column 12"),
        (b'{"city_grant": NaN}', "line 1 column 1"),
        (b"[" * 100_000, "$"),
        (b'{"city_grant": ' + b"9" * 5000 + b"}", "$"),
    ],
    ids=["not UTF-8", "cut off", "NaN", "too deep", "too long a number"],
)
def test_what_is_not_json_is_refused(text, at):
    with pytest.raises(UnableToReadPlan) as caught:
        plan_from_json(text)
    assert [one.at for one in caught.value.problems] == [at]


def test_a_repeated_key_is_refused():
    text = json.dumps(PLAN).replace('"city_grant"', '"city_grant": 1, "city_grant"')
    with pytest.raises(UnableToReadPlan) as caught:
        plan_from_json(text)
    assert [one.at for one in caught.value.problems] == ["$.city_grant"]


def test_a_byte_order_mark_is_no_harm():
    assert plan_from_json(b"\xef\xbb\xbf" + json.dumps(PLAN).encode()).fiscal_year == 2027


def test_the_fiscal_year_can_be_given_from_outside():
    assert plan_from_dict(PLAN, fiscal_year=2026).fiscal_year == 2026
    with pytest.raises(UnableToReadPlan):
        plan_from_dict(PLAN, fiscal_year=2030)
