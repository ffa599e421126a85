from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from madang.decide.agendas.models import Agenda, Proposal
from madang.decide.agendas.queries.proposals import proposal_or_404, reason_not_taking
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.cycles.queries import current_cycle, steps, year_of
from madang.ground.cycles.states import STAGES
from madang.ground.people.guards import open_to_all
from madang.ground.places.models import Dong
from madang.ground.places.queries import district_or_404
from madang.site.board import city_board
from madang.site.drawings import tiles as tile_map
from madang.site.drawings.yearline import yearline
from madang.site.openings import open_districts, openings
from madang.site.shell import place_of
from madang.site.thread import furthest_thread, thread_of


@open_to_all
def front(request: Any) -> HttpResponse:
    """Say at a glance where the year stands, what is open nearby, and where each district is."""
    today = timezone.localdate(request.at)
    cycle = current_cycle(today)
    place = place_of(request)
    asked = request.GET.get("q", "").strip()
    if asked:
        dong = Dong.objects.on(today).filter(name=asked.replace(" ", "")).select_related("district").first()
        if dong is not None:
            return redirect("district", dong.district.slug)
    context = {"cycle": cycle, "asked": asked, "dongs": Dong.objects.on(today).values_list("name", flat=True)}
    if cycle is not None:
        context |= city_map(cycle, request.at)
        context["line"] = yearline(today.year, steps(cycle), today)
    context["openings"] = openings(request.at, place)
    context["sample"] = furthest_thread(cycle)
    return render(request, "site/front.html", context)


def city_map(cycle: Cycle, at: Any) -> dict[str, Any]:
    """Return the tiles with their key, and the same as rows of a table, the furthest first."""
    order = {stage.key: number for number, stage in enumerate(STAGES)}
    years = list(DistrictYear.objects.filter(cycle=cycle).select_related("district", "cycle"))
    drawn = tile_map.tiles(years, open_districts(at))
    rows = sorted(drawn, key=lambda tile: (tile.group is None, -order[tile.year.state], tile.year.district.name))
    return {"tiles": drawn, "groups": tile_map.by_group(drawn), "outside": tile_map.outside(drawn), "rows": rows}


@open_to_all
def city(request: Any) -> HttpResponse:
    """Show the 25 districts against the steps of the city's procedure."""
    cycle = current_cycle(timezone.localdate(request.at))
    if cycle is None:
        raise Http404
    context = city_map(cycle, request.at) | {"cycle": cycle, "board": city_board(cycle, request.at)}
    return render(request, "site/city.html", context)


@open_to_all
def district_page(request: Any, district: str) -> HttpResponse:
    """Show one district's year: its stage, what is open, and how much has come together."""
    place = district_or_404(district)
    today = timezone.localdate(request.at)
    cycle = current_cycle(today)
    year = year_of(place, cycle) if cycle else None
    order = [stage.key for stage in STAGES]
    agendas = Agenda.objects.filter(district=place, cycle=cycle).exclude(state="undone")
    context = {
        "district": place,
        "cycle": cycle,
        "district_year": year,
        "stages": [(stage, order.index(stage.key) - order.index(year.state)) for stage in STAGES] if year else [],
        "takes_proposals": not reason_not_taking(year),
        "openings": openings(request.at, place),
        "proposals": Proposal.objects.filter(district=place, cycle=cycle)
        .select_related("dong", "district", "cycle")
        .order_by("-proposed_at", "-id")[:4],
        "agendas": agendas.annotate(strand_count=Count("strands")).select_related("district", "cycle")[:6],
        "upcoming": [step for step in steps(cycle) if step.ends_on and step.ends_on >= today][:3] if cycle else [],
    }
    return render(request, "site/district.html", context)


@open_to_all
def thread(request: Any, district: str, number: str) -> HttpResponse:
    """Show a proposal's whole way on one page."""
    place = district_or_404(district)
    proposal = proposal_or_404(place, number)
    return render(request, "site/thread.html", {"district": place, "thread": thread_of(proposal)})


@open_to_all
def about(request: Any) -> HttpResponse:
    """Say what Madang is and who comes for what."""
    return render(request, "site/about.html")
