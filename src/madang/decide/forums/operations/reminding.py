from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.forums.models import Forum, Registration
from madang.ground.audit.operations import operation
from madang.ground.notices.operations import tell
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo


class UnableToRemind(UnableTo):
    """There is nothing left to remind of."""


def remind(*, forum: Forum, actor: Actor, at: datetime) -> int:
    """Remind everyone with a seat and an account of a forum that has not begun; returns how many were told.

    Nobody is reminded twice of the same time. Raises ``UnableToRemind`` when the forum has begun or is cancelled.
    """
    require(actor, "forums.desk", forum)
    if forum.state != "planned" or at >= forum.starts_at:
        raise UnableToRemind(_("이미 시작했거나 취소된 자리예요."))
    starts = timezone.localtime(forum.starts_at)
    with operation("forums.remind", actor=actor, at=at):
        seated = Registration.objects.filter(forum=forum, state="registered").exclude(person=None)
        return tell(
            person_ids=[number for number in seated.values_list("person_id", flat=True) if number is not None],
            key=f"forum-{forum.pk}-reminder-{starts:%Y%m%d%H%M}",
            subject=_("%(title)s: 곧 열려요") % {"title": forum.title},
            body=f"{starts:%Y-%m-%d %H:%M} · {forum.place} {forum.address}".strip(),
            link=reverse("forums:ticket", args=[forum.district.slug, forum.pk]),
            at=at,
        )
