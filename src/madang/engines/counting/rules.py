"""Counting an election by a named rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal, get_args

from madang.engines.counting.approval import UnableToCount
from madang.engines.counting.equal_shares import Stop, completed, plain
from madang.engines.counting.greedy import Taken, greedy
from madang.engines.counting.model import Election
from madang.engines.counting.outcome import Field, Limits, Outcome, Tie, tie_ranks
from madang.engines.counting.phragmen import phragmen

Rule = Literal["approval", "points", "equal-shares", "equal-shares-plain", "phragmen"]
RULES: tuple[Rule, ...] = get_args(Rule)


def count(
    election: Election,
    rule: Rule = "approval",
    *,
    stop: Stop = "overspend",
    order: Sequence[str] = (),
    limits: Limits | None = None,
    scores: Mapping[str, Fraction] | None = None,
    unit: int = 1,
) -> Outcome:
    """Return the outcome of an election by a rule; exact, and the same for any order of ballots and projects.

    ``stop`` and ``unit`` (how much every voter's budget grows at a time) matter for ``equal-shares`` only. Equals are
    taken as ``order`` lists them, then by lower cost, then by id as text. A ballot supports what it gives more than
    no points. ``scores`` takes the place of the ballots' points in ``points`` (shares of groups, criteria); a project
    without a score cannot win then. Raises ``UnableToCount``: ``order`` or ``settings`` for ids that are not projects,
    ``rule`` for a rule that does not exist or does not take scores.
    """
    limits = limits or Limits()
    ranks = tie_ranks(election, order)
    if scores is not None and rule != "points":
        raise UnableToCount("rule")
    if rule == "approval":
        taken = greedy(election, election.votes, ranks, Field(election, limits), election.budget)
    elif rule == "points":
        taken = _by_points(election, ranks, limits, scores)
    elif rule == "equal-shares":
        taken = completed(election, ranks, limits, stop=stop, unit=unit)
    elif rule == "equal-shares-plain":
        taken = plain(election, ranks, limits)
    elif rule == "phragmen":
        taken = phragmen(election, ranks, limits)
    else:
        raise UnableToCount("rule")
    return _outcome(election, rule, taken)


def _by_points(
    election: Election, ranks: Sequence[int], limits: Limits, scores: Mapping[str, Fraction] | None
) -> Taken:
    contest = Field(election, limits)
    points: Sequence[Fraction] = election.points
    if scores is not None:
        points = [scores.get(project.id, Fraction(0)) for project in election.projects]
        contest.out |= {number for number, project in enumerate(election.projects) if project.id not in scores}
    return greedy(election, points, ranks, contest, election.budget)


def _outcome(election: Election, rule: Rule, taken: Taken) -> Outcome:
    ids = [project.id for project in election.projects]
    won = set(taken.numbers)
    ties = [
        Tie(
            between=tuple(ids[one] for one in between),
            chosen="" if chosen is None else ids[chosen],
            won=tuple(ids[one] for one in between if one in won),
        )
        for between, chosen in taken.ties
    ]
    return Outcome(
        rule=rule,
        budget=election.budget,
        voters=election.ballots.voters,
        winners=tuple(ids[one] for one in taken.numbers),
        cost=taken.cost(election),
        ties=tuple(ties),
        amounts={ids[one]: amount for one, amount in taken.amounts.items()},
        steps=taken.steps,
    )
