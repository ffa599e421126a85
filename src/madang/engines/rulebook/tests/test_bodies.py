"""The rules of all bodies: worked examples hold, and what holds whoever sits there and in whatever order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.engines.rulebook import Severity, load, on
from madang.engines.rulebook.body_facts import BODY_KINDS, STANDS_FOR, BodyFacts, Seat
from madang.engines.rulebook.body_judging import BODY_JUDGES, COUNCIL_JUDGES, judge_body
from madang.engines.rulebook.quorum import Threshold, default_quorum
from madang.engines.rulebook.rules.composition import in_both_rounds
from madang.engines.rulebook.worked import KINDS
from madang.engines.rulebook.worked_bodies import body_cases, facts_of, judgement_of

VIEW = on(date(2026, 7, 10), "도봉구")
ALL = body_cases()
IN_THE_FILE = {"BODY-1", "BODY-2", "BODY-3", "BODY-4"}
JUDGED = {rule for judges in BODY_JUDGES.values() for rule in judges} | set(COUNCIL_JUDGES)


def said(found) -> str:
    """A finding as the worked examples write it."""
    text = f"{found.severity} {found.where}"
    if found.measure and found.measure.percent is not None:
        text += f" {found.measure.percent}%"
    if found.measure and found.measure.largest is not None:
        text += f" largest {found.measure.largest}"
    return text


@pytest.mark.parametrize(("rule", "case"), ALL, ids=[f"{rule} {case['title']}" for rule, case in ALL])
def test_a_worked_example_finds_what_it_says(rule, case):
    judgement = judgement_of(facts_of(case))
    assert Counter(said(one) for one in judgement.of(rule)) == Counter(case["finds"])
    assert (rule in {one.rule for one in judgement.not_judged}) is case.get("not_judged", False)
    for one in judgement.findings:
        assert all((one.clause, one.message_ko, one.message_en, one.remedy_ko, one.remedy_en))
    assert case["kind"] in KINDS
    assert case["kind"] != "passes" or not case["finds"]
    assert case["kind"] not in {"fails", "just beyond"} or case["finds"]


def test_every_rule_of_section_one_is_judged_and_has_examples_that_pass_and_fail():
    assert {f"BODY-{number}" for number in range(1, 14)} == JUDGED
    for rule in JUDGED - IN_THE_FILE:
        kinds = {case["kind"] for of, case in ALL if of == rule}
        assert "passes" in kinds, rule
        assert kinds & {"fails", "just beyond"}, rule
        if load().rules[rule].parameters:
            assert {"at the limit", "just beyond"} <= kinds, rule


def test_every_kind_of_body_without_members_is_said_to_be_not_judged_or_found():
    for kind in BODY_KINDS:
        judgement = judge_body(BodyFacts(kind), VIEW)
        assert judgement.findings or judgement.not_judged, kind


def test_a_task_force_is_told_that_the_rules_of_a_council_are_not_asked():
    silent = {one.rule for one in judge_body(BodyFacts("task_force", (Seat("administration"),)), VIEW).not_judged}
    assert silent == IN_THE_FILE


seats = st.builds(
    Seat,
    member_class=st.sampled_from(["private", "administration", "district_councillor"]),
    elected=st.booleans(),
    appointed=st.booleans(),
    gender=st.sampled_from(["female", "male", "other", "unknown"]),
    department=st.booleans(),
    stands_for=st.frozensets(st.sampled_from(STANDS_FOR), max_size=3),
    account=st.sampled_from(["", "1", "2", "3"]),
    alias=st.sampled_from(["", "가람", "나루"]),
)
bodies = st.builds(
    BodyFacts,
    kind=st.sampled_from(BODY_KINDS),
    members=st.lists(seats, max_size=25).map(tuple),
    other_round=st.lists(seats, max_size=4).map(tuple),
    step=st.sampled_from(["planning", "final_selection"]),
)


def findings(facts: BodyFacts) -> Counter:
    return Counter((one.rule, one.severity, one.message_en, one.measure) for one in judge_body(facts, VIEW).findings)


@given(facts=bodies, order=st.randoms(use_true_random=False))
def test_the_order_of_members_changes_no_finding(facts, order):
    shuffled = replace(facts, members=tuple(order.sample(facts.members, len(facts.members))))
    numbered = {"BODY-2"}
    before = Counter({one: count for one, count in findings(facts).items() if one[0] not in numbered})
    after = Counter({one: count for one, count in findings(shuffled).items() if one[0] not in numbered})
    assert before == after
    assert len(judge_body(facts, VIEW).findings) == len(judge_body(shuffled, VIEW).findings)


@given(facts=bodies, times=st.integers(2, 3))
def test_a_body_of_several_times_the_same_people_has_the_same_shares(facts, times):
    def shares(of: BodyFacts) -> set:
        judged = judge_body(of, VIEW).findings
        return {(one.rule, one.severity, one.measure.percent) for one in judged if one.measure}

    assert shares(replace(facts, members=facts.members * times)) == shares(facts)


PRIVATE = Seat("private", gender="other")


@given(facts=bodies)
def test_another_private_member_never_creates_a_finding_about_the_private_share(facts):
    def short(of: BodyFacts) -> set:
        judged = judge_body(of, VIEW).findings
        floors = [one for one in judged if one.measure and one.measure.largest is None]
        return {(one.rule, one.severity) for one in floors if "private" in one.message_en.lower()}

    blocking = {one for one in short(facts) if one[1] is not Severity.WARN or one[0] == "BODY-4"}
    after = short(replace(facts, members=(*facts.members, PRIVATE)))
    if facts.members:
        assert {one for one in after if one[1] is not Severity.WARN or one[0] == "BODY-4"} <= blocking


@given(first=st.lists(seats, max_size=5), second=st.lists(seats, max_size=5), cut=st.integers(0, 5))
def test_both_rounds_agree_on_an_overlap_however_a_round_is_cut_into_groups(first, second, cut):
    def overlap(members, others) -> bool:
        return bool(in_both_rounds(BodyFacts("focus_group_first", tuple(members), tuple(others))))

    assert overlap(first, second) == overlap(second, first)
    assert overlap(first, second) == (overlap(first[:cut], second) or overlap(first[cut:], second))


def test_two_accounts_are_two_people_even_with_one_name():
    one, other = Seat("private", account="1", alias="가람"), Seat("private", account="2", alias="가람")
    assert not one.is_same_person(other)
    assert one.is_same_person(replace(other, account=""))
    assert not Seat("private").is_same_person(Seat("private"))


@given(part=st.integers(1, 6), whole=st.integers(1, 6), over=st.booleans(), total=st.integers(1, 200))
def test_what_a_threshold_needs_is_the_smallest_number_that_reaches_it(part, whole, over, total):
    if part > whole:
        return
    asked = Threshold.of(f"{'over' if over else 'from'} {part}/{whole}")
    needed = asked.needed(total)
    assert asked.reached(needed, total)
    assert not asked.reached(needed - 1, total)


def test_without_an_ordinance_a_majority_is_asked():
    quorum = default_quorum(VIEW)
    assert (quorum.present, quorum.decides) == (Threshold.of("over 1/2"), Threshold.of("over 1/2"))
    assert (quorum.present.words(), quorum.present.words("en")) == ("과반수", "a majority")
    assert [Threshold.of(text).words() for text in ("from 2/3", "over 2/3", "from 1/2")] == [
        "3분의 2 이상", "3분의 2 초과", "절반 이상",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "half", "over", "over 2/1", "from 0/3", "over a/b", "from 1/0"])
def test_a_threshold_that_makes_no_sense_is_refused(text):
    with pytest.raises(ValueError, match="threshold"):
        Threshold.of(text)
