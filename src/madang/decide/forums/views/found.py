"""What every view of this room looks up first."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from madang.decide.forums import queries
from madang.decide.forums.models import Forum
from madang.ground.people.permissions import require
from madang.ground.places.queries import district_or_404


def forum_or_404(district: str, number: int) -> Forum:
    """Return a forum of the district in the address; raises ``Http404``."""
    found = queries.forum_in(district_or_404(district), number)
    if found is None:
        raise Http404
    return found


def forum_for(request: Any, action: str, district: str, number: int) -> Forum:
    """Return a forum on which the reader may take an action; raises ``Http404`` or ``NotAllowed``."""
    found = forum_or_404(district, number)
    require(request.actor, action, found)
    return found
