"""The door of a forum: who has come, found by code, by name or on the paper sheet, and who just walked in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from madang.decide.forums.models import Forum, Registration
from madang.decide.forums.states import Way
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo

DOOR_OPENS_BEFORE = timedelta(hours=3)


class UnableToCheckIn(UnableTo):
    """The door is not open, or the registration is not of those who come."""


def check_in(*, registration: Registration, actor: Actor, at: datetime) -> bool:
    """Note that somebody has come; whether it is new. Somebody who waits for a seat and comes is welcome.

    Raises ``UnableToCheckIn`` out of time or when the registration was taken back.
    """
    require(actor, "forums.desk", registration)
    check_door(registration.forum, at)
    if registration.state == "withdrawn":
        raise UnableToCheckIn(_("취소한 신청이에요. 현장 참여로 적어 주세요."))
    with operation("forums.check_in", actor=actor, at=at):
        new = Registration.objects.filter(pk=registration.pk, arrived_at=None).update(arrived_at=at)
    return bool(new)


def undo_check_in(*, registration: Registration, actor: Actor, at: datetime) -> None:
    """Take back a check-in that was noted by mistake; a walk-in disappears from the list."""
    require(actor, "forums.desk", registration)
    check_door(registration.forum, at)
    with operation("forums.undo_check_in", actor=actor, at=at):
        if registration.way == Way.WALK_IN:
            Registration.objects.filter(pk=registration.pk).delete()
        else:
            Registration.objects.filter(pk=registration.pk).update(arrived_at=None)


def walk_in(
    *,
    forum: Forum,
    actor: Actor,
    at: datetime,
    name: str = "",
    consent: bool = False,
    origin: str = "residents",
    gender: str = "unknown",
    age: str = "unknown",
) -> Registration:
    """Note somebody who comes without a registration; a name only with consent. Raises ``UnableToCheckIn``."""
    require(actor, "forums.desk", forum)
    check_door(forum, at)
    if name.strip() and not consent:
        raise UnableToCheckIn(_("이름을 적으려면 동의를 받아 주세요. 이름 없이도 적을 수 있어요."), field="consent")
    with operation("forums.walk_in", actor=actor, at=at):
        return Registration.objects.create(
            forum=forum,
            way=Way.WALK_IN,
            name=name.strip(),
            registered_at=at,
            consented_at=at if name.strip() else None,
            arrived_at=at,
            origin=origin,
            gender=gender,
            age=age,
        )


def enter_sheet(*, forum: Forum, numbers: Iterable[int], actor: Actor, at: datetime) -> int:
    """Note at once everyone who signed the paper sheet, by number of registration; returns how many are new."""
    require(actor, "forums.desk", forum)
    check_door(forum, at)
    with operation("forums.enter_sheet", actor=actor, at=at):
        signed = Registration.objects.filter(forum=forum, pk__in=list(numbers), arrived_at=None)
        return signed.exclude(state="withdrawn").update(arrived_at=at)


def check_door(forum: Forum, at: datetime) -> None:
    """Raise ``UnableToCheckIn`` unless people are let in: from three hours before the start until it is recorded."""
    if forum.state != "planned":
        raise UnableToCheckIn(_("이미 마친 자리예요. 인원은 결과에 적혀 있어요."))
    if at < forum.starts_at - DOOR_OPENS_BEFORE:
        raise UnableToCheckIn(_("시작 세 시간 전부터 적을 수 있어요."))
