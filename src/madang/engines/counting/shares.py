"""Scores from groups that weigh in by a fixed share, and from sheets of criteria; exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal, TypeVar

from madang.engines.counting.approval import UnableToCount

Option = TypeVar("Option", str, int)
Base = Literal["ballots", "votes"]


def share_scores(
    votes: Mapping[str, Mapping[Option, int]],
    ballots: Mapping[str, int],
    shares: Mapping[str, int | Fraction],
    *,
    base: Base = "votes",
) -> dict[Option, Fraction]:
    """Return each option's score out of 100 when groups (residents, council, school …) weigh in by fixed shares.

    A group's share in percent is dealt out by votes: an option gets its part of all votes of the group (``votes``) or
    the part of the group's ballots that name it (``ballots``). A group nobody voted in gives nothing to any option.
    Groups that are to count together (online and on site added) are added before. Raises ``UnableToCount`` with
    ``shares`` when the shares are not 100 together, one is negative or a group with votes has none.
    """
    if sum(shares.values()) != 100 or min(shares.values()) < 0 or not votes.keys() <= shares.keys():
        raise UnableToCount("shares")
    scores: dict[Option, Fraction] = {}
    for group, counted in votes.items():
        whole = ballots.get(group, 0) if base == "ballots" else sum(counted.values())
        for option, number in counted.items():
            part = Fraction(number, whole) if whole else Fraction(0)
            scores[option] = scores.get(option, Fraction(0)) + part * shares[group]
    return scores


def criteria_scores(
    sheets: Iterable[Mapping[Option, Mapping[str, int | Fraction | None]]],
    weights: Mapping[str, int | Fraction],
) -> dict[Option, Fraction | None]:
    """Return each option's weighted mean over criteria, from the sheets of those who scored it.

    A criterion counts as the mean of the scores given for it; a blank (None or left out) is no score and not zero. An
    option's mean is taken over the criteria that somebody scored, by their weights; one that nobody scored has None.
    Raises ``UnableToCount`` with ``weights`` for a weight that is not positive, ``unknown`` for another criterion.
    """
    if not weights or min(weights.values()) <= 0:
        raise UnableToCount("weights")
    given: dict[Option, dict[str, list[int | Fraction]]] = {}
    for sheet in sheets:
        for option, scores in sheet.items():
            if not scores.keys() <= weights.keys():
                raise UnableToCount("unknown")
            kept = given.setdefault(option, {})
            for criterion, score in scores.items():
                if score is not None:
                    kept.setdefault(criterion, []).append(score)
    return {option: _weighted(scores, weights) for option, scores in given.items()}


def check_quota(choices: Sequence[Option], kinds: Mapping[Option, str], quota: Mapping[str, int]) -> None:
    """Raise ``UnableToCount`` with ``quota`` for a ballot that names more of a kind than it may (7 and 3, say)."""
    named = [kinds.get(one, "") for one in choices]
    if any(named.count(kind) > quota.get(kind, 0) for kind in set(named)):
        raise UnableToCount("quota")


def _weighted(scores: Mapping[str, Sequence[int | Fraction]], weights: Mapping[str, int | Fraction]) -> Fraction | None:
    if not scores:
        return None
    means = {criterion: Fraction(sum(some)) / len(some) for criterion, some in scores.items()}
    total = sum((means[criterion] * weights[criterion] for criterion in means), Fraction(0))
    return total / sum(weights[criterion] for criterion in means)
