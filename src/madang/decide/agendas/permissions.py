from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.ground.people.actors import Actor
from madang.ground.people.permissions import Who, register
from madang.ground.people.roles import DISTRICT_STAFF, Role

if TYPE_CHECKING:
    from madang.decide.agendas.models import Proposal


def _own_and_open(actor: Actor, proposal: Proposal) -> str | Promise | None:
    if proposal.state == "withdrawn":
        return _("이미 거둔 제안이에요.")
    if proposal.proposer_id is None or proposal.proposer_id != actor.person_id:
        return _("제안한 사람만 거둘 수 있어요.")
    return None


PERMISSIONS = register(
    {
        "agendas.propose": Who.signed_in(),
        "agendas.write_down": Who.of(*DISTRICT_STAFF, Role.DESK_OFFICER),
        "agendas.withdraw": Who.signed_in(extra=_own_and_open),
        "agendas.decline": Who.of(*DISTRICT_STAFF),
        "agendas.import": Who.of(Role.SUPPORT_OFFICER, Role.SECRETARIAT),
    }
)
