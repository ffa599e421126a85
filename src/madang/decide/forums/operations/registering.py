"""Registering for a forum, on one's own or by phone, taking it back, and forgetting who it was."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.decide.forums.models import Forum, Material, MaterialSending, Registration
from madang.decide.forums.operations.seats import has_room, move_up
from madang.decide.forums.states import REGISTRATION, GivenBy, Way
from madang.ground.audit.operations import operation
from madang.ground.notices.operations import tell
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo, advance


class UnableToRegister(UnableTo):
    """No seat can be asked for, or taken back, like this or now."""


def register(
    *,
    forum: Forum,
    consent: bool,
    actor: Actor,
    at: datetime,
    origin: str = "residents",
    gender: str = "unknown",
    age: str = "unknown",
) -> Registration:
    """Ask for a seat at a forum; when all are taken, for a place on the waiting list. The person is told.

    Material that was sent already is given at once. Raises ``UnableToRegister`` without consent, out of time, or when
    the person is registered already.
    """
    require(actor, "forums.register", forum)
    _check_consent(consent)
    with operation("forums.register", actor=actor, at=at):
        kept = _locked(forum, at)
        if Registration.objects.filter(forum=kept, person=actor.person).exists():
            raise UnableToRegister(_("이미 신청하셨어요."))
        made = _seat(kept, Way.ONLINE, at, person_id=actor.person_id, origin=origin, gender=gender, age=age)
        _give_material(made, at)
        _confirm(made, at)
    return made


def register_by_phone(
    *,
    forum: Forum,
    name: str,
    phone: str,
    consent: bool,
    actor: Actor,
    at: datetime,
    origin: str = "residents",
    gender: str = "unknown",
    age: str = "unknown",
) -> Registration:
    """Enter somebody who calls, after they agreed that name and number are kept until the forum is over.

    Raises ``UnableToRegister`` as ``register`` does.
    """
    require(actor, "forums.desk", forum)
    _check_consent(consent)
    if not name.strip():
        raise UnableToRegister(_("이름을 적어 주세요."), field="name")
    with operation("forums.register_by_phone", actor=actor, at=at):
        kept = _locked(forum, at)
        if Registration.objects.filter(forum=kept, name=name.strip(), phone=phone.strip()).exists():
            raise UnableToRegister(_("같은 이름과 번호로 이미 신청되어 있어요."), field="name")
        return _seat(kept, Way.PHONE, at, name=name.strip(), phone=phone.strip(), origin=origin, gender=gender, age=age)


def withdraw(*, registration: Registration, actor: Actor, at: datetime) -> None:
    """Take a registration back before the forum begins: name and contact go, and the first who waits moves up.

    Raises ``UnableToRegister`` once the forum has begun.
    """
    require(actor, "forums.withdraw", registration)
    with operation("forums.withdraw", actor=actor, at=at):
        forum = Forum.objects.select_for_update(of=("self",)).select_related("district").get(pk=registration.forum_id)
        if at >= forum.starts_at:
            raise UnableToRegister(_("이미 시작한 자리예요. 이제는 정보만 지울 수 있어요."))
        advance(registration, REGISTRATION, "withdraw", table_id=None)
        _erase(Registration.objects.filter(pk=registration.pk))
        move_up(forum, at=at)


def forget(*, registration: Registration, actor: Actor, at: datetime) -> None:
    """Take person, name, number and code out of a registration once the forum has begun; the count stays."""
    require(actor, "forums.withdraw", registration)
    if at < registration.forum.starts_at:
        raise UnableToRegister(_("아직 열리지 않은 자리예요. 신청을 취소하면 정보도 지워져요."))
    with operation("forums.forget", actor=actor, at=at):
        _erase(Registration.objects.filter(pk=registration.pk))


def forget_everyone(*, forum: Forum, actor: Actor, at: datetime) -> int:
    """Take the names and numbers of everyone out of a forum that is recorded or cancelled; returns of how many."""
    require(actor, "forums.desk", forum)
    if forum.state == "planned":
        raise UnableToRegister(_("결과를 기록한 뒤에 지울 수 있어요."))
    with operation("forums.forget_everyone", actor=actor, at=at):
        known = Registration.objects.filter(forum=forum).exclude(person=None, name="", phone="")
        return _erase(known)


def new_token() -> str:
    """Return what a QR code of check-in leads to; nobody can guess it (144 bits)."""
    return secrets.token_urlsafe(18)


def _erase(registrations: QuerySet[Registration]) -> int:
    return registrations.update(person=None, name="", phone="", token=None)


def _check_consent(consent: bool) -> None:
    if not consent:
        raise UnableToRegister(_("이름과 연락처를 이 자리 준비에 쓰는 데 동의해 주세요."), field="consent")


def _locked(forum: Forum, at: datetime) -> Forum:
    """Return the forum, locked until the seat is given, if it takes registrations now."""
    kept = Forum.objects.select_for_update(of=("self",)).select_related("district").get(pk=forum.pk)
    if kept.state != "planned" or kept.registration_closes_at is None:
        raise UnableToRegister(_("신청을 받지 않는 자리예요."))
    if at >= kept.registration_closes_at:
        raise UnableToRegister(_("신청이 마감되었어요."))
    return kept


def _seat(forum: Forum, way: Way, at: datetime, **fields: object) -> Registration:
    return Registration.objects.create(
        forum=forum,
        way=way,
        state="registered" if has_room(forum) else "waiting",
        token=new_token(),
        registered_at=at,
        consented_at=at,
        **fields,
    )


def _give_material(registration: Registration, at: datetime) -> None:
    sent = Material.objects.filter(forum=registration.forum, sent_at__isnull=False)
    MaterialSending.objects.bulk_create(
        MaterialSending(material=material, registration=registration, given_by=GivenBy.NOTICE, sent_at=at)
        for material in sent
    )


def _confirm(registration: Registration, at: datetime) -> None:
    forum = registration.forum
    waits = registration.state == "waiting"
    subject = _("%(title)s: 대기 명단에 올렸어요") if waits else _("%(title)s: 신청되었어요")
    tell(
        person_ids=[registration.person_id] if registration.person_id is not None else [],
        key=f"forum-registration-{registration.pk}",
        subject=subject % {"title": forum.title},
        body=_("자리와 미리 볼 자료, 들어올 때 보여 줄 QR 코드가 여기에 있어요."),
        link=reverse("forums:ticket", args=[forum.district.slug, forum.pk]),
        at=at,
    )
