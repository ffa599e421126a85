from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.engines.counting.approval import UnableToCount
from madang.engines.counting.model import Election, Project, election_of
from madang.engines.counting.outcome import Limits
from madang.engines.counting.rules import RULES, count
from madang.engines.counting.tests import naive
from madang.engines.counting.tests.naive import built, calmly, elections

ALL = st.sampled_from([(rule, stop) for rule in RULES for stop in ("overspend", "exhaustive")])


@calmly
@given(elections())
def test_greedy_takes_what_the_plain_reference_takes(drawn):
    projects, budget, ballots = drawn
    wanted = naive.greedy(projects, Fraction(budget), naive.votes(projects, ballots), [])
    assert list(count(built(drawn), "approval").winners) == wanted


@calmly
@given(elections())
def test_equal_shares_buys_what_the_plain_reference_buys_in_the_same_order(drawn):
    projects, budget, ballots = drawn
    wanted = naive.equal_shares(projects, ballots, Fraction(budget, len(ballots)))
    assert list(count(built(drawn), "equal-shares-plain").winners) == wanted


@calmly
@given(elections(), st.booleans())
def test_raising_without_trying_every_unit_ends_where_trying_every_unit_ends(drawn, exhaustive):
    projects, budget, ballots = drawn
    bought = naive.raised(projects, ballots, Fraction(budget), exhaustive=exhaustive)
    wanted = naive.greedy(projects, Fraction(budget), naive.votes(projects, ballots), bought)
    stop = "exhaustive" if exhaustive else "overspend"
    assert list(count(built(drawn), "equal-shares", stop=stop).winners) == wanted


@calmly
@given(elections())
def test_phragmen_takes_what_the_plain_reference_takes(drawn):
    projects, budget, ballots = drawn
    assert list(count(built(drawn), "phragmen").winners) == naive.phragmen(projects, ballots, Fraction(budget))


@calmly
@given(elections(), ALL, st.randoms(use_true_random=False))
def test_the_order_of_ballots_projects_and_names_on_a_ballot_changes_nothing(drawn, how, dice: random.Random):
    rule, stop = how
    projects, budget, ballots = drawn
    shuffled = dice.sample(projects, len(projects)), budget, [dice.sample(one, len(one)) for one in ballots]
    dice.shuffle(shuffled[2])
    assert count(built(shuffled), rule, stop=stop) == count(built(drawn), rule, stop=stop)


@calmly
@given(elections(), ALL, st.integers(2, 4))
def test_counting_identical_ballots_together_changes_nothing(drawn, how, copies):
    rule, stop = how
    projects, budget, ballots = drawn
    together = election_of(projects, budget, ballots * copies)
    apart = _ungrouped(projects, budget, ballots * copies)
    assert len(together.ballots.weight) <= len(ballots)
    assert count(together, rule, stop=stop) == count(apart, rule, stop=stop)


def _ungrouped(projects, budget, ballots) -> Election:
    """The same election with each ballot in a row of its own."""
    from dataclasses import replace

    import numpy as np

    election = election_of(projects, budget, ballots)
    place = {project.id: number for number, project in enumerate(projects)}
    marks = [(row, place[one]) for row, ballot in enumerate(ballots) for one in ballot]
    columns = np.array(marks, np.int64).reshape(-1, 2)
    return replace(
        election,
        ballots=replace(
            election.ballots, ballot=columns[:, 0], project=columns[:, 1], weight=np.ones(len(ballots), np.int64)
        ),
    )


@calmly
@given(elections(), ALL)
def test_the_winners_never_cost_more_than_the_budget_and_none_wins_twice(drawn, how):
    rule, stop = how
    outcome = count(built(drawn), rule, stop=stop)
    costs = {project.id: project.cost for project in drawn[0]}
    assert outcome.cost == sum(costs[one] for one in outcome.winners) <= drawn[1]
    assert len(set(outcome.winners)) == len(outcome.winners)


@calmly
@given(elections(), st.sampled_from(["approval", "equal-shares"]))
def test_nothing_that_still_fits_is_left_out_by_a_rule_that_completes(drawn, rule):
    outcome = count(built(drawn), rule)
    left = drawn[1] - outcome.cost
    assert all(project.cost > left for project in drawn[0] if project.id not in outcome.winners)


@calmly
@given(elections(), st.data())
def test_a_winner_by_votes_still_wins_when_one_more_voter_names_it_alone(drawn, data):
    projects, budget, ballots = drawn
    winners = count(built(drawn), "approval").winners
    if winners:
        one = data.draw(st.sampled_from(winners))
        assert one in count(election_of(projects, budget, [*ballots, [one]]), "approval").winners


@calmly
@given(elections(), st.data())
def test_a_winner_by_votes_still_wins_when_it_costs_less(drawn, data):
    projects, budget, ballots = drawn
    winners = count(built(drawn), "approval").winners
    if winners:
        one = data.draw(st.sampled_from(winners))
        cheaper = [Project(p.id, p.cost / 2 if p.id == one else p.cost) for p in projects]
        assert one in count(election_of(cheaper, budget, ballots), "approval").winners


@calmly
@given(elections(), ALL)
def test_a_tie_names_equals_takes_the_cheaper_first_and_then_the_id_as_text(drawn, how):
    rule, stop = how
    costs = {project.id: project.cost for project in drawn[0]}
    outcome = count(built(drawn), rule, stop=stop)
    for tie in outcome.ties:
        assert len(tie.between) > 1
        assert list(tie.between) == sorted(tie.between, key=lambda one: (costs[one], one))
        assert tie.chosen in ("", tie.between[0])
        assert set(tie.won) == set(tie.between) & set(outcome.winners)


def test_equals_are_taken_in_the_order_stated_beforehand():
    projects = [Project("a", Fraction(5)), Project("b", Fraction(5)), Project("10", Fraction(5))]
    election = election_of(projects, 5, [["a", "b", "10"]])
    assert count(election).winners == ("10",)
    listed = count(election, order=["b"])
    assert listed.winners == ("b",)
    assert listed.ties[0].between == ("b", "10", "a")
    with pytest.raises(UnableToCount, match="order"):
        count(election, order=["c"])


def test_a_tie_is_seen_although_floats_would_not_see_it():
    """Both cost a third of what their supporters can pay; in floats 1/3 + 1/3 + 1/3 and 1 differ or not by luck."""
    projects = [Project("a", Fraction(1, 3)), Project("b", Fraction(10, 30)), Project("c", Fraction(1, 7))]
    election = election_of(projects, 1, [["a", "c"], ["b", "c"], ["a"], ["b"]])
    for rule in ("equal-shares-plain", "phragmen"):
        assert ("a", "b") in [tie.between for tie in count(election, rule).ties]


def test_a_difference_that_floats_cannot_see_decides():
    big, small = Fraction(10**20 + 1, 10**20), Fraction(1)
    projects = [Project("a", big), Project("z", small)]
    election = election_of(projects, 2, [["a"], ["z"]])
    outcome = count(election, "phragmen")
    assert (outcome.winners, outcome.ties) == (("z",), ())


def test_the_two_ways_to_stop_raising_can_end_with_other_winners():
    """At once nothing fits beside ``b``, ``a`` and ``c``; but raised further, two voters can pay for ``d``."""
    projects = [Project(one, Fraction(cost)) for one, cost in (("a", 30), ("b", 25), ("c", 40), ("d", 90))]
    election = election_of(projects, 125, [["a", "d"], ["d"], ["b"]])
    exhaustive = count(election, "equal-shares", stop="exhaustive")
    assert (exhaustive.winners, exhaustive.steps) == (("b", "a", "c"), 0)
    overspend = count(election, "equal-shares")
    assert (overspend.winners, overspend.steps) == (("d", "b"), 33)


def test_nobody_voting_leaves_equal_shares_with_nothing_to_share():
    election = election_of([Project("a", Fraction(1))], 5, [])
    assert count(election, "equal-shares-plain").winners == ()
    assert count(election, "approval", limits=Limits(least_votes=1)).winners == ()


def test_a_rule_that_does_not_exist_is_refused():
    with pytest.raises(UnableToCount, match="rule"):
        count(election_of([Project("a", Fraction(1))], 5, []), "borda")  # type: ignore[arg-type]
