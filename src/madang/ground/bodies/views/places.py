"""Finding what an address names: a body of a district, or of the city where the address names no district."""

from __future__ import annotations

from django.http import Http404

from madang.ground.bodies.models import Body
from madang.ground.places.models import District
from madang.ground.places.queries import district_or_404


def place_or_404(district: str) -> District | None:
    """Return the district of an address, or None for the city's pages; raises ``Http404``."""
    return district_or_404(district) if district else None


def body_or_404(district: str, pk: int) -> Body:
    """Return a body of a district, or of the city; raises ``Http404``."""
    found = Body.objects.filter(district=place_or_404(district), pk=pk).select_related("district").first()
    if found is None:
        raise Http404
    return found
