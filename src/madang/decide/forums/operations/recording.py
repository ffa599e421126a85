from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.decide.forums.models import Board, Forum, ForumCount
from madang.decide.forums.states import COUNTED, FORUM, Dimension
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo, advance

Counts = Mapping[str, Mapping[str, int]]
LABELS = {
    Dimension.ORIGIN: gettext_lazy("속한 곳"),
    Dimension.GENDER: gettext_lazy("성별"),
    Dimension.AGE: gettext_lazy("나이대"),
}


class UnableToRecordForum(UnableTo):
    """The record of the forum does not hold together."""


def record_forum(
    *,
    forum: Forum,
    counts: Counts,
    outcome: str,
    actor: Actor,
    at: datetime,
    opinions_made: int | None = None,
    material: str = "",
    material_days_before: int | None = None,
    opinions_taken_up: int | None = None,
    minutes: str = "",
    decisions: str = "",
) -> Forum:
    """Record who came to a forum and what came out of it, once, after it has begun (C3; process record).

    ``counts`` gives people by dimension and key; every dimension must add up to the same number of people.
    ``decisions`` holds one a line. A board that is still open is closed.
    Raises ``UnableToRecordForum``.
    """
    require(actor, "forums.record", forum)
    if at < forum.starts_at:
        raise UnableToRecordForum(_("아직 시작하지 않은 공론장이에요. 열린 뒤에 기록해 주세요."))
    people = check_counts(counts)
    if opinions_taken_up is not None and opinions_taken_up > (opinions_made or 0):
        raise UnableToRecordForum(_("반영한 의견이 나온 의견보다 많을 수 없어요."), field="opinions_taken_up")
    if not people:
        raise UnableToRecordForum(_("온 사람이 한 사람도 없어요. 인원을 적어 주세요."), field="origin_residents")
    if not outcome.strip():
        raise UnableToRecordForum(_("이 자리에서 나온 결과를 적어 주세요."), field="outcome")
    with operation("forums.record", actor=actor, at=at):
        advance(
            forum,
            FORUM,
            "record",
            outcome=outcome,
            opinions_made=opinions_made,
            opinions_taken_up=opinions_taken_up,
            minutes=minutes,
            decisions=decisions,
            material=material,
            material_days_before=material_days_before,
            recorded_at=at,
        )
        Board.objects.filter(forum=forum, state="open").update(state="closed", closed_at=at)
        ForumCount.objects.bulk_create(
            ForumCount(forum=forum, dimension=dimension, key=key, people=number)
            for dimension, keys in counts.items()
            for key, number in keys.items()
            if number
        )
    return forum


def check_counts(counts: Counts) -> int:
    """Return how many people came; raises ``UnableToRecordForum`` at the first dimension whose sum differs."""
    totals = {}
    for dimension, keys in COUNTED.items():
        given = counts.get(dimension, {})
        unknown = set(given) - {key for key, _label in keys}
        if unknown or any(number < 0 for number in given.values()):
            raise UnableToRecordForum(_("인원은 0이나 그보다 큰 수로 적어 주세요."), field=f"{dimension}_{keys[0][0]}")
        totals[dimension] = sum(given.values())
    people = totals[Dimension.ORIGIN]
    for dimension, total in totals.items():
        if total != people:
            raise UnableToRecordForum(
                _("%(dimension)s 합계가 %(total)d명이에요. 속한 곳 합계 %(people)d명과 같아야 해요.")
                % {"dimension": LABELS[dimension], "total": total, "people": people},
                field=f"{dimension}_{COUNTED[dimension][0][0]}",
            )
    return people
