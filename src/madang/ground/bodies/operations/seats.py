"""Members are seated and their seats changed; a seat that would break a greatest number or an overlap is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.ground.audit.operations import operation
from madang.ground.bodies.models import Body, Member
from madang.ground.bodies.queries import composition, rules_of
from madang.ground.bodies.states import FOCUS_GROUPS, Gender, MemberClass
from madang.ground.people.actors import Actor
from madang.ground.people.models import Department, Person
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo

# Rules that only adding people can break; the shares are judged when a body decides, whatever the order of seating.
CEILINGS = frozenset({"BODY-9", "BODY-11", "BODY-12"})


class UnableToSeat(UnableTo):
    """The body cannot be founded or the member cannot be seated as asked."""


@dataclass(frozen=True)
class Seat:
    """Who sits on a body and as what; ``person`` is the account, if there is one, ``appointed`` 위촉직 (BODY-3).

    ``department`` and ``stands_for`` (values of ``StandsFor``) are what working groups and committees need.
    """

    name: str
    member_class: MemberClass
    appointed: bool = True
    elected: bool = False
    gender: Gender = Gender.UNKNOWN
    position: str = ""
    field: str = ""
    affiliation: str = ""
    person: Person | None = None
    department: Department | None = None
    stands_for: tuple[str, ...] = ()

    def columns(self) -> dict[str, object]:
        """Return the seat as columns of a member."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        return {**found, "name": self.name.strip(), "stands_for": list(self.stands_for)}


def proposed(body: Body, seat: Seat, starts_on: date, ends_on: date | None, member: Member | None = None) -> Member:
    """Return a member as it would be seated or changed, without writing anything."""
    return Member(pk=member.pk if member else None, body=body, starts_on=starts_on, ends_on=ends_on, **seat.columns())


def seat_member(
    *, body: Body, seat: Seat, starts_on: date, actor: Actor, at: datetime, ends_on: date | None = None
) -> Member:
    """Seat a member on a body for a term.

    Raises ``UnableToSeat`` when the account has a seat there in that time, for a department elsewhere, and when the
    seat breaks a greatest number (BODY-9, BODY-11) or the two rounds of focus groups overlap (BODY-12).
    """
    require(actor, "bodies.manage", body)
    _refuse(body, seat, starts_on, ends_on)
    with operation("bodies.seat_member", actor=actor, at=at):
        _hold(body)
        member = proposed(body, seat, starts_on, ends_on)
        _refuse_ceiling(body, member)
        member.save()
        return member


def change_seat(
    *, member: Member, seat: Seat, starts_on: date, actor: Actor, at: datetime, ends_on: date | None = None
) -> Member:
    """Correct a seat or end it with a last day; raises ``UnableToSeat`` as ``seat_member`` does."""
    body = member.body
    require(actor, "bodies.manage", body)
    _refuse(body, seat, starts_on, ends_on, member)
    with operation("bodies.change_seat", actor=actor, at=at):
        _hold(body)
        changed = proposed(body, seat, starts_on, ends_on, member)
        _refuse_ceiling(body, changed)
        changed.save(force_update=True)
        return changed


def _refuse(body: Body, seat: Seat, starts_on: date, ends_on: date | None, member: Member | None = None) -> None:
    """Refuse a seat that makes no sense in itself."""
    if not seat.name.strip():
        raise UnableToSeat(_("이름을 적어 주세요."), field="name")
    if ends_on is not None and ends_on < starts_on:
        raise UnableToSeat(_("마지막 날이 첫날보다 앞설 수 없어요."), field="ends_on")
    if seat.department is not None and seat.department.district_id != body.district_id:
        raise UnableToSeat(_("이 구의 부서가 아니에요."), field="department")
    if seat.person is not None:
        same = Member.objects.filter(body=body, person=seat.person)
        if member is not None:
            same = same.exclude(pk=member.pk)
        if ends_on is not None:
            same = same.filter(starts_on__lte=ends_on)
        if same.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on)).exists():
            raise UnableToSeat(_("이미 이 기구의 위원이에요."), field="person")


def _hold(body: Body) -> None:
    """Keep two people from seating at the same moment: the body, and with focus groups all of the year."""
    bodies = Body.objects.filter(pk=body.pk)
    if body.kind in FOCUS_GROUPS:
        bodies = Body.objects.filter(kind__in=FOCUS_GROUPS, since_on__year=body.since_on.year)
    list(bodies.select_for_update().order_by("pk"))


def _refuse_ceiling(body: Body, member: Member) -> None:
    """Refuse a seat after which more people sit there than may, on any day of its term."""
    for day in _days(body, member):
        found = [one for one in composition(body, day, changed=member).blocking if one.rule in CEILINGS]
        if found:
            text = found[0].message("en" if get_language() == "en" else "ko")
            raise UnableToSeat(_("%(found)s 더 앉힐 수 없어요.") % {"found": text})


def _days(body: Body, member: Member) -> Iterable[date]:
    """Return the days of a term on which the number of members can be greatest: its first, and others' first days."""
    if not CEILINGS.intersection(rules_of(body)):
        return ()
    later = Member.objects.filter(body=body, starts_on__gt=member.starts_on).exclude(pk=member.pk)
    if member.ends_on is not None:
        later = later.filter(starts_on__lte=member.ends_on)
    return (member.starts_on, *later.order_by("starts_on").values_list("starts_on", flat=True).distinct())
