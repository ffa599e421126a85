"""The approved plan is handed out for everybody to read, and its partners sign (PLAN-13, C3)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from madang.ground.audit.operations import operation
from madang.ground.files.operations import keep_file
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo
from madang.plan.plans.models import Agreement, Handout, Plan
from madang.plan.plans.operations.waivers import GivenFile
from madang.plan.plans.queries.plans import approved_version
from madang.plan.plans.queries.site_rules import partners_of

PLACE_MOST = 200


class UnableToSpread(UnableTo):
    """What followed the approval cannot be recorded as asked."""


def record_handout(*, plan: Plan, place: str, handed_on: date, actor: Actor, at: datetime) -> Handout:
    """Record where and when the approved plan was handed out. Raises ``UnableToSpread``."""
    require(actor, "plans.spread", plan)
    place = place.strip()
    if not place or len(place) > PLACE_MOST:
        raise UnableToSpread(_("어디에 두었는지 200자까지 적어 주세요."), field="place")
    _check_day(plan, handed_on, "handed_on", at)
    with operation("plans.record_handout", actor=actor, at=at):
        return Handout.objects.create(
            plan=plan, place=place, handed_on=handed_on, entered_by_id=actor.person_id, entered_at=at
        )


def record_agreements(
    *,
    plan: Plan,
    partners: Collection[str],
    signed_on: date,
    document: GivenFile | None = None,
    actor: Actor,
    at: datetime,
) -> list[Agreement]:
    """Record that carrying partners of the approved plan signed on a day, with the document if it is at hand.

    Raises ``UnableToSpread`` for somebody who is no partner in it, or has signed already.
    """
    require(actor, "plans.spread", plan)
    _check_day(plan, signed_on, "signed_on", at)
    version = approved_version(plan)
    known = partners_of(version.content) if version else ()
    if not partners or any(partner not in known for partner in partners):
        raise UnableToSpread(_("계획에 적힌 실행 주체를 골라 주세요."), field="partners")
    with operation("plans.record_agreements", actor=actor, at=at):
        Plan.objects.select_for_update().get(pk=plan.pk)
        if plan.agreements.filter(partner__in=partners).exists():
            raise UnableToSpread(_("이미 협약한 곳이 있어요."), field="partners")
        kept = None
        if document is not None:
            kept = keep_file(
                content=document.content,
                name=document.name,
                content_type=document.content_type,
                purpose=f"agreement-{plan.pk}",
                actor=actor,
                at=at,
            )
        return [
            Agreement.objects.create(
                plan=plan,
                partner=partner,
                signed_on=signed_on,
                document=kept,
                entered_by_id=actor.person_id,
                entered_at=at,
            )
            for partner in partners
        ]


def _check_day(plan: Plan, day: date, field: str, at: datetime) -> None:
    version = approved_version(plan)
    if version is None:
        raise UnableToSpread(_("협치회의가 승인한 다음에 적어요."))
    if day > timezone.localdate(at):
        raise UnableToSpread(_("아직 오지 않은 날이에요."), field=field)
    approved_on = timezone.localdate(version.approval.approved_at)
    if day < approved_on:
        raise UnableToSpread(_("승인한 날보다 빨라요."), field=field)
