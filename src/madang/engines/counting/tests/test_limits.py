from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.engines.counting.approval import UnableToCount
from madang.engines.counting.model import Project, election_of
from madang.engines.counting.outcome import Limits
from madang.engines.counting.rules import RULES, count
from madang.engines.counting.tests.naive import built, calmly, elections


def project(one: str, cost: int = 1, *, kind: str = "", least: int | None = None) -> Project:
    return Project(one, Fraction(cost), kind=kind, least=None if least is None else Fraction(least))


@calmly
@given(elections(), st.sampled_from(RULES), st.integers(0, 4), st.data())
def test_limits_hold_by_every_rule(drawn, rule, least, data):
    ids = [one.id for one in drawn[0]]
    apart = frozenset(data.draw(st.lists(st.sampled_from(ids), max_size=3)))
    election = built(drawn)
    votes = dict(zip(ids, election.votes, strict=True))
    winners = count(election, rule, limits=Limits(least_votes=least, apart=(apart,))).winners
    assert all(votes[one] >= least for one in winners)
    assert len(apart & set(winners)) <= 1


def test_seven_of_one_kind_and_three_of_another_win():
    projects = [project(f"city{n}", kind="city") for n in range(9)] + [
        project(f"dong{n}", kind="dong") for n in range(9)
    ]
    ballots = [[one.id] for n, one in enumerate(projects) for _vote in range(20 - n)]
    quota = Limits(most_of_kind={"city": 7, "dong": 3})
    winners = count(election_of(projects, 10, ballots), limits=quota).winners
    assert [one.rstrip("0123456789") for one in winners] == ["city"] * 7 + ["dong"] * 3


def test_of_two_incompatible_projects_the_one_with_more_votes_wins():
    election = election_of([project("a"), project("b"), project("c")], 3, [["a", "b"], ["b", "c"], ["b"], ["a"]])
    apart = Limits(apart=(frozenset({"a", "b"}),))
    assert count(election, limits=apart).winners == ("b", "c")


def test_an_incompatible_project_that_does_not_exist_is_refused():
    with pytest.raises(UnableToCount, match="settings"):
        count(election_of([project("a")], 3, []), limits=Limits(apart=(frozenset({"a", "x"}),)))


def test_the_rest_of_the_budget_goes_to_the_next_project_that_it_is_of_use_to():
    projects = [project("a", 6), project("b", 8, least=5), project("c", 7, least=4), project("d", 3)]
    election = election_of(projects, 10, [["a", "b", "c", "d"], ["a", "b", "c"], ["a", "b"], ["a"]])
    outcome = count(election, limits=Limits(part_funding=True))
    assert outcome.winners == ("a", "c")
    assert (outcome.amounts, outcome.cost) == ({"c": 4}, 10)
    assert count(election).winners == ("a", "d")
