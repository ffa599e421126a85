"""How somebody votes at a desk: the officer finds them on the roll and hands over the device or enters the paper."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from madang.decide.voting import queries
from madang.decide.voting.forms import FindVoterForm
from madang.decide.voting.models import Election, RollEntry
from madang.decide.voting.operations.casting import Receipt, already_voted
from madang.decide.voting.states import DESK_CHANNELS, Channel
from madang.decide.voting.views.box import Way, ballot_page
from madang.ground.people.guards import guarded
from madang.ground.people.permissions import require
from madang.ground.places.queries import district_or_404


@guarded("voting.desk")
def desk(request: Any, district: str, slug: str) -> HttpResponse:
    """Find somebody on the roll by number, or by name and day of birth. Asked by POST: no name stands in an address."""
    election = _election(request, district, slug)
    request.session.pop("desk_receipt", None)
    form = FindVoterForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = queries.find_voters(
            election,
            reference=form.cleaned_data["reference"],
            name=form.cleaned_data["name"],
            birth_on=form.cleaned_data["birth_on"],
        )
    context = {
        "district": election.district,
        "election": election,
        "form": form,
        "found": found and [(voter, already_voted(voter) if voter.state == "spent" else "") for voter in found],
        "searched": found is not None,
        "turnout": queries.turnout_of(election),
        "voting_now": election.state == "open" and election.opens_at <= request.at < election.closes_at,
    }
    return render(request, "voting/desk.html", context)


@guarded("voting.desk")
def ballot(request: Any, district: str, slug: str, voter: int) -> HttpResponse:
    """Take the ballot of a voter who stands at the desk."""
    election = _election(request, district, slug)
    found = RollEntry.objects.filter(election=election, pk=voter).first()
    if found is None:
        raise Http404
    channel = _channel(request)
    answer = ballot_page(request, Way(election, found, channel, f"desk:{found.pk}"))
    if not isinstance(answer, Receipt):
        return answer
    request.session["desk_receipt"] = {"voter": found.pk, "groups": answer.groups}
    return redirect("voting:desk_receipt", district, slug, found.pk)


@guarded("voting.desk")
def receipt(request: Any, district: str, slug: str, voter: int) -> HttpResponse:
    """Show the receipt to the voter at the desk, and the way to the next one."""
    election = _election(request, district, slug)
    kept = request.session.get("desk_receipt", {})
    found = RollEntry.objects.filter(election=election, pk=voter, state="spent").first()
    if found is None or kept.get("voter") != voter:
        return redirect("voting:desk", district, slug)
    context = {
        "district": election.district,
        "election": election,
        "groups": kept["groups"],
        "channel": Channel(found.channel).label,
        "cast_at": found.spent_at,
        "at_desk": True,
    }
    return render(request, "voting/receipt.html", context)


def _election(request: Any, district: str, slug: str) -> Election:
    election = queries.election_or_404(district_or_404(district), slug, request.actor)
    require(request.actor, "voting.desk", election)
    return election


def _channel(request: Any) -> Channel:
    """Return the way the desk has chosen; anything else is a ballot on site."""
    chosen = request.POST.get("channel") or request.GET.get("channel", "")
    return Channel(chosen) if chosen in DESK_CHANNELS else Channel.ON_SITE
