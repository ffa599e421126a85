from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from madang.ground.audit.operations import operation
from madang.ground.bodies.models import Body
from madang.ground.bodies.operations.seats import UnableToSeat
from madang.ground.bodies.states import CITY_KINDS, BodyKind
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.places.models import District


def found_body(
    *,
    district: District | None,
    kind: BodyKind,
    name: str,
    since_on: date,
    actor: Actor,
    at: datetime,
    until_on: date | None = None,
) -> Body:
    """Found a body of a district, or of the city where ``district`` is None, from a first day on.

    Raises ``UnableToSeat`` for a kind that belongs elsewhere and for a name its kind has already.
    """
    require(actor, "bodies.manage", Body(district=district))
    if (kind in CITY_KINDS) != (district is None):
        raise UnableToSeat(_("이 종류의 기구는 여기에 둘 수 없어요."), field="kind")
    if not name.strip():
        raise UnableToSeat(_("이름을 적어 주세요."), field="name")
    _refuse_days(since_on, until_on)
    if Body.objects.filter(district=district, kind=kind, name=name.strip()).exists():
        raise UnableToSeat(_("같은 이름의 기구가 이미 있어요."), field="name")
    with operation("bodies.found", actor=actor, at=at):
        return Body.objects.create(
            district=district, kind=kind, name=name.strip(), since_on=since_on, until_on=until_on
        )


def end_body(*, body: Body, until_on: date | None, actor: Actor, at: datetime) -> None:
    """Set the last day of a body, or open it again with None; raises ``UnableToSeat`` for a day before its first."""
    require(actor, "bodies.manage", body)
    _refuse_days(body.since_on, until_on)
    with operation("bodies.end", actor=actor, at=at):
        body.until_on = until_on
        body.save(update_fields=["until_on"])


def _refuse_days(since_on: date, until_on: date | None) -> None:
    if until_on is not None and until_on < since_on:
        raise UnableToSeat(_("마지막 날이 첫날보다 앞설 수 없어요."), field="until_on")
