from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from madang.decide.agendas.forms.proposals import DeclineForm, FilterForm, HandOverForm, ProposalForm, WrittenDownForm
from madang.decide.agendas.models import Proposal
from madang.decide.agendas.operations import proposals as operations
from madang.decide.agendas.queries import proposals as queries
from madang.decide.agendas.queries.lives import whole_life
from madang.decide.agendas.states import PROPOSAL
from madang.decide.agendas.views.similar import asks_once, like_written
from madang.decide.forums.models import Forum
from madang.ground.cycles.models import DistrictYear
from madang.ground.people.guards import guarded, open_to_all
from madang.ground.people.permissions import may, require
from madang.ground.places.models import District
from madang.ground.places.queries import district_or_404, dongs_of
from madang.ground.workflow import UnableTo


@open_to_all
def listing(request: Any, district: str) -> HttpResponse:
    """List the proposals of a district's year, newest first, thirty a page."""
    place, day = district_or_404(district), timezone.localdate(request.at)
    years = queries.years_of(place)
    now = queries.year_on(years, day)
    year = next((one for one in years if str(one.cycle) == request.GET.get("year")), now)
    form = FilterForm(request.GET, dongs=dongs_of(place, day))
    state, dong_id = form.chosen()
    cursors = {"older_than": request.GET.get("older", ""), "newer_than": request.GET.get("newer", "")}
    page = queries.Page([])
    if year is not None:
        page = queries.proposals_page(place, year.cycle, state=state, dong_id=dong_id, **cursors)
    kept = {"state": state, "dong": dong_id, "year": year.cycle if year is not None and year != now else ""}
    query = {key: value for key, value in kept.items() if value}
    context = {
        "district": place,
        "subject": Proposal(district=place),
        "years": years,
        "year": year,
        "now": now,
        "form": form,
        "filtered": bool(state or dong_id),
        "page": page,
        "older": page.older and "?" + urlencode({**query, "older": page.older}),
        "newer": page.newer and "?" + urlencode({**query, "newer": page.newer}),
        "closed": queries.reason_not_taking(now),
        "life": PROPOSAL,
    }
    return render(request, "agendas/proposal_list.html", context)


@open_to_all
def proposal(request: Any, district: str, number: str) -> HttpResponse:
    """Show one proposal: the words, the facts, and what has happened to it."""
    found = queries.proposal_or_404(district_or_404(district), number)
    context = {
        "district": found.district,
        "proposal": found,
        "events": whole_life(found),
        "life": PROPOSAL,
        "is_own": found.proposer_id is not None and found.proposer_id == request.actor.person_id,
    }
    return render(request, "agendas/proposal_page.html", context)


@guarded("agendas.propose")
def propose(request: Any, district: str) -> HttpResponse:
    """Let a resident propose; staff who come from a forum write down what came out of it."""
    place, day = district_or_404(district), timezone.localdate(request.at)
    if "forum" in request.GET and may(request.actor, "agendas.write_down", Proposal(district=place)):
        return redirect(f"../write-down/?{urlencode({'forum': request.GET['forum']})}")
    form = ProposalForm(request.POST or None, district=place, day=day)
    found = like_written(request, place, day) if request.method == "POST" else []
    ask = form.is_bound and form.is_valid() and asks_once(request, found)
    if request.method == "POST" and form.is_valid() and not ask:
        try:
            made = operations.propose(
                district=place,
                words=form.words(),
                submission_key=form.cleaned_data["submission_key"],
                actor=request.actor,
                at=request.at,
            )
        except operations.UnableToProposeTwice as refusal:
            messages.info(request, refusal.reason)
            return redirect("proposals:proposal", place.slug, refusal.proposal.page_number)
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            return redirect("proposals:received", place.slug, made.page_number)
    closed = "" if form.is_bound else queries.reason_not_taking(_year_now(place, day))
    context = {"district": place, "form": form, "closed": closed, "similar": found, "ask": ask, "life": PROPOSAL}
    return render(request, "agendas/proposal_form.html", context)


@guarded("agendas.write_down")
def write_down(request: Any, district: str) -> HttpResponse:
    """Let staff write down what somebody said at a desk or a forum, or what a department or the city handed over."""
    place, day = district_or_404(district), timezone.localdate(request.at)
    require(request.actor, "agendas.write_down", Proposal(district=place))
    year = _year_now(place, day)
    form = WrittenDownForm(
        request.POST or None,
        district=place,
        cycle=year.cycle if year is not None else None,
        day=day,
        initial=_from_forum(request.GET.get("forum", ""), place),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.write_down(
                district=place,
                words=form.words(),
                source=form.source(),
                submission_key=form.cleaned_data["submission_key"],
                actor=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("%(number)s 번호로 받아 적었어요.") % {"number": made.public_number})
            return redirect("proposals:received", place.slug, made.page_number)
    closed = "" if form.is_bound else queries.reason_not_taking(year)
    return render(request, "agendas/proposal_write_down.html", {"district": place, "form": form, "closed": closed})


@open_to_all
def received(request: Any, district: str, number: str) -> HttpResponse:
    """Show the slip of a proposal: its permanent number and what happens next."""
    found = queries.proposal_or_404(district_or_404(district), number)
    return render(request, "agendas/proposal_received.html", {"district": found.district, "proposal": found})


@guarded("agendas.withdraw")
def withdraw(request: Any, district: str, number: str) -> HttpResponse:
    """Ask once more, then withdraw a proposal."""
    found = queries.proposal_or_404(district_or_404(district), number)
    require(request.actor, "agendas.withdraw", found)
    if request.method == "POST":
        try:
            operations.withdraw(proposal=found, actor=request.actor, at=request.at)
        except UnableTo as refusal:
            messages.error(request, refusal.reason)
        else:
            messages.success(request, _("제안을 거두었어요. 글은 남고 이름은 지웠어요."))
        return redirect("proposals:proposal", found.district.slug, found.page_number)
    return render(request, "agendas/proposal_withdraw.html", {"district": found.district, "proposal": found})


@guarded("agendas.decline")
def decline(request: Any, district: str, number: str) -> HttpResponse:
    """Decline a proposal with a reason."""
    found = queries.proposal_or_404(district_or_404(district), number)
    done = _("맡지 않기로 했어요. 까닭을 함께 알렸어요.")
    return _close(request, found, DeclineForm(request.POST or None), operations.decline, done)


@guarded("agendas.decline")
def hand_over(request: Any, district: str, number: str) -> HttpResponse:
    """Hand a proposal to the district's own participatory budget."""
    found = queries.proposal_or_404(district_or_404(district), number)
    done = _("구 주민참여예산으로 넘기고 알렸어요.")
    return _close(request, found, HandOverForm(request.POST or None), operations.hand_over, done)


def _close(request: Any, found: Proposal, form: DeclineForm, operation: Callable[..., None], done: str) -> HttpResponse:
    """Ask for the words of an outcome, and close the proposal with them."""
    require(request.actor, "agendas.decline", found)
    if request.method == "POST" and form.is_valid():
        try:
            operation(proposal=found, reason=form.cleaned_data["reason"], actor=request.actor, at=request.at)
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, done)
            return redirect("proposals:proposal", found.district.slug, found.page_number)
    context = {"district": found.district, "proposal": found, "form": form}
    return render(request, "agendas/proposal_decline.html", context)


def _year_now(place: District, day: date) -> DistrictYear | None:
    return queries.year_on(queries.years_of(place), day)


def _from_forum(number: str, place: District) -> dict[str, object]:
    forum = Forum.objects.filter(pk=int(number), district=place).first() if number.isdecimal() else None
    return WrittenDownForm.from_forum(forum) if forum is not None else {}
