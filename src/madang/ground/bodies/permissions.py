from typing import Any

from django.utils.translation import gettext_lazy as _

from madang.ground.bodies.models import Member
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import OTHER_DISTRICT, Extra, Text, Who, register
from madang.ground.people.roles import DISTRICT_STAFF, Role

# Who keeps the bodies of the city.
CITY_STAFF = frozenset({Role.CITY_OFFICER})


def _own_seat(actor: Actor, member: Member) -> Text | None:
    """Refuse a vote in the name of another member."""
    return None if member.person_id == actor.person_id else _("자기 자리의 표만 낼 수 있어요.")


def _keepers(*roles: Role) -> Extra:
    """Return the condition that the city's bodies are kept by the city, and a district's by these of its own people."""

    def refuse(actor: Actor, subject: Any) -> Text | None:
        if subject.district_id is None:
            return None if actor.holds(CITY_STAFF) else _("서울시의 기구예요. 서울협치담당관이 맡아요.")
        return None if actor.holds(roles, subject.district_id) else OTHER_DISTRICT

    return refuse


READERS = (*DISTRICT_STAFF, Role.COUNCIL_CHAIR)
PERMISSIONS = register(
    {
        "bodies.manage": Who.of(*DISTRICT_STAFF, *CITY_STAFF, extra=_keepers(*DISTRICT_STAFF)),
        "bodies.keep_ordinance": Who.of(*DISTRICT_STAFF),
        "bodies.run_meeting": Who.of(*DISTRICT_STAFF, *CITY_STAFF, extra=_keepers(*DISTRICT_STAFF)),
        "bodies.see_names": Who.of(*READERS, *CITY_STAFF, extra=_keepers(*READERS)),
        "bodies.vote": Who.signed_in(extra=_own_seat),
    }
)
