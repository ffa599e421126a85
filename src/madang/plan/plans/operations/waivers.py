"""The district asks the city to waive a blocking finding; the city decides, with a reason and a document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.ground.audit.operations import operation
from madang.ground.files.operations import keep_file
from madang.ground.notices.operations import tell
from madang.ground.people.actors import Actor
from madang.ground.people.models import Appointment
from madang.ground.people.permissions import require
from madang.ground.people.roles import Role
from madang.ground.workflow import UnableTo, advance
from madang.plan.plans.models import Plan, Waiver
from madang.plan.plans.queries.findings import finding_document
from madang.plan.plans.queries.waivers import covers, place_of, ruling
from madang.plan.plans.states import WAIVER


class UnableToWaive(UnableTo):
    """The finding cannot be waived, or its waiver asked for or taken back, as asked."""


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A document as it was handed in."""

    content: bytes
    name: str
    content_type: str


@contextmanager
def _before_submission(name: str, *, plan: Plan, actor: Actor, at: datetime, reason: str) -> Iterator[None]:
    """Run one step in one transaction with the plan locked; refused once the plan is with the city."""
    with operation(name, actor=actor, at=at, reason=reason):
        if Plan.objects.select_for_update().get(pk=plan.pk).state == "submitted":
            raise UnableToWaive(_("서울시에 낸 계획의 예외는 바꿀 수 없어요."))
        yield


def ask_waiver(*, plan: Plan, rule: str, where: str, reason: str, actor: Actor, at: datetime) -> Waiver:
    """Ask the city to waive a rule that blocks the draft now at one place; its officers are told.

    ``where`` is the place as ``place_of`` names it. Raises ``UnableToWaive`` when nothing blocks there, it is waived
    or asked already, or no reason is given.
    """
    require(actor, "plans.ask_waiver", plan)
    if not reason.strip():
        raise UnableToWaive(_("예외가 필요한 까닭을 적어 주세요."), field="reason")
    with _before_submission("plans.ask_waiver", plan=plan, actor=actor, at=at, reason=reason.strip()):
        ruled = ruling(plan, day=timezone.localdate(at))
        found = [one for one in ruled.blocking if one.rule == rule and place_of(one, ruled.facts) == where]
        if not found:
            raise UnableToWaive(_("지금은 그곳에서 막는 항목이 없어요."))
        if plan.waivers.filter(rule=rule, where=where, state="asked").exists():
            raise UnableToWaive(_("이미 요청했어요. 서울시의 결정을 기다려 주세요."))
        waiver = Waiver.objects.create(
            plan=plan,
            rule=rule,
            where=where,
            findings=[finding_document(one) for one in found],
            asked_reason=reason.strip(),
            asked_by_id=actor.person_id,
            asked_at=at,
        )
        _tell_city(waiver, at)
    return waiver


def waive(*, waiver: Waiver, reason: str, document: GivenFile | None, actor: Actor, at: datetime) -> None:
    """Let a finding pass, by the city, with a reason and a document; it must still be what was asked.

    Raises ``UnableToWaive`` without a reason or document, when the draft has changed, and after the submission.
    """
    require(actor, "plans.waive", waiver)
    if not reason.strip():
        raise UnableToWaive(_("인정하는 까닭을 적어 주세요."), field="reason")
    if document is None or not document.content:
        raise UnableToWaive(_("근거 문서를 올려 주세요."), field="document")
    plan = waiver.plan
    with _before_submission("plans.waive", plan=plan, actor=actor, at=at, reason=reason.strip()):
        ruled = ruling(plan, day=timezone.localdate(at))
        if not any(covers(waiver, found, place_of(found, ruled.facts)) for found in ruled.blocking):
            raise UnableToWaive(_("요청한 뒤에 초안이 바뀌어서 그 항목이 그대로 있지 않아요. 다시 요청받아 주세요."))
        decided = {"reason": reason.strip(), "decided_by_id": actor.person_id, "decided_at": at}
        kept = keep_file(
            content=document.content,
            name=document.name,
            content_type=document.content_type,
            purpose=f"waiver-{waiver.pk}",
            actor=actor,
            at=at,
        )
        advance(waiver, WAIVER, "waive", document=kept, **decided)
        _tell_district(waiver, _("예외로 인정했어요"), waiver.reason, at)


def decline_waiver(*, waiver: Waiver, reason: str, actor: Actor, at: datetime) -> None:
    """Refuse to waive a finding, by the city, with a reason."""
    require(actor, "plans.waive", waiver)
    if not reason.strip():
        raise UnableToWaive(_("인정하지 않는 까닭을 적어 주세요."), field="reason")
    with _before_submission("plans.decline_waiver", plan=waiver.plan, actor=actor, at=at, reason=reason.strip()):
        decided = {"reason": reason.strip(), "decided_by_id": actor.person_id, "decided_at": at}
        advance(waiver, WAIVER, "decline", **decided)
        _tell_district(waiver, _("예외로 인정하지 않았어요"), waiver.reason, at)


def take_back_waiver(*, waiver: Waiver, reason: str, actor: Actor, at: datetime) -> None:
    """Take a waiver back before the submission, by the city, with a reason: the finding blocks again."""
    require(actor, "plans.waive", waiver)
    if not reason.strip():
        raise UnableToWaive(_("거두는 까닭을 적어 주세요."), field="reason")
    with _before_submission("plans.take_back_waiver", plan=waiver.plan, actor=actor, at=at, reason=reason.strip()):
        advance(waiver, WAIVER, "take_back", taken_back_reason=reason.strip(), taken_back_at=at)
        _tell_district(waiver, _("예외 인정을 거두었어요"), waiver.taken_back_reason, at)


def _tell_city(waiver: Waiver, at: datetime) -> None:
    officers = Appointment.objects.on(timezone.localdate(at)).filter(role=Role.CITY_OFFICER)
    tell(
        person_ids=list(officers.values_list("person_id", flat=True)),
        key=f"waiver-{waiver.pk}-asked",
        subject=_("%(district)s가 예외 인정을 요청했어요") % {"district": waiver.plan.district.name},
        body=waiver.asked_reason,
        link=_link(waiver),
        at=at,
    )


def _tell_district(waiver: Waiver, subject: str, reason: str, at: datetime) -> None:
    if waiver.asked_by_id is not None:
        tell(
            person_ids=[waiver.asked_by_id],
            key=f"waiver-{waiver.pk}-{waiver.state}",
            subject=f"{subject} ({waiver.rule})",
            body=reason,
            link=_link(waiver),
            at=at,
        )


def _link(waiver: Waiver) -> str:
    plan = waiver.plan
    return reverse("plans:waiver", args=[plan.district.slug, plan.fiscal_year, waiver.pk])
