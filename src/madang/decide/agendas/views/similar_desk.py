from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madang.decide.agendas.operations.differences import take_back_difference, tell_apart
from madang.decide.agendas.queries import merge_desk
from madang.decide.agendas.queries import similar_desk as queries
from madang.decide.agendas.queries.stages import why_no_merging
from madang.decide.agendas.views.agendas import number_from
from madang.decide.agendas.views.merge_desk import desk_of, picked_in
from madang.ground.people.guards import guarded
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo


@guarded("agendas.merge")
def groups(request: Any, district: str) -> HttpResponse:
    """Show the waiting proposals that are alike in pairs and groups, those with most to bring together first."""
    place, cycle = desk_of(request, district)
    page = queries.groups_page(place, cycle, number_from(request.GET.get("page")) or 1)
    side_by_side = reverse("agendas:side_by_side", args=[place.slug])
    context = {
        "district": place,
        "page": page,
        "groups": [
            (group, f"{side_by_side}?{urlencode([('pick', number) for number in group.together])}")
            for group in page.groups
        ],
        "newer": f"?page={page.number - 1}" if page.number > 1 else "",
        "older": f"?page={page.number + 1}" if page.number < page.last else "",
        "closed": why_no_merging(place, cycle),
    }
    return render(request, "agendas/similar_desk.html", context)


@require_POST
@guarded("agendas.merge")
def apart(request: Any, district: str) -> HttpResponse:
    """Keep that one of the chosen proposals wants something else than the others, and go back to the groups."""
    place, cycle = desk_of(request, district)
    chosen = merge_desk.chosen_proposals(place, cycle, picked_in(request.POST))
    one = next((proposal for proposal in chosen if proposal.number == number_from(request.POST.get("one"))), None)
    if one is None:
        messages.warning(request, _("다르다고 할 제안을 둘 이상 골라 주세요."))
    else:
        try:
            tell_apart(proposal=one, others=chosen, actor=request.actor, at=request.at)
        except UnableTo as refusal:
            messages.warning(request, refusal.reason)
        else:
            text = _("%(number)s 제안은 다른 이야기라고 적어 두었어요. 다시 함께 보이지 않아요.")
            messages.success(request, text % {"number": one.public_number})
    page = number_from(request.POST.get("page")) or 1
    return redirect(f"{reverse('agendas:similar_desk', args=[place.slug])}?page={page}")


@guarded("agendas.merge")
def differences(request: Any, district: str) -> HttpResponse:
    """List what was told apart, by whom and when, newest first."""
    place, cycle = desk_of(request, district)
    shown, older = queries.differences_page(place, cycle, number_from(request.GET.get("before")))
    context = {"district": place, "differences": shown, "older": f"?before={older}" if older else ""}
    return render(request, "agendas/differences.html", context)


@require_POST
@guarded("agendas.merge")
def take_back(request: Any, district: str, difference: int) -> HttpResponse:
    """Let two proposals that were told apart be laid together again."""
    place, _cycle = desk_of(request, district)
    found = queries.find_difference(place, difference)
    if found is None:
        raise Http404
    require(request.actor, "agendas.merge", found)
    try:
        take_back_difference(difference=found, actor=request.actor, at=request.at)
    except UnableTo as refusal:
        messages.warning(request, refusal.reason)
    else:
        messages.success(request, _("두 제안을 다시 함께 보아요."))
    return redirect("agendas:differences", place.slug)
