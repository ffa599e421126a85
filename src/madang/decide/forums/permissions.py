from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from madang.ground.people.actors import Actor
from madang.ground.people.permissions import Text, Who, register
from madang.ground.people.roles import DISTRICT_STAFF


def _own_or_staff(actor: Actor, registration: Any) -> Text | None:
    if registration.person_id is not None and registration.person_id == actor.person_id:
        return None
    if actor.holds(DISTRICT_STAFF, registration.district_id):
        return None
    return _("본인이나 이 구의 담당자만 할 수 있는 일이에요.")


PERMISSIONS = register(
    {
        "forums.plan": Who.of(*DISTRICT_STAFF),
        "forums.record": Who.of(*DISTRICT_STAFF),
        "forums.register": Who.signed_in(),
        "forums.withdraw": Who.signed_in(extra=_own_or_staff),
        "forums.desk": Who.of(*DISTRICT_STAFF),
        "forums.board": Who.of(*DISTRICT_STAFF),
        "forums.write_note": Who.anyone(),
        "forums.give_feedback": Who.anyone(),
    }
)
