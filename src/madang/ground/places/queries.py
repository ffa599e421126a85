from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from madang.ground.places.models import District, Dong


def find_district(slug: str) -> District | None:
    """Return the district with this short Latin name, or None."""
    return District.objects.filter(slug=slug).first()


def district_or_404(slug: str) -> District:
    """Return the district with this short Latin name; raises ``Http404``."""
    district = find_district(slug)
    if district is None:
        raise Http404
    return district


def dongs_of(district: District, day: date) -> QuerySet[Dong]:
    """Return the dongs a district has on a day, by name."""
    return Dong.objects.on(day).filter(district=district)
