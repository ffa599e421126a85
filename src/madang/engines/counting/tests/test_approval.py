from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.engines.counting import TieRule, UnableToCount, check_ballot, count_approval, groups_to_show

OPTIONS = list(range(1, 9))
BALLOTS = st.lists(st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=5, unique=True), max_size=60)


def count(ballots, seats=3, rule=TieRule.DECIDE):
    return count_approval(ballots, options=OPTIONS, seats=seats, most=5, tie_rule=rule)


@given(BALLOTS, st.integers(1, 8), st.sampled_from(TieRule), st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_does_not_matter(ballots, seats, rule, dice: random.Random):
    shuffled = list(ballots)
    dice.shuffle(shuffled)
    assert count(shuffled, seats, rule) == count(ballots, seats, rule)


@given(BALLOTS, st.integers(1, 8), st.sampled_from(TieRule))
def test_votes_add_up_to_picks_and_winners_never_exceed_the_seats(ballots, seats, rule):
    result = count(ballots, seats, rule)
    assert result.ballots == len(ballots)
    assert result.picks == sum(map(len, ballots)) == sum(standing.votes for standing in result.standings)
    assert len(result.winners) + result.open_seats <= seats
    assert {standing.option for standing in result.standings} == set(OPTIONS)


@given(BALLOTS, st.integers(1, 8), st.sampled_from(TieRule))
def test_nobody_with_fewer_votes_is_chosen_before_somebody_with_more(ballots, seats, rule):
    result = count(ballots, seats, rule)
    chosen = [standing.votes for standing in result.standings if standing.chosen]
    others = [standing.votes for standing in result.standings if not standing.chosen]
    assert not chosen or not others or min(chosen) >= max(others)
    assert 0 not in chosen


@given(BALLOTS, st.integers(1, 8))
def test_a_tie_across_the_last_seat_is_reported_and_leaves_exactly_the_contested_seats_open(ballots, seats):
    result = count(ballots, seats)
    if result.tied:
        assert len({standing.votes for standing in result.standings if standing.tied}) == 1
        assert 0 < result.open_seats < len(result.tied)
        assert not set(result.tied) & set(result.winners)
    else:
        assert result.open_seats == 0


@given(BALLOTS, st.integers(1, 8))
def test_the_listed_order_settles_every_tie_and_still_reports_it(ballots, seats):
    listed, left_open = count(ballots, seats, TieRule.LISTED), count(ballots, seats)
    assert listed.tied == left_open.tied
    assert listed.open_seats == 0
    assert len(listed.winners) == len(left_open.winners) + left_open.open_seats


def test_a_worked_example_can_be_followed_by_hand():
    result = count([[1, 2], [1, 3], [2, 3], [1], [4]], seats=2)
    assert [(s.option, s.votes, s.rank, s.chosen, s.tied) for s in result.standings[:4]] == [
        (1, 3, 1, True, False),
        (2, 2, 2, False, True),
        (3, 2, 2, False, True),
        (4, 1, 4, False, False),
    ]
    assert result.open_seats == 1
    assert count([[1, 2], [1, 3], [2, 3], [1], [4]], seats=2, rule=TieRule.LISTED).winners == (1, 2)


def test_no_ballots_choose_nothing():
    assert count([]).winners == ()


@pytest.mark.parametrize(
    ("choices", "why"),
    [([], "empty"), ([1, 1], "twice"), ([99], "unknown"), ([1, 2, 3, 4, 5, 6], "too_many")],
)
def test_a_ballot_that_cannot_count_is_refused_by_name(choices, why):
    with pytest.raises(UnableToCount, match=why):
        check_ballot(choices, options=OPTIONS, most=5)
    with pytest.raises(UnableToCount, match=why):
        count([choices])


GROUPS = st.dictionaries(st.sampled_from(["online", "mobile", "on_site", "paper"]), st.integers(0, 60))


@given(GROUPS)
def test_the_total_less_the_shown_groups_never_reveals_fewer_than_twenty(ballots):
    shown = groups_to_show(ballots)
    assert all(ballots[group] >= 20 for group in shown)
    rest = sum(ballots.values()) - sum(ballots[group] for group in shown)
    assert rest == 0 or rest >= 20 or not shown


def test_a_small_group_takes_the_next_smallest_with_it():
    assert groups_to_show({"online": 300, "mobile": 90, "on_site": 12}) == {"online"}
    assert groups_to_show({"online": 300, "mobile": 90, "on_site": 0}) == {"online", "mobile"}
