from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from madang.decide.agendas.queries import search as queries
from madang.decide.agendas.queries.proposals import year_on, years_of
from madang.decide.agendas.states import AGENDA, PROPOSAL
from madang.decide.agendas.texts import one_line
from madang.ground.people.guards import open_to_all
from madang.ground.places.queries import district_or_404


@open_to_all
def search(request: Any, district: str) -> HttpResponse:
    """Find proposals and agendas of a district's year by words, best first."""
    place = district_or_404(district)
    years = years_of(place)
    now = year_on(years, timezone.localdate(request.at))
    year = next((one for one in years if str(one.cycle) == request.GET.get("year")), now)
    words = one_line(request.GET.get("q", "")[: queries.LONGEST])
    answer = queries.search(place, year.cycle, words) if year is not None and words else queries.Answer([])
    context = {
        "district": place,
        "years": years,
        "year": year,
        "now": now,
        "words": words,
        "answer": answer,
        "proposal_life": PROPOSAL,
        "agenda_life": AGENDA,
    }
    return render(request, "agendas/search.html", context)
