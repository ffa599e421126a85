from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.decide.agendas.forms.agendas import AddForm, DeskFilterForm, MergeForm
from madang.decide.agendas.models import Agenda, Proposal
from madang.decide.agendas.operations.merging import add_to_agenda, merge
from madang.decide.agendas.queries import merge_desk as queries
from madang.decide.agendas.queries.similar_desk import marked_together
from madang.decide.agendas.queries.stages import why_no_merging
from madang.decide.agendas.views.agendas import number_from
from madang.decide.agendas.views.refusing import say_in_form
from madang.ground.cycles.models import Cycle
from madang.ground.cycles.queries import current_cycle
from madang.ground.people.guards import guarded
from madang.ground.people.permissions import require
from madang.ground.places.models import District
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo


@guarded("agendas.merge")
def desk(request: Any, district: str) -> HttpResponse:
    """Show the received proposals by pages to choose from; what is chosen is carried from page to page."""
    place, cycle = desk_of(request, district)
    form = DeskFilterForm(request.GET or None, district=place, cycle=cycle, day=timezone.localdate(request.at))
    picked = queries.chosen_proposals(place, cycle, picked_in(request.GET))
    data = form.cleaned_data if form.is_valid() else {}
    choice = queries.Choice(
        dong_id=data["dong"].pk if data.get("dong") else None,
        forum_id=data["forum"].pk if data.get("forum") else None,
        words=data.get("q", ""),
        without=tuple(proposal.number for proposal in picked),
    )
    before, after = number_from(request.GET.get("before")), number_from(request.GET.get("after"))
    page = queries.received_page(place, cycle, choice, before=before, after=after)
    context = {
        "district": place,
        "cycle": cycle,
        "form": form,
        "picked": picked,
        "page": page,
        "narrowed": bool(choice.dong_id or choice.forum_id or choice.words),
        "closed": why_no_merging(place, cycle),
        "most": queries.MOST_TOGETHER,
    }
    return render(request, "agendas/merge_desk.html", context)


@guarded("agendas.merge")
def side_by_side(request: Any, district: str) -> HttpResponse:
    """Show the chosen proposals side by side and merge them into a new or a gathered agenda."""
    place, cycle = desk_of(request, district)
    chosen = queries.chosen_proposals(place, cycle, picked_in(request.POST or request.GET))
    if not chosen:
        messages.warning(request, _("나란히 볼 제안을 먼저 골라 주세요."))
        return redirect("agendas:merge_desk", place.slug)
    if len(chosen) > queries.MOST_TOGETHER:
        text = _("한 번에 %(most)s건까지 나란히 볼 수 있어요. 나머지는 만든 의제에 보탤 수 있어요.")
        messages.warning(request, text % {"most": queries.MOST_TOGETHER})
        return redirect(_desk_address(place, chosen))
    adds = request.POST.get("do") == "add"
    new_form = MergeForm(request.POST if request.POST and not adds else None, auto_id="new_%s")
    add_form = AddForm(request.POST if adds else None, district=place, cycle=cycle, auto_id="add_%s")
    if request.method == "POST":
        agenda = _add(request, add_form, chosen) if adds else _merge(request, new_form, chosen)
        if agenda is not None:
            return redirect("agendas:agenda", place.slug, agenda.page_number)
    context = {
        "district": place,
        "chosen": [
            (proposal, _without(place, chosen, proposal), marked)
            for proposal, marked in zip(chosen, marked_together(chosen), strict=True)
        ],
        "waiting": sum(proposal.state == "received" for proposal in chosen),
        "new_form": new_form,
        "add_form": add_form,
        "adds": adds,
        "can_add": add_form.fields["agenda"].queryset.exists(),
        "people": queries.people_to_tell(chosen),
        "unknown": sum(proposal.proposer_id is None for proposal in chosen),
        "back": _desk_address(place, chosen),
        "closed": why_no_merging(place, cycle),
    }
    return render(request, "agendas/merge_side_by_side.html", context)


def _merge(request: Any, form: MergeForm, chosen: list[Proposal]) -> Agenda | None:
    """Merge into a new agenda; a refusal stands in the form and nothing that was written is lost."""
    if not form.is_valid():
        return None
    try:
        agenda = merge(proposals=chosen, actor=request.actor, at=request.at, **form.cleaned_data)
    except UnableTo as refusal:
        say_in_form(form, refusal)
        return None
    _say_done(request, agenda, chosen)
    return agenda


def _add(request: Any, form: AddForm, chosen: list[Proposal]) -> Agenda | None:
    if not form.is_valid():
        return None
    agenda: Agenda = form.cleaned_data["agenda"]
    try:
        add_to_agenda(
            agenda=agenda, proposals=chosen, reason=form.cleaned_data["reason"], actor=request.actor, at=request.at
        )
    except UnableTo as refusal:
        say_in_form(form, refusal)
        return None
    _say_done(request, agenda, chosen)
    return agenda


def _say_done(request: Any, agenda: Agenda, chosen: list[Proposal]) -> None:
    count, people = len(chosen), queries.people_to_tell(chosen)
    joined = ngettext(
        "제안 %(count)s건을 %(number)s 의제로 모았어요.", "제안 %(count)s건을 %(number)s 의제로 모았어요.", count
    )
    told = ngettext("제안자 %(people)s분에게 알렸어요.", "제안자 %(people)s분에게 알렸어요.", people)
    text = f"{joined} {told}" % {"count": count, "number": agenda.public_number, "people": people}
    messages.success(request, text)


def desk_of(request: Any, district: str) -> tuple[District, Cycle]:
    """Return the district and its cycle for staff of that district; others are refused, no cycle is a 404."""
    place = district_or_404(district)
    require(request.actor, "agendas.merge", Agenda(district=place))
    cycle = current_cycle(timezone.localdate(request.at))
    if cycle is None:
        raise Http404
    return place, cycle


def picked_in(data: Any) -> list[int]:
    """Return the chosen numbers of an address or a form, without what is no number."""
    numbers = (number_from(text) for text in data.getlist("pick")[:200])
    return sorted({number for number in numbers if number is not None})


def _desk_address(district: District, chosen: list[Proposal]) -> str:
    picks = urlencode([("pick", proposal.number) for proposal in chosen])
    return f"{reverse('agendas:merge_desk', args=[district.slug])}?{picks}"


def _without(district: District, chosen: list[Proposal], left_out: Proposal) -> str:
    """Return the address of the same page without one of the proposals."""
    picks = urlencode([("pick", proposal.number) for proposal in chosen if proposal.pk != left_out.pk])
    name = "agendas:side_by_side" if picks else "agendas:merge_desk"
    return f"{reverse(name, args=[district.slug])}?{picks}"
