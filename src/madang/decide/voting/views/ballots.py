"""How somebody on the roll votes online: say who, choose, look again, receipt."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from madang.decide.voting import operations, queries
from madang.decide.voting.forms import IdentifyForm
from madang.decide.voting.models import Election, RollEntry
from madang.decide.voting.operations.casting import Receipt
from madang.decide.voting.states import Channel
from madang.decide.voting.views.box import Way, ballot_page
from madang.ground.people.guards import open_to_all
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo

STAYS = timedelta(minutes=30)


@open_to_all
def identify(request: Any, district: str, slug: str) -> HttpResponse:
    """Ask for the number on the roll and the access code; a linked account goes on with one press."""
    election = queries.election_or_404(district_or_404(district), slug, request.actor)
    linked = _linked(request, election)
    form = IdentifyForm(
        None if "use_linked" in request.POST else request.POST or None, signed_in=request.actor.is_signed_in
    )
    if request.method == "POST" and linked is not None and "use_linked" in request.POST:
        return _enter(request, election, linked)
    if request.method == "POST" and form.is_valid():
        try:
            voter = operations.identify_voter(
                election=election, visitor=_visitor(request), actor=request.actor, at=request.at, **form.cleaned_data
            )
        except UnableTo as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.reason))
        else:
            return _enter(request, election, voter)
    context = {"district": election.district, "election": election, "form": form, "linked": linked}
    context["voting_now"] = election.state == "open" and election.opens_at <= request.at < election.closes_at
    return render(request, "voting/identify.html", context)


@open_to_all
def ballot(request: Any, district: str, slug: str) -> HttpResponse:
    """Let the voter who has said who they are choose and cast."""
    election = queries.election_or_404(district_or_404(district), slug, request.actor)
    voter = _voter(request, election)
    if voter is None and str(election.pk) in request.session.get("receipts", {}):
        return redirect("voting:receipt", district, slug)
    if voter is None or election.state in ("draft", "roll_frozen"):
        if request.method == "POST":
            messages.warning(request, _("확인한 지 오래되어 표를 넣지 않았어요. 다시 확인하고 골라 주세요."))
        return redirect("voting:identify", district, slug)
    way = Way(election, voter, _channel(request), _visitor(request))
    answer = ballot_page(request, way)
    if not isinstance(answer, Receipt):
        return answer
    kept = {"groups": answer.groups, "channel": answer.channel, "at": request.at.isoformat()}
    request.session["receipts"] = {**request.session.get("receipts", {}), str(election.pk): kept}
    return redirect("voting:receipt", district, slug)


@open_to_all
def receipt(request: Any, district: str, slug: str) -> HttpResponse:
    """Show the receipt of the ballot that was cast from this browser."""
    election = queries.election_or_404(district_or_404(district), slug, request.actor)
    kept = request.session.get("receipts", {}).get(str(election.pk))
    if kept is None:
        return redirect("voting:identify", district, slug)
    _forget_voter(request, election)
    context = {
        "district": election.district,
        "election": election,
        "groups": kept["groups"],
        "channel": Channel(kept["channel"]).label,
        "cast_at": datetime.fromisoformat(kept["at"]),
    }
    return render(request, "voting/receipt.html", context)


def _enter(request: Any, election: Election, voter: RollEntry) -> HttpResponse:
    """Remember in the session, for half an hour, for whom this browser may cast."""
    entered = {"voter": voter.pk, "until": (request.at + STAYS).isoformat()}
    request.session["voters"] = {**request.session.get("voters", {}), str(election.pk): entered}
    return redirect("voting:ballot", election.district.slug, election.slug)


def _forget_voter(request: Any, election: Election) -> None:
    """Take the voter out of the session once the receipt is shown, so that nothing joins the two afterwards."""
    voters = request.session.get("voters", {})
    if str(election.pk) in voters:
        request.session["voters"] = {key: kept for key, kept in voters.items() if key != str(election.pk)}


def _voter(request: Any, election: Election) -> RollEntry | None:
    entered = request.session.get("voters", {}).get(str(election.pk))
    if entered is None or datetime.fromisoformat(entered["until"]) < request.at:
        return None
    return RollEntry.objects.filter(election=election, pk=entered["voter"]).first()


def _linked(request: Any, election: Election) -> RollEntry | None:
    person_id = request.actor.person_id
    return RollEntry.objects.filter(election=election, person_id=person_id).first() if person_id else None


def _visitor(request: Any) -> str:
    """Return a name for this browser that does not give away its session."""
    if not request.session.session_key:
        request.session.create()
    return hashlib.sha256(f"madang.voting.visitor:{request.session.session_key}".encode()).hexdigest()


def _channel(request: Any) -> Channel:
    mobile = request.headers.get("Sec-CH-UA-Mobile") == "?1" or "Mobi" in request.headers.get("User-Agent", "")
    return Channel.MOBILE if mobile else Channel.ONLINE
