from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from madang.ground.people.actors import Actor
from madang.ground.people.permissions import Text, Who, register
from madang.ground.people.roles import DISTRICT_STAFF, Role


def _somebody_else(actor: Actor, election: Any) -> Text | None:
    """Whoever opened or closed a vote does not certify it."""
    if actor.person_id in (election.opened_by_id, election.closed_by_id):
        return _("투표를 열거나 마감한 사람은 결과를 확정할 수 없어요. 다른 담당자가 확인해 주세요.")
    return None


PERMISSIONS = register(
    {
        "voting.cast": Who.anyone(),
        "voting.desk": Who.of(Role.DESK_OFFICER, *DISTRICT_STAFF),
        "voting.prepare": Who.of(*DISTRICT_STAFF),
        "voting.open": Who.of(*DISTRICT_STAFF),
        "voting.close": Who.of(*DISTRICT_STAFF),
        "voting.certify": Who.of(*DISTRICT_STAFF, extra=_somebody_else),
        "voting.see_drafts": Who.of(Role.DESK_OFFICER, *DISTRICT_STAFF, hidden=True),
    }
)
