"""A damaged file never brings the check down, and never passes for what was not understood."""

from __future__ import annotations

import copy
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.engines.rulebook import UnableToReadPlan, judge, on, plan_day, plan_from_dict, plan_from_json, summary
from madang.engines.rulebook.worked import document

PLAN = document(
    {
        "members": ["2 private female appointed", "1 administration male ex-officio"],
        "plan": {"S1 sectoral": ["201-03 5000", "405-01 100"], "F1 foundation": ["101-04 10"]},
    }
)
TEXT = json.dumps(PLAN, ensure_ascii=False).encode()

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def judge_all(facts) -> None:
    view = on(plan_day(facts.planning_year), facts.district)
    json.dumps(judge(facts, view).as_dict(), ensure_ascii=False).encode()
    summary(facts, view)


def ways(value, way=()):
    """Every path in a document."""
    yield way
    if isinstance(value, dict):
        for key in value:
            yield from ways(value[key], (*way, key))
    if isinstance(value, list):
        for number in range(len(value)):
            yield from ways(value[number], (*way, number))


WAYS = [way for way in ways(PLAN) if way]


@given(way=st.sampled_from(WAYS), value=junk, taken_away=st.booleans())
def test_a_plan_with_one_value_replaced_is_judged_or_refused(way, value, taken_away):
    damaged = copy.deepcopy(PLAN)
    place = damaged
    for step in way[:-1]:
        place = place[step]
    if taken_away:
        del place[way[-1]]
    else:
        place[way[-1]] = value
    with suppress(UnableToReadPlan):
        judge_all(plan_from_dict(damaged))


@given(value=junk)
def test_no_document_but_a_plan_is_read(value):
    with pytest.raises(UnableToReadPlan) as caught:
        plan_from_dict(value)
    assert caught.value.problems


@given(at=st.integers(0, len(TEXT) - 1), byte=st.binary(min_size=0, max_size=3), cut=st.integers(0, 5))
def test_a_file_with_damaged_bytes_is_judged_or_refused(at, byte, cut):
    with suppress(UnableToReadPlan):
        judge_all(plan_from_json(TEXT[:at] + byte + TEXT[at + cut :]))


@given(way=st.sampled_from([way for way in ways(PLAN) if isinstance(way[-1] if way else 0, str)]), name=st.text())
def test_a_key_nobody_knows_is_never_overlooked(way, name):
    damaged = copy.deepcopy(PLAN)
    place = damaged
    for step in way[:-1]:
        place = place[step]
    if name in place:
        return
    place[name] = 1
    try:
        plan_from_dict(damaged)
    except UnableToReadPlan:
        return
    known = {
        "nature",
        "national",
        "other",
        "basis",
        "title",
        "name",
        "rulebook",
        "reason",
        "register_of_goods",
        "city",
        "district",
        "when",
        "how",
    }
    assert name in known
