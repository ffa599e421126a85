from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from madang.ground.people.actors import Actor
from madang.ground.people.permissions import SIGN_IN_FIRST, Text, Who, register
from madang.ground.people.roles import DISTRICT_STAFF, Role


def _own_or_staff(actor: Actor, subject: Any) -> Text | None:
    """Refuse to take back a consent that is neither the actor's own nor kept by the actor's district."""
    if subject.suggested_by_id is not None and subject.suggested_by_id == actor.person_id:
        return None
    if actor.holds(DISTRICT_STAFF, subject.district_id):
        return None
    return _("본인이나 이 구의 담당자만 동의를 거둘 수 있어요.")


def _signed_in_if_once_each(actor: Actor, subject: Any) -> Text | None:
    """Refuse a visitor where everybody answers once and must therefore be known."""
    if subject.access == "verified" and not actor.is_signed_in:
        return SIGN_IN_FIRST.reason
    return None


PERMISSIONS = register(
    {
        "survey.write": Who.of(*DISTRICT_STAFF),
        "survey.publish": Who.of(*DISTRICT_STAFF),
        "survey.suggest": Who.signed_in(),
        "survey.keep_resources": Who.of(*DISTRICT_STAFF),
        "survey.keep_registers": Who.of(*DISTRICT_STAFF),
        "survey.withdraw_consent": Who.signed_in(extra=_own_or_staff),
        "survey.ask": Who.of(*DISTRICT_STAFF),
        "survey.enter_paper": Who.of(*DISTRICT_STAFF, Role.DESK_OFFICER),
        "survey.answer": Who.anyone(extra=_signed_in_if_once_each),
    }
)
