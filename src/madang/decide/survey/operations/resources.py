from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from madang.decide.survey.models import Resource
from madang.decide.survey.states import RESOURCE, ConsentWay, ResourceKind
from madang.ground.audit.operations import operation
from madang.ground.notices.operations import tell
from madang.ground.people.actors import Actor
from madang.ground.people.models import Person
from madang.ground.people.permissions import require
from madang.ground.places.models import District, Dong
from madang.ground.workflow import UnableTo, advance

MOST_WAITING = 20


class UnableToKeepResource(UnableTo):
    """The resource cannot be kept as it is written down."""


@dataclass(frozen=True)
class Facts:
    """What is told of a resource that names nobody."""

    kind: str
    theme: str
    title: str
    about: str
    dong: Dong | None = None
    place: str = ""


@dataclass(frozen=True)
class Contact:
    """Name and contact of a person with the consent to show them: how and on which day it was given."""

    person_name: str = ""
    phone: str = ""
    email: str = ""
    consent_way: str = ""
    consent_on: date | None = None

    def __bool__(self) -> bool:
        return bool(self.person_name or self.phone or self.email)


def suggest_resource(
    *, district: District, facts: Facts, contact: Contact, consents: bool, actor: Actor, at: datetime
) -> Resource:
    """Keep what a resident suggests, for an officer to check; contact only of themselves and with their consent (C3).

    Raises ``UnableToKeepResource``, also when many suggestions of the same person wait already.
    """
    require(actor, "survey.suggest", Resource(district=district))
    _check_facts(facts, district)
    if contact and not consents:
        raise UnableToKeepResource(_("이름이나 연락처는 본인이 동의해야 적을 수 있어요."), field="consents")
    waiting = Resource.objects.filter(suggested_by=actor.person_id, state="suggested").count()
    if waiting >= MOST_WAITING:
        raise UnableToKeepResource(_("확인을 기다리는 추천이 많아요. 확인이 끝난 뒤에 다시 적어 주세요."))
    given = {}
    if contact:
        given = _contact_columns(contact) | {
            "consent_way": ConsentWay.ONLINE.value,
            "consent_on": timezone.localdate(at),
        }
    with operation("survey.suggest_resource", actor=actor, at=at):
        return Resource.objects.create(
            district=district, suggested_by_id=actor.person_id, added_at=at, **_fact_columns(facts), **given
        )


def add_resource(*, district: District, facts: Facts, contact: Contact, actor: Actor, at: datetime) -> Resource:
    """Put a resource on the public register (C3). Raises ``UnableToKeepResource``."""
    require(actor, "survey.keep_resources", Resource(district=district))
    _check_facts(facts, district)
    _check_consent(contact, at)
    with operation("survey.add_resource", actor=actor, at=at):
        return Resource.objects.create(
            district=district, state="listed", added_at=at, **_fact_columns(facts), **_consented_columns(contact)
        )


def change_resource(*, resource: Resource, facts: Facts, contact: Contact, actor: Actor, at: datetime) -> None:
    """Change what is told of a resource; a contact that is left out is erased. Raises ``UnableToKeepResource``."""
    require(actor, "survey.keep_resources", resource)
    _check_facts(facts, resource.district)
    _check_consent(contact, at)
    with operation("survey.change_resource", actor=actor, at=at):
        kept = Resource.objects.select_for_update().get(pk=resource.pk)
        _refuse_withdrawn(kept, contact)
        columns = {**_fact_columns(facts), **_consented_columns(contact)}
        if contact:
            columns["withdrawn_on"] = None
        elif kept.consent_on is not None:
            # The day of a consent that was given stays on record, withdrawn or not.
            columns |= {"consent_way": kept.consent_way, "consent_on": kept.consent_on}
        for name, value in columns.items():
            setattr(resource, name, value)
        resource.save(update_fields=list(columns))


def list_resource(*, resource: Resource, actor: Actor, at: datetime) -> None:
    """Put a checked suggestion, or a resource that was taken off, on the public register and tell who suggested it."""
    require(actor, "survey.keep_resources", resource)
    if resource.kind == ResourceKind.PERSON and resource.withdrawn_on is not None:
        raise UnableToKeepResource(_("동의를 거두어 지운 자원이에요. 다시 동의를 받아 새로 적어 주세요."))
    with operation("survey.list_resource", actor=actor, at=at):
        advance(resource, RESOURCE, "list", state_reason="")
        _tell_suggester(resource, "listed", at)


def decline_resource(*, resource: Resource, reason: str, actor: Actor, at: datetime) -> None:
    """Leave a suggestion off the register with a reason, and tell who suggested it; their contact is erased."""
    require(actor, "survey.keep_resources", resource)
    _ask_reason(reason)
    with operation("survey.decline_resource", actor=actor, at=at, reason=reason):
        advance(resource, RESOURCE, "decline", state_reason=reason.strip(), person_name="", phone="", email="")
        _tell_suggester(resource, "declined", at)


def hide_resource(*, resource: Resource, reason: str, actor: Actor, at: datetime) -> None:
    """Take a resource off the public register with a reason."""
    require(actor, "survey.keep_resources", resource)
    _ask_reason(reason)
    with operation("survey.hide_resource", actor=actor, at=at, reason=reason):
        advance(resource, RESOURCE, "hide", state_reason=reason.strip())


def withdraw_consent(*, resource: Resource, actor: Actor, at: datetime) -> None:
    """Erase name and contact at once; a person leaves the register altogether, with everything told of them.

    Raises ``UnableToKeepResource`` when no consent is in force.
    """
    require(actor, "survey.withdraw_consent", resource)
    with operation("survey.withdraw_consent", actor=actor, at=at):
        kept = Resource.objects.select_for_update().get(pk=resource.pk)
        if not kept.has_consent:
            raise UnableToKeepResource(_("지금 유효한 동의가 없어요."))
        columns = {"person_name": "", "phone": "", "email": "", "withdrawn_on": timezone.localdate(at)}
        if kept.kind == ResourceKind.PERSON:
            columns |= {"title": "", "about": "", "place": "", "dong": None, "state": "hidden"}
        for name, value in columns.items():
            setattr(resource, name, value)
        resource.save(update_fields=list(columns))


def _check_facts(facts: Facts, district: District) -> None:
    if not facts.title.strip():
        raise UnableToKeepResource(_("무엇인지 한마디로 적어 주세요."), field="title")
    if not facts.about.strip():
        raise UnableToKeepResource(_("어떻게 쓸 수 있는지 적어 주세요."), field="about")
    if facts.dong is not None and facts.dong.district_id != district.pk:
        raise UnableToKeepResource(_("이 구의 동을 골라 주세요."), field="dong")


def _check_consent(contact: Contact, at: datetime) -> None:
    if not contact:
        return
    if contact.consent_on is None:
        raise UnableToKeepResource(
            _("동의를 받은 날을 적어 주세요. 동의가 없으면 이름과 연락처를 비워 주세요."), field="consent_on"
        )
    if contact.consent_on > timezone.localdate(at):
        raise UnableToKeepResource(_("동의를 받은 날이 아직 오지 않았어요."), field="consent_on")
    if not contact.consent_way:
        raise UnableToKeepResource(_("어떻게 동의를 받았는지 골라 주세요."), field="consent_way")


def _refuse_withdrawn(resource: Resource, contact: Contact) -> None:
    """Keep a form that was opened before a withdrawal from bringing back what was erased."""
    if resource.withdrawn_on is None:
        return
    if resource.kind == ResourceKind.PERSON:
        raise UnableToKeepResource(_("동의를 거두어 지운 자원이에요. 다시 동의를 받아 새로 적어 주세요."))
    if contact.consent_on is not None and contact.consent_on <= resource.withdrawn_on:
        raise UnableToKeepResource(_("동의를 거둔 뒤에 다시 받은 동의가 아니에요."), field="consent_on")


def _ask_reason(reason: str) -> None:
    if not reason.strip():
        raise UnableToKeepResource(_("까닭을 적어 주세요."), field="reason")


def _fact_columns(facts: Facts) -> dict[str, object]:
    return {
        "kind": facts.kind,
        "theme": facts.theme,
        "title": facts.title.strip(),
        "about": facts.about.strip(),
        "dong": facts.dong,
        "place": facts.place.strip(),
    }


def _contact_columns(contact: Contact) -> dict[str, object]:
    return {"person_name": contact.person_name, "phone": contact.phone, "email": contact.email}


def _consented_columns(contact: Contact) -> dict[str, object]:
    """Return the columns of a contact; without one the day of a consent says nothing and is left out."""
    if not contact:
        return {"person_name": "", "phone": "", "email": "", "consent_way": "", "consent_on": None}
    return _contact_columns(contact) | {"consent_way": contact.consent_way, "consent_on": contact.consent_on}


def _tell_suggester(resource: Resource, what: str, at: datetime) -> None:
    """Tell who suggested a resource what became of it; the news names no resource, which may be erased later."""
    if resource.suggested_by_id is None:
        return
    person = Person.objects.get(pk=resource.suggested_by_id)
    with translation.override(person.language):
        if what == "listed":
            subject, body = (
                _("추천한 자원을 올렸어요"),
                _("추천해 주신 자원을 확인하고 모두가 볼 수 있게 올렸어요. 고마워요."),
            )
        else:
            subject, body = _("추천한 자원을 올리지 않았어요"), resource.state_reason
    tell(
        person_ids=[person.pk],
        key=f"resource-{resource.pk}-{what}",
        subject=subject,
        body=body,
        link=reverse("survey:resource", args=[resource.district.slug, resource.pk]),
        at=at,
    )
