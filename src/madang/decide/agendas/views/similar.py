from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from madang.decide.agendas.queries.proposals import reason_not_taking, year_on, years_of
from madang.decide.agendas.queries.similar import Similar, similar_proposals
from madang.decide.agendas.states import PROPOSAL
from madang.decide.agendas.texts import TEXT_MOST, TITLE_MOST, one_line, paragraphs
from madang.ground.people.guards import guarded
from madang.ground.places.models import District
from madang.ground.places.queries import district_or_404


@require_POST
@guarded("agendas.propose")
def similar(request: Any, district: str) -> HttpResponse:
    """Show the proposals that are like what somebody is writing; nothing where they see the same ones already."""
    place = district_or_404(district)
    found = like_written(request, place, timezone.localdate(request.at))
    if found and {str(one.proposal.number) for one in found} == set(request.POST.getlist("seen")):
        return HttpResponse(status=204)
    return render(request, "agendas/_similar.html", {"district": place, "similar": found, "life": PROPOSAL})


def like_written(request: Any, place: District, day: date) -> list[Similar]:
    """Return the proposals of the year that are like the words of a form."""
    year = year_on(years_of(place), day)
    if year is None or reason_not_taking(year):
        return []
    title = one_line(request.POST.get("title", "")[:TITLE_MOST])
    text = "\n".join(paragraphs(request.POST.get(name, "")[:TEXT_MOST]) for name in ("problem", "wish"))
    return similar_proposals(place, year.cycle, title=title, text=text)


def asks_once(request: Any, found: list[Similar]) -> bool:
    """Whether somebody else's proposal is so much like the words sent that the sender should see it first."""
    seen = set(request.POST.getlist("seen"))
    return any(
        one.is_strong and one.proposal.proposer_id != request.actor.person_id and str(one.proposal.number) not in seen
        for one in found
    )
