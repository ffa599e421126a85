from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from madang.decide.forums.models import Forum
from madang.decide.forums.states import COUNTED, Dimension
from madang.ground.cycles.models import Cycle
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import may
from madang.ground.people.todo import ToDo
from madang.ground.places.models import District

RECORD_WITHIN = timedelta(days=7)
# As long as the questionnaire is open.
ERASE_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class CountRow:
    """People of one kind at a forum, with the share of all in whole percent."""

    label: str | Promise
    people: int
    share: int


def forums_of(district: District, cycle: Cycle, kind: str = "") -> QuerySet[Forum]:
    """Return the forums of a district's year, newest first, of one kind if it is named."""
    found = Forum.objects.filter(district=district, cycle=cycle).select_related("dong", "district")
    return found.filter(kind=kind) if kind else found


def forum_in(district: District, number: int) -> Forum | None:
    """Return one forum of a district, or None."""
    return Forum.objects.filter(district=district, pk=number).select_related("district", "cycle", "dong").first()


def people_at(forum: Forum) -> dict[str, list[CountRow]]:
    """Return the people at a forum by dimension, in the order of the guide, kinds without people left out."""
    counted = {(row.dimension, row.key): row.people for row in forum.counts.all()}
    people = total_people(forum)
    return {
        dimension.value: [
            CountRow(label, counted[dimension, key], counted[dimension, key] * 100 // people)
            for key, label in keys
            if counted.get((dimension, key))
        ]
        for dimension, keys in COUNTED.items()
    }


def total_people(forum: Forum) -> int:
    """Return how many people came to a forum."""
    return sum(row.people for row in forum.counts.all() if row.dimension == Dimension.ORIGIN)


def coming(district: District, at: datetime, most: int = 3) -> QuerySet[Forum]:
    """Return the forums of a district that are still to come or not over yet, the next first."""
    return Forum.objects.filter(district=district, state="planned", ends_at__gte=at).order_by("starts_at")[:most]


def districts_with_open_forum(day: date) -> frozenset[int]:
    """Return the numbers of the districts that hold a forum on a day."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    today = Q(starts_at__lt=start + timedelta(days=1), ends_at__gte=start)
    return frozenset(Forum.objects.filter(today).exclude(state="cancelled").values_list("district_id", flat=True))


def waiting_for(actor: Actor, district: District | None, day: date) -> list[ToDo]:
    """Return the forums that have been held and wait to be recorded, for those who may record them."""
    if district is None or not may(actor, "forums.record", Forum(district=district)):
        return []
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    held = Forum.objects.filter(district=district, state="planned", ends_at__lt=end).order_by("ends_at")[:10]
    return [*_to_erase(district), *_to_record(district, held)]


def _to_record(district: District, held: QuerySet[Forum]) -> list[ToDo]:
    return [
        ToDo(
            title=_("%(title)s 결과를 적어 주세요") % {"title": forum.title},
            text=f"{forum.place} · {forum.get_kind_display()}",
            url=reverse("forums:record", args=[district.slug, forum.pk]),
            due_on=timezone.localdate(forum.ends_at) + RECORD_WITHIN,
            tone="pine",
            label=_("공론장"),
        )
        for forum in held
    ]


def _to_erase(district: District) -> list[ToDo]:
    """Return the forums that are over and still hold names: nobody's name is kept longer than it is needed."""
    named = Q(registrations__person__isnull=False) | ~Q(registrations__name="")
    over = Forum.objects.filter(named, district=district, state="recorded", registrations__isnull=False)
    return [
        ToDo(
            title=_("%(title)s: 이름과 연락처를 지워 주세요") % {"title": forum.title},
            text=_("자리가 끝났어요. 수만 남겨요."),
            url=reverse("forums:registrations", args=[district.slug, forum.pk]),
            due_on=timezone.localdate(forum.ends_at) + ERASE_WITHIN,
            tone="pine",
            label=_("공론장"),
        )
        for forum in over.distinct().order_by("ends_at")[:5]
    ]
