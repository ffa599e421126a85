"""The numbers of a forum, counted in one place for its page, the process record and evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Avg, Count

from madang.decide.forums.models import Feedback, Forum, MaterialSending
from madang.decide.forums.queries.board import board_of, notes_up, slips_of, taken_up, themes_of
from madang.decide.forums.queries.people import counts_of, material_days_before, materials_of, people_of, seats_of
from madang.decide.forums.states import QUESTIONS

# Fewer answers are not shown as a mean: somebody could be recognised.
FEWEST_ANSWERS = 5


@dataclass(frozen=True)
class FeedbackNumbers:
    """Answers given, and the mean of each question in tenths (42 is 4.2); no means below ``FEWEST_ANSWERS``."""

    answers: int
    means: Mapping[str, int]


@dataclass(frozen=True)
class ForumNumbers:
    """What a forum comes to.

    ``people`` are by dimension (origin, gender, age) and key, from the record once it is written, before that from
    the door. ``minutes`` is the time given. ``opinions`` and ``taken_up`` are None where nobody counted.
    """

    people: int
    by: Mapping[str, Mapping[str, int]]
    minutes: int
    registered: int
    arrived: int
    materials: int
    material_days_before: int | None
    material_given: int
    opinions: int | None
    slips: int
    themes: int
    taken_up: int | None
    decisions: int
    feedback: FeedbackNumbers


def numbers_of(forum: Forum) -> ForumNumbers:
    """Return the numbers of a forum."""
    by, seats, board = _people(forum), seats_of(forum), board_of(forum)
    sent = len(materials_of(forum))
    return ForumNumbers(
        people=sum(by["origin"].values()),
        by=by,
        minutes=int((forum.ends_at - forum.starts_at).total_seconds()) // 60,
        registered=seats.registered,
        arrived=seats.arrived,
        materials=sent or int(bool(forum.material)),
        material_days_before=_first_not_none(forum.material_days_before, material_days_before(forum)),
        material_given=MaterialSending.objects.filter(material__forum=forum).count(),
        opinions=_first_not_none(forum.opinions_made, notes_up(board).count() if board else None),
        slips=slips_of(board) if board else 0,
        themes=len(themes_of(board)) if board else 0,
        taken_up=_first_not_none(forum.opinions_taken_up, taken_up(board) if board else None),
        decisions=len(decisions_of(forum)),
        feedback=feedback_of(forum),
    )


def decisions_of(forum: Forum) -> list[str]:
    """Return the decisions of a forum, one a line."""
    return [line.strip() for line in forum.decisions.splitlines() if line.strip()]


def feedback_of(forum: Forum) -> FeedbackNumbers:
    """Return how those who were there answered."""
    names = [name for name, _label in QUESTIONS]
    row = Feedback.objects.filter(forum=forum).aggregate(n=Count("id"), **{name: Avg(name) for name in names})
    enough = row["n"] >= FEWEST_ANSWERS
    return FeedbackNumbers(row["n"], {name: round(row[name] * 10) for name in names} if enough else {})


def _people(forum: Forum) -> dict[str, dict[str, int]]:
    counts = counts_of(people_of(forum).filter(arrived_at__isnull=False) if forum.state == "planned" else ())
    for row in forum.counts.all():
        counts[row.dimension][row.key] = row.people
    return counts


def _first_not_none(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)
