"""How seats are given: in the order of asking, as far as they reach."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from madang.decide.forums.models import Forum, Registration
from madang.decide.forums.states import REGISTRATION
from madang.ground.notices.operations import tell
from madang.ground.workflow import advance


def has_room(forum: Forum) -> bool:
    """Whether a forum, locked by the caller, has a free seat; without a limit it always has."""
    if forum.capacity is None:
        return True
    return Registration.objects.filter(forum=forum, state="registered").count() < forum.capacity


def move_up(forum: Forum, *, at: datetime) -> int:
    """Give free seats of a forum, locked by the caller, to those who wait, the first first; returns how many.

    Whoever has an account is told.
    """
    moved = 0
    while has_room(forum):
        first = Registration.objects.filter(forum=forum, state="waiting").order_by("id").first()
        if first is None:
            break
        advance(first, REGISTRATION, "move_up")
        moved += 1
        if first.person_id is not None:
            tell(
                person_ids=[first.person_id],
                key=f"forum-seat-{first.pk}",
                subject=_("%(title)s: 자리가 났어요") % {"title": forum.title},
                body=_("기다리던 자리가 나서 신청이 확정되었어요. 못 오시게 되면 취소해 주세요."),
                link=reverse("forums:ticket", args=[forum.district.slug, forum.pk]),
                at=at,
            )
    return moved
