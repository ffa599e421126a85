"""The rules once more, slow and plain: ballots one by one, fractions throughout, every step made."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st

from madang.engines.counting.model import Election, Project, election_of

Ballot = Sequence[str]
# The machine may be busy: no example has a time limit.
calmly = settings(deadline=None, max_examples=40)


def order(projects: Sequence[Project]) -> list[Project]:
    return sorted(projects, key=lambda project: (project.cost, project.id))


def greedy(projects: Sequence[Project], budget: Fraction, scores: dict[str, Fraction], taken: list[str]) -> list[str]:
    won = list(taken)
    left = budget - sum(project.cost for project in projects if project.id in won)
    for project in sorted(order(projects), key=lambda project: -scores[project.id]):
        if project.id not in won and project.cost <= left:
            won.append(project.id)
            left -= project.cost
    return won


def votes(projects: Sequence[Project], ballots: Sequence[Ballot]) -> dict[str, Fraction]:
    return {project.id: Fraction(sum(project.id in ballot for ballot in ballots)) for project in projects}


def equal_shares(projects: Sequence[Project], ballots: Sequence[Ballot], each: Fraction) -> list[str]:
    money = [each] * len(ballots)
    won: list[str] = []
    while True:
        prices: dict[str, Fraction] = {}
        for project in projects:
            supporters = [voter for voter, ballot in enumerate(ballots) if project.id in ballot]
            if project.id in won or not project.cost or sum(money[voter] for voter in supporters) < project.cost:
                continue
            missing, paying = project.cost, len(supporters)
            for purse in sorted(money[voter] for voter in supporters):
                if missing / paying <= purse:
                    prices[project.id] = missing / paying
                    break
                missing, paying = missing - purse, paying - 1
        if not prices:
            return won
        worth = {project.id: prices[project.id] / project.cost for project in projects if project.id in prices}
        chosen = min((one for one in order(projects) if one.id in worth), key=lambda one: worth[one.id])
        won.append(chosen.id)
        for voter, ballot in enumerate(ballots):
            if chosen.id in ballot:
                money[voter] -= min(money[voter], prices[chosen.id])


def raised(projects: Sequence[Project], ballots: Sequence[Ballot], budget: Fraction, *, exhaustive: bool) -> list[str]:
    cost = {project.id: project.cost for project in projects}
    for_sale = [one for one in projects if one.cost and any(one.id in ballot for ballot in ballots)]
    each = budget / len(ballots)
    kept: list[str] = []
    while True:
        won = equal_shares(projects, ballots, each)
        spent = sum(cost[one] for one in won)
        if spent > budget:
            return kept
        kept = won
        left = [one for one in for_sale if one.id not in won]
        if not left or (exhaustive and all(one.cost + spent > budget for one in left)):
            return kept
        each += 1


def phragmen(projects: Sequence[Project], ballots: Sequence[Ballot], budget: Fraction) -> list[str]:
    load = [Fraction(0)] * len(ballots)
    left = [project for project in order(projects) if project.cost <= budget]
    won: list[str] = []
    while left:
        reached = {}
        for project in left:
            borne = [load[voter] for voter, ballot in enumerate(ballots) if project.id in ballot]
            reached[project.id] = (sum(borne) + project.cost) / len(borne) if borne else None
        named = [value for value in reached.values() if value is not None]
        lowest = min(named) if named else None
        equals = [project for project in left if reached[project.id] == lowest]
        if any(project.cost > budget for project in equals):
            return won
        chosen = equals[0]
        for voter, ballot in enumerate(ballots):
            if chosen.id in ballot and lowest is not None:
                load[voter] = lowest
        won.append(chosen.id)
        left.remove(chosen)
        budget -= chosen.cost
    return won


@st.composite
def elections(draw: st.DrawFn, *, most_voters: int = 12) -> tuple[list[Project], int, list[list[str]]]:
    """Small elections whose costs repeat, so that equals are common."""
    costs = draw(st.lists(st.integers(1, draw(st.sampled_from([2, 6, 60]))), min_size=1, max_size=7))
    projects = [Project(f"p{place}", Fraction(cost)) for place, cost in enumerate(costs)]
    ids = [project.id for project in projects]
    ballots = draw(st.lists(st.lists(st.sampled_from(ids), max_size=5, unique=True), min_size=1, max_size=most_voters))
    return projects, draw(st.integers(1, sum(costs) + 3)), ballots


def built(drawn: tuple[list[Project], int, list[list[str]]]) -> Election:
    projects, budget, ballots = drawn
    return election_of(projects, budget, ballots)
