"""Who is coming to a forum, who came, and what they were given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from madang.decide.forums.models import Forum, Material, Registration
from madang.decide.forums.states import COUNTED, GivenBy
from madang.ground.people.actors import Actor

MOST_FOUND = 20


@dataclass(frozen=True)
class Seats:
    """How many registered for a seat, wait and have come; ``left`` is None where there is no limit.

    Walk-ins take seats too, but are not among the registered.
    """

    registered: int
    waiting: int
    arrived: int
    left: int | None


def seats_of(forum: Forum) -> Seats:
    """Return how the seats of a forum stand."""
    row = Registration.objects.filter(forum=forum).aggregate(
        registered=Count("id", filter=Q(state="registered") & ~Q(way="walk_in")),
        taken=Count("id", filter=Q(state="registered")),
        waiting=Count("id", filter=Q(state="waiting")),
        arrived=Count("id", filter=Q(arrived_at__isnull=False)),
    )
    left = None if forum.capacity is None else max(0, forum.capacity - row["taken"])
    return Seats(row["registered"], row["waiting"], row["arrived"], left)


def registration_of(forum: Forum, actor: Actor) -> Registration | None:
    """Return the registration somebody has at a forum, or None."""
    if actor.person_id is None:
        return None
    return Registration.objects.filter(forum=forum, person_id=actor.person_id).select_related("table", "person").first()


def people_of(forum: Forum) -> QuerySet[Registration]:
    """Return everyone on the list of a forum who has not taken it back, in the order of asking."""
    active = Registration.objects.filter(forum=forum).exclude(state="withdrawn")
    return active.select_related("person", "table", "forum").order_by("id")


def find_people(forum: Forum, name: str) -> list[Registration]:
    """Return those on the list of a forum whose name holds what was typed."""
    if not name.strip():
        return []
    named = Q(person__name__icontains=name.strip()) | Q(name__icontains=name.strip())
    return list(people_of(forum).filter(named)[:MOST_FOUND])


def registration_by_token(forum: Forum, token: str) -> Registration | None:
    """Return the registration a QR code leads to, or None."""
    return Registration.objects.filter(forum=forum, token=token).select_related("person", "table", "forum").first()


def counts_of(people: Iterable[Registration]) -> dict[str, dict[str, int]]:
    """Return people by dimension and key, as a forum is recorded; each dimension adds up to the same."""
    counts = {dimension.value: {key: 0 for key, _label in keys} for dimension, keys in COUNTED.items()}
    for one in people:
        for dimension in counts:
            counts[dimension][getattr(one, dimension)] += 1
    return counts


def arrived(forum: Forum) -> QuerySet[Registration]:
    """Return those who came."""
    return Registration.objects.filter(forum=forum, arrived_at__isnull=False)


def materials_of(forum: Forum, *, drafts: bool = False) -> list[Material]:
    """Return the material of a forum with how many were given it; what was not sent only if ``drafts`` are asked for.

    Each has ``by_notice`` and ``by_hand``.
    """
    found = Material.objects.filter(forum=forum).select_related("file", "forum")
    if not drafts:
        found = found.filter(sent_at__isnull=False)
    return list(
        found.annotate(
            by_notice=Count("sendings", filter=Q(sendings__given_by=GivenBy.NOTICE)),
            by_hand=Count("sendings", filter=Q(sendings__given_by=GivenBy.HAND)),
        ).order_by("id")
    )


def material_days_before(forum: Forum) -> int | None:
    """Return how many days before the forum the first material was sent, or None."""
    first = Material.objects.filter(forum=forum, sent_at__isnull=False).order_by("sent_at").first()
    if first is None or first.sent_at is None:
        return None
    return max(0, (timezone.localdate(forum.starts_at) - timezone.localdate(first.sent_at)).days)
