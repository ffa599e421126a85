"""The worked examples hold, and no rule is without them."""

from __future__ import annotations

from collections import Counter

import pytest

from madang.engines.rulebook import JUDGES, RECORD_JUDGES, Finding, judge, load, on, plan_day, plan_from_dict
from madang.engines.rulebook.worked import KINDS, all_cases, document, judged

ALL = all_cases()
WITH_CASES = {*JUDGES, *RECORD_JUDGES, "PLAN-9"}


def said(found: Finding) -> str:
    """A finding as the worked examples write it."""
    text = f"{found.severity} {found.where}"
    if found.measure and found.measure.percent is not None:
        text += f" {found.measure.percent}%"
    if found.measure and found.measure.largest is not None:
        text += f" largest {found.measure.largest}"
    return text


@pytest.mark.parametrize(("rule", "case"), ALL, ids=[f"{rule} {case['title']}" for rule, case in ALL])
def test_a_worked_example_finds_what_it_says(rule, case):
    found = judged(rule, case).of(rule)
    assert Counter(said(one) for one in found) == Counter(case["finds"])
    for one in found:
        assert one.clause
        assert all((one.message_ko, one.message_en, one.remedy_ko, one.remedy_en))


def test_every_rule_has_an_example_that_passes_and_one_that_finds_something():
    for rule in WITH_CASES:
        kinds = {case["kind"] for of, case in ALL if of == rule}
        assert {"passes", "fails"} <= kinds, rule


def test_every_rule_with_a_number_has_examples_exactly_at_the_limit_and_just_beyond():
    register = load().rules
    numbered = {
        rule
        for rule in WITH_CASES
        for key in register[rule].parameters
        if not key.startswith(("exclusions.", "ordinance.")) and not key.endswith(("_groups", "_hundreds"))
    }
    assert {"BODY-1", "BUDGET-2", "BUDGET-16"} <= numbered
    for rule in numbered:
        kinds = {case["kind"] for of, case in ALL if of == rule}
        assert {"at the limit", "just beyond"} <= kinds, rule


def test_examples_belong_to_rules_and_say_what_kind_they_are():
    for rule, case in ALL:
        assert rule in WITH_CASES
        assert case["kind"] in KINDS
        assert case["kind"] not in {"fails", "just beyond"} or case["finds"], case["title"]
        assert case["kind"] != "passes" or not case["finds"], case["title"]


def test_a_private_ex_officio_member_counts_for_the_private_share_and_not_for_gender():
    case = {
        "members": [
            "6 private female appointed",
            "4 private male appointed",
            "1 private female ex-officio",
            "4 administration male ex-officio",
        ]
    }
    facts = plan_from_dict(document(case))
    judgement = judge(facts, on(plan_day(2026), "도봉구"))
    assert not judgement.of("BODY-3")
    assert not judgement.of("BODY-1")
    without = {"members": [*case["members"][:2], "1 administration female ex-officio", case["members"][3]]}
    fewer = judge(plan_from_dict(document(without)), on(plan_day(2026), "도봉구"))
    assert fewer.of("BODY-1")[0].measure.part == 10
