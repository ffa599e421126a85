from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.engines.counting.approval import UnableToCount
from madang.engines.counting.model import Project, election_of
from madang.engines.counting.rules import count
from madang.engines.counting.shares import check_quota, criteria_scores, share_scores
from madang.engines.counting.tests.naive import calmly

SHARES_2019 = {"residents": 50, "council": 30, "proposers": 10, "school": 10}
VOTES = st.dictionaries(
    st.sampled_from(sorted(SHARES_2019)),
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 50), max_size=4),
    max_size=4,
)


@calmly
@given(VOTES)
def test_scores_are_the_shares_of_the_groups_in_which_anybody_voted(votes):
    scores = share_scores(votes, {}, SHARES_2019)
    assert sum(scores.values()) == sum(SHARES_2019[group] for group, some in votes.items() if sum(some.values()))


@calmly
@given(VOTES, st.integers(2, 1000))
def test_a_group_weighs_the_same_however_many_vote_in_it(votes, times):
    larger = {group: {one: number * times for one, number in some.items()} for group, some in votes.items()}
    assert share_scores(larger, {}, SHARES_2019) == share_scores(votes, {}, SHARES_2019)


def test_the_few_of_the_council_outweigh_the_many_online_as_in_2016():
    votes = {"council": {"a": 30, "b": 10}, "online": {"a": 400, "b": 600}, "survey": {"a": 5, "b": 5}}
    scores = share_scores(votes, {}, {"council": 45, "online": 45, "survey": 10})
    assert scores == {"a": Fraction(45 * 3, 4) + 18 + 5, "b": Fraction(45, 4) + 27 + 5}


def test_shares_can_be_dealt_by_ballots_instead_of_votes():
    votes = {"residents": {"a": 8, "b": 8}, "council": {"a": 1}}
    scores = share_scores(votes, {"residents": 10, "council": 2}, {"residents": 60, "council": 40}, base="ballots")
    assert scores == {"a": 48 + 20, "b": 48}


@pytest.mark.parametrize(
    "shares", [{"residents": 50, "council": 40}, {"residents": 120, "council": -20}, {"council": 100}]
)
def test_shares_that_are_not_a_whole_are_refused(shares):
    with pytest.raises(UnableToCount, match="shares"):
        share_scores({"residents": {"a": 1}}, {}, shares)


def test_projects_win_by_scores_and_one_without_a_score_does_not():
    projects = [Project(one, Fraction(1)) for one in "abc"]
    election = election_of(projects, 3, [["a"]])
    assert count(election, "points", scores={"a": Fraction(1, 3), "b": Fraction(2, 3)}).winners == ("b", "a")
    with pytest.raises(UnableToCount, match="rule"):
        count(election, "approval", scores={})


def test_a_criterion_left_blank_is_not_zero():
    weights = {"need": 3, "effect": 1}
    sheets = [{"a": {"need": 4, "effect": None}}, {"a": {"need": 5, "effect": 2}, "b": {"effect": None}}]
    assert criteria_scores(sheets, weights) == {"a": Fraction(9 * 3 + 2 * 2, 2 * 4), "b": None}


def test_an_unknown_criterion_and_a_weight_of_nothing_are_refused():
    with pytest.raises(UnableToCount, match="unknown"):
        criteria_scores([{"a": {"beauty": 1}}], {"need": 1})
    with pytest.raises(UnableToCount, match="weights"):
        criteria_scores([], {"need": 0})


def test_a_ballot_may_name_seven_of_one_kind_and_three_of_another():
    kinds = {one: "city" if one < 10 else "dong" for one in range(20)}
    check_quota([*range(7), 10, 11, 12], kinds, {"city": 7, "dong": 3})
    with pytest.raises(UnableToCount, match="quota"):
        check_quota([*range(8), 10, 11], kinds, {"city": 7, "dong": 3})
