"""What everybody may read of votes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from madang.decide.voting import queries
from madang.decide.voting.models import Election
from madang.decide.voting.states import ELECTION
from madang.ground.people.guards import open_to_all
from madang.ground.places.queries import district_or_404


@open_to_all
def elections(request: Any, district: str) -> HttpResponse:
    """List the votes of a district: those one can take part in first."""
    place = district_or_404(district)
    found = queries.elections_of(place, request.actor)
    context = {
        "district": place,
        "subject": Election(district=place),
        "running": [election for election in found if election.state == "open"],
        "others": [election for election in found if election.state != "open"],
        "life": ELECTION,
    }
    return render(request, "voting/elections.html", context)


@open_to_all
def election(request: Any, district: str, slug: str) -> HttpResponse:
    """Show one vote: what is decided, when and how, the material, who has voted, and the result after the close."""
    place = district_or_404(district)
    found = queries.election_or_404(place, slug, request.actor)
    context = {
        "district": place,
        "election": found,
        "options": queries.options_of(found),
        "turnout": queries.turnout_of(found) if found.opened_at else None,
        "result": queries.result_of(found),
        "life": ELECTION,
        "voting_now": found.state == "open" and found.opens_at <= request.at < found.closes_at,
        "over": found.state == "open" and request.at >= found.closes_at,
    }
    return render(request, "voting/election.html", context)
