from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.voting.models import Election, RollEntry
from madang.decide.voting.states import EntryState
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import may
from madang.ground.people.todo import ToDo
from madang.ground.places.models import District

MOST = 10


def waiting_for(actor: Actor, district: District | None, day: date) -> list[ToDo]:
    """Return what waits for somebody about votes: to vote, to open, to close, to certify."""
    if district is None or actor.person_id is None:
        return []
    if may(actor, "voting.prepare", Election(district=district)):
        return _for_staff(actor, district, day)
    return _for_residents(actor.person_id, district, day)


def _for_residents(person_id: int, district: District, day: date) -> list[ToDo]:
    start = timezone.make_aware(datetime.combine(day, time.min))
    voted = RollEntry.objects.filter(person_id=person_id, state=EntryState.SPENT).values("election_id")
    found = Election.objects.filter(district=district, state="open", closes_at__gt=start).exclude(pk__in=voted)
    return [
        ToDo(
            title=_("%(title)s에 함께해 주세요") % {"title": election.title},
            text=_("명부에 있으면 선거인 번호와 접근 번호로 투표할 수 있어요."),
            url=reverse("voting:election", args=[district.slug, election.slug]),
            due_on=timezone.localdate(election.closes_at),
            tone="now",
            label=_("투표"),
        )
        for election in found.order_by("closes_at")[:MOST]
    ]


def _for_staff(actor: Actor, district: District, day: date) -> list[ToDo]:
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    found = Election.objects.filter(district=district, state__in=["draft", "roll_frozen", "open", "closed"])
    items = (_staff_item(election, actor, district, end) for election in found.order_by("closes_at")[: MOST * 2])
    return [item for item in items if item is not None][:MOST]


def _staff_item(election: Election, actor: Actor, district: District, end: datetime) -> ToDo | None:
    title, due_at = "", None
    if election.state == "draft":
        title, due_at = _("%(title)s 명부와 자료를 마무리해 주세요"), election.opens_at
    elif election.state == "roll_frozen" and election.opens_at < end:
        title, due_at = _("%(title)s를 열어 주세요"), election.opens_at
    elif election.state == "open" and election.closes_at < end:
        title, due_at = _("%(title)s를 마감해 주세요"), election.closes_at
    elif election.state == "closed" and may(actor, "voting.certify", election):
        title, due_at = _("%(title)s 결과를 확인하고 확정해 주세요"), election.closed_at
    if due_at is None:
        return None
    return ToDo(
        title=title % {"title": election.title},
        text=_("투표를 연 사람이나 마감한 사람이 아닌 담당자가 확정해요.") if election.state == "closed" else "",
        url=reverse("voting:manage", args=[district.slug, election.slug]),
        due_on=timezone.localdate(due_at),
        tone="pine",
        label=_("투표"),
    )
