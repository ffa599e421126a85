"""From an election to the text of a Pabulib file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from fractions import Fraction

from madang.engines.counting.model import Election
from madang.engines.counting.pabulib.numbers import spelt

FIRST_KEYS = ("description", "country", "unit", "instance")


def write_election(election: Election) -> str:
    """Return an election as a Pabulib file; reading it gives the same projects and counts.

    Ballots come out grouped: identical ones stand together, and voters are numbered from 1, so that the order tells
    nothing about who voted when. Raises ``ValueError`` for costs or points without a finite decimal.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([["META"], ["key", "value"]])
    writer.writerows(_meta(election).items())
    parts = any(project.least is not None for project in election.projects)
    writer.writerows([["PROJECTS"], ["project_id", "cost", "name", "category", *(["least"] if parts else [])]])
    for project in election.projects:
        least = [spelt(project.least) if project.least is not None else ""] if parts else []
        writer.writerow([project.id, spelt(project.cost), project.name, project.kind, *least])
    pointed = election.vote_type in {"cumulative", "scoring"}
    writer.writerows([["VOTES"], ["voter_id", "vote", *(["points"] if pointed else [])]])
    writer.writerows([number, *fields] for number, fields in enumerate(_votes(election, pointed), start=1))
    return out.getvalue()


def _meta(election: Election) -> dict[str, str]:
    ours = {
        "num_projects": str(len(election.projects)),
        "num_votes": str(election.ballots.voters),
        "budget": spelt(election.budget),
        "vote_type": election.vote_type,
    }
    first = {key: election.meta.get(key, "") for key in FIRST_KEYS}
    return {**first, **ours, **{key: value for key, value in election.meta.items() if key not in ours}}


def _votes(election: Election, pointed: bool) -> Iterator[list[str]]:
    ballots = election.ballots
    marks: list[list[tuple[int, int]]] = [[] for _weight in ballots.weight]
    points = ballots.points.tolist() if ballots.points is not None else [1] * len(ballots.ballot)
    for ballot, project, value in zip(ballots.ballot.tolist(), ballots.project.tolist(), points, strict=True):
        marks[ballot].append((project, value))
    for kind, weight in zip(marks, ballots.weight.tolist(), strict=True):
        if election.vote_type == "ordinal":
            kind.sort(key=lambda mark: -mark[1])
        vote = [",".join(election.projects[project].id for project, _value in kind)]
        if pointed:
            vote.append(",".join(spelt(Fraction(value, ballots.scale)) for _project, value in kind))
        yield from ([vote[0], *vote[1:]] for _voter in range(weight))
