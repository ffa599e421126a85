"""Counts an archive's ballots by its rules, with ``engines/counting``; the result as the archive publishes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, get_args

from madang.engines.counting import UnableToCount
from madang.engines.counting.model import Election, Project, election_of
from madang.engines.counting.outcome import Limits, Outcome
from madang.engines.counting.rules import Rule, count
from madang.engines.counting.shares import share_scores


class UnableToCountRules(ValueError):
    """The rules cannot be counted; the text says which."""


def count_ballots(rules: Mapping[str, Any], ballots: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Any], list[int]]:
    """Return the result of ballots under an archive's rules, and the places of ballots that the form does not allow.

    A ballot has ``choices``, and ``group`` or ``channel`` where shares ask for it. Equals stand in the order in which
    the rules list the options; with ``ties`` "decide" seats that a tie reaches stay open. Raises
    ``UnableToCountRules``.
    """
    ids = [option["id"] for option in rules["options"]]
    shares = rules.get("shares")
    taken: list[dict[str, int]] = []
    parts: list[str] = []
    refused: list[int] = []
    for place, ballot in enumerate(ballots):
        given = points_of(ballot["choices"], rules["form"], ids)
        part = str(ballot.get(shares["by"], "")) if shares else ""
        if given is None or (shares and part not in shares["parts"]):
            refused.append(place)
        else:
            taken.append(given)
            parts.append(part)
    name = _rule(rules)
    election = _election(rules, taken)
    scores = _share_scores(rules, ids, taken, parts) if shares else None
    try:
        outcome = count(election, "points" if scores else name, order=ids, limits=_limits(rules), scores=scores)
    except UnableToCount as error:
        raise UnableToCountRules(str(error)) from error
    plain = [Fraction(one) for one in (election.points if name == "points" else election.votes)]
    shown = scores or dict(zip(ids, plain, strict=True))
    document = _document(rules, outcome, {one: _whole(score) for one, score in shown.items()})
    return document | {"ballots": len(taken) + len(refused), "rule": name}, refused


def _share_scores(
    rules: Mapping[str, Any], ids: Sequence[str], taken: Sequence[Mapping[str, int]], parts: Sequence[str]
) -> dict[str, Fraction]:
    """Return the scores when groups weigh in by fixed shares."""
    shares = rules["shares"]
    if rules["rule"]["name"] not in ("approval", "points"):
        raise UnableToCountRules("shares")
    votes: dict[str, Counter[str]] = {part: Counter() for part in shares["parts"]}
    for given, part in zip(taken, parts, strict=True):
        votes[part].update(given if rules["rule"]["name"] == "points" else dict.fromkeys(given, 1))
    try:
        found = share_scores(votes, Counter(parts), shares["parts"], base=shares["base"])
    except UnableToCount as error:
        raise UnableToCountRules(str(error)) from error
    return {one: found.get(one, Fraction(0)) for one in ids}


def points_of(choices: Any, form: Mapping[str, Any], ids: Sequence[str]) -> dict[str, int] | None:
    """Return what a ballot gives each option, or None for one that the form does not allow."""
    if form["kind"] == "points":
        if not isinstance(choices, dict):
            return None
        given = dict(choices)
    else:
        if not isinstance(choices, list) or not all(isinstance(one, str) for one in choices):
            return None
        ranked = form["kind"] == "ranking"
        given = {one: len(choices) - place if ranked else 1 for place, one in enumerate(choices)}
    sound = len(given) == len(choices) and 1 <= len(given) <= form["most"] and set(ids) >= set(given)
    whole = all(type(points) is int and points > 0 for points in given.values())
    return given if sound and whole and sum(given.values()) <= form.get("points", 2**53) else None


def _rule(rules: Mapping[str, Any]) -> Rule:
    name = rules["rule"]["name"]
    if name not in get_args(Rule) or rules["form"]["kind"] not in ("approval", "ranking", "points"):
        raise UnableToCountRules(f"{name}, {rules['form']['kind']}")
    if rules["ties"] == "decide" and "seats" not in rules["rule"]:
        raise UnableToCountRules("ties")
    rule: Rule = name
    return rule


def _election(rules: Mapping[str, Any], taken: Sequence[Mapping[str, int]]) -> Election:
    """Return the election: with seats, every option costs one of them."""
    rule, seats = rules["rule"], rules["rule"].get("seats")
    kinds = {option: str(number) for number, limit in _quotas(rule) for option in limit["options"]}
    if len(kinds) != sum(len(limit["options"]) for _number, limit in _quotas(rule)):
        raise UnableToCountRules("limits that overlap")
    projects = [
        Project(one["id"], Fraction(1 if seats else one["cost"]), kind=kinds.get(one["id"], ""))
        for one in rules["options"]
    ]
    marks = [list(given) for given in taken]
    points = [list(given.values()) for given in taken]
    try:
        return election_of(projects, seats or rule["budget"], marks, points=points, vote_type="cumulative")
    except UnableToCount as error:
        raise UnableToCountRules(str(error)) from error


def _quotas(rule: Mapping[str, Any]) -> list[tuple[int, Mapping[str, Any]]]:
    return [(number, limit) for number, limit in enumerate(rule["limits"]) if limit["most"] != 1]


def _limits(rules: Mapping[str, Any]) -> Limits:
    rule = rules["rule"]
    return Limits(
        least_votes=rule["least_votes"],
        apart=tuple(frozenset(limit["options"]) for limit in rule["limits"] if limit["most"] == 1),
        most_of_kind={str(number): limit["most"] for number, limit in _quotas(rule)},
    )


def _document(rules: Mapping[str, Any], outcome: Outcome, scores: Mapping[str, Any]) -> dict[str, Any]:
    """Return the outcome as it is published; a tie that the rules leave to people cuts the winners short."""
    winners, tied, open_seats = list(outcome.winners), [], 0
    seats = rules["rule"].get("seats")
    for tie in outcome.ties:
        if set(tie.won) == set(tie.between):
            continue
        first = winners.index(tie.won[0]) if tie.won else len(winners)
        if rules["ties"] == "decide" and seats and len(tie.between) > seats - first:
            winners, tied, open_seats = winners[:first], list(tie.between), seats - first
            break
        tied += tie.between
    return {
        "cost": 0 if seats else _whole(outcome.cost),
        "open_seats": open_seats,
        "rule": outcome.rule,
        "scores": dict(scores),
        "tied": tied,
        "winners": winners,
    }


def _whole(number: Fraction | int) -> int | str:
    """Return a number as JSON has it: whole, or a fraction as text."""
    exact = Fraction(number)
    return int(exact) if exact.denominator == 1 else str(exact)
