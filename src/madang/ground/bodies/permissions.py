from django.utils.translation import gettext_lazy as _

from madang.ground.bodies.models import Member
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import Text, Who, register
from madang.ground.people.roles import DISTRICT_STAFF, Role


def _own_seat(actor: Actor, member: Member) -> Text | None:
    """Refuse a vote in the name of another member."""
    return None if member.person_id == actor.person_id else _("자기 자리의 표만 낼 수 있어요.")


PERMISSIONS = register(
    {
        "bodies.manage": Who.of(*DISTRICT_STAFF),
        "bodies.run_meeting": Who.of(*DISTRICT_STAFF),
        "bodies.see_names": Who.of(*DISTRICT_STAFF, Role.COUNCIL_CHAIR),
        "bodies.vote": Who.signed_in(extra=_own_seat),
    }
)
