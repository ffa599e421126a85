"""What residents can join now: votes that are open and forums that are coming, in one district or in the whole city."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from madang.decide.forums.models import Forum
from madang.decide.voting.models import Election
from madang.ground.places.models import District

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Openings:
    """Open votes and coming forums, the nearest first, each with its address in ``url``."""

    elections: tuple[Election, ...]
    forums: tuple[Forum, ...]

    def __bool__(self) -> bool:
        return bool(self.elections or self.forums)

    def districts(self) -> frozenset[int]:
        return frozenset(item.district_id for item in (*self.elections, *self.forums))


def openings(at: datetime, district: District | None = None, most: int = 3) -> Openings:
    """Return what is open at an instant and, of forums, what comes within a month."""
    elections = Election.objects.filter(state="open", opens_at__lte=at, closes_at__gt=at).select_related("district")
    forums = Forum.objects.filter(state="planned", ends_at__gte=at, starts_at__lte=at + SOON).select_related("district")
    if district is not None:
        elections, forums = elections.filter(district=district), forums.filter(district=district)
    open_votes = tuple(elections.order_by("closes_at")[:most])
    coming = tuple(forums.order_by("starts_at")[: max(0, most - len(open_votes))])
    for election in open_votes:
        election.url = reverse("voting:election", args=[election.district.slug, election.slug])  # type: ignore[attr-defined]
    for forum in coming:
        forum.url = reverse("forums:forum", args=[forum.district.slug, forum.pk])  # type: ignore[attr-defined]
    return Openings(open_votes, coming)


def open_districts(at: datetime) -> frozenset[int]:
    """Return the numbers of the districts with an open vote, or a forum within the next seven days."""
    votes = Election.objects.filter(state="open", opens_at__lte=at, closes_at__gt=at)
    forums = Forum.objects.filter(state="planned", ends_at__gte=at, starts_at__lte=at + timedelta(days=7))
    return frozenset(votes.values_list("district_id", flat=True)) | frozenset(
        forums.values_list("district_id", flat=True)
    )
