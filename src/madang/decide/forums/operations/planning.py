from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.forums.models import Forum, Registration
from madang.decide.forums.operations.seats import move_up
from madang.decide.forums.states import FORUM
from madang.ground.audit.operations import operation
from madang.ground.cycles.models import Cycle
from madang.ground.notices.operations import tell
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.places.models import District, Dong
from madang.ground.workflow import UnableTo, advance

REMINDED_BEFORE = timedelta(days=1)


class UnableToPlanForum(UnableTo):
    """The forum cannot be held as it is written down."""


def plan_forum(
    *,
    district: District,
    cycle: Cycle,
    kind: str,
    title: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    actor: Actor,
    at: datetime,
    dong: Dong | None = None,
    method: str = "",
    purpose: str = "",
    address: str = "",
    capacity: int | None = None,
    registration_closes_at: datetime | None = None,
) -> Forum:
    """Plan and publish a forum of a district's year (C3).

    With ``registration_closes_at`` it takes registrations until then, and those registered are reminded a day before.
    Raises ``UnableToPlanForum`` when it ends before it begins, its dong belongs to another district, or its
    registration does not fit.
    """
    require(actor, "forums.plan", Forum(district=district))
    forum = Forum(
        district=district,
        cycle=cycle,
        kind=kind,
        title=title,
        purpose=purpose,
        place=place,
        address=address,
        dong=dong,
        starts_at=starts_at,
        ends_at=ends_at,
        method=method,
        capacity=capacity,
        registration_closes_at=registration_closes_at,
    )
    _check(forum)
    with operation("forums.plan", actor=actor, at=at):
        forum.save()
        _remember_to_remind(forum)
    return forum


def change_forum(*, forum: Forum, actor: Actor, at: datetime, **changes: object) -> Forum:
    """Change what is written of a forum before it begins; those registered are told of a new time or place.

    ``changes`` are columns of the plan. More seats let those who wait move up. Raises ``UnableToPlanForum``.
    """
    require(actor, "forums.plan", forum)
    with operation("forums.change", actor=actor, at=at):
        # Locked against registrations that come in meanwhile.
        kept = Forum.objects.select_for_update(of=("self",)).get(pk=forum.pk)
        if kept.state != "planned":
            raise UnableToPlanForum(_("이미 마쳤거나 취소한 자리예요."))
        if at >= kept.starts_at:
            raise UnableToPlanForum(_("이미 시작한 자리는 바꿀 수 없어요."))
        before = (kept.starts_at, kept.ends_at, kept.place, kept.address)
        for column, value in changes.items():
            setattr(kept, column, value)
        _check(kept)
        kept.save()
        move_up(kept, at=at)
        if before != (kept.starts_at, kept.ends_at, kept.place, kept.address):
            _tell_registered(kept, _("%(title)s: 때나 곳이 바뀌었어요"), f"changed-{at.isoformat()}", _when(kept), at)
        _remember_to_remind(kept)
    return kept


def cancel_forum(*, forum: Forum, actor: Actor, at: datetime, reason: str) -> None:
    """Cancel a planned forum with a reason; it stays readable, and those registered are told."""
    require(actor, "forums.plan", forum)
    if not reason.strip():
        raise UnableToPlanForum(_("취소하는 까닭을 적어 주세요."), field="reason")
    with operation("forums.cancel", actor=actor, at=at, reason=reason):
        advance(forum, FORUM, "cancel", outcome=reason)
        _tell_registered(forum, _("%(title)s: 자리가 취소되었어요"), "cancelled", reason, at)


def _check(forum: Forum) -> None:
    if forum.ends_at <= forum.starts_at:
        raise UnableToPlanForum(_("끝나는 때가 시작보다 늦어야 해요."), field="ends_at")
    if forum.dong is not None and forum.dong.district_id != forum.district_id:
        raise UnableToPlanForum(_("이 구의 동을 골라 주세요."), field="dong")
    closes_at = forum.registration_closes_at
    if forum.capacity is not None and closes_at is None:
        raise UnableToPlanForum(_("자리 수를 정하려면 신청 마감도 적어 주세요."), field="registration_closes_at")
    if closes_at is not None and closes_at > forum.ends_at:
        raise UnableToPlanForum(_("신청 마감은 끝나는 때보다 늦을 수 없어요."), field="registration_closes_at")


def _tell_registered(forum: Forum, subject: str, news: str, body: str, at: datetime) -> None:
    active = Registration.objects.filter(forum=forum).exclude(state="withdrawn").exclude(person=None)
    tell(
        person_ids=[number for number in active.values_list("person_id", flat=True) if number is not None],
        key=f"forum-{forum.pk}-{news}"[:120],
        subject=subject % {"title": forum.title},
        body=body,
        link=reverse("forums:forum", args=[forum.district.slug, forum.pk]),
        at=at,
    )


def _when(forum: Forum) -> str:
    starts = timezone.localtime(forum.starts_at)
    return f"{starts:%Y-%m-%d %H:%M} · {forum.place} {forum.address}".strip()


def _remember_to_remind(forum: Forum) -> None:
    if forum.registration_closes_at is None:
        return
    from madang.decide.forums.tasks import remind_of_forum

    due_at = forum.starts_at - REMINDED_BEFORE
    transaction.on_commit(lambda: remind_of_forum.using(run_after=due_at).enqueue(forum.pk))
