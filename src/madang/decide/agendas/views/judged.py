"""Invitations of proposers and the ordinance's exclusions, recorded from an agenda's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.agendas.forms.judged import CameForm, ExclusionsForm, InviteForm
from madang.decide.agendas.models import Agenda
from madang.decide.agendas.operations import judged as operations
from madang.decide.agendas.queries.agendas import agenda_or_404
from madang.decide.agendas.queries.judging import exclusion_reviews, exclusions, proposals_to_invite, rulebook_of
from madang.decide.agendas.views.refusing import say_in_form
from madang.ground.people.guards import guarded
from madang.ground.people.permissions import NotAllowed, require
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo


@guarded("agendas.invite")
def invite(request: Any, district: str, number: str) -> HttpResponse:
    """Record that proposers were invited to a step, or who of them came."""
    agenda = agenda_or_404(district_or_404(district), number)
    require(request.actor, "agendas.invite", agenda)
    day, came = timezone.localdate(request.at), request.POST.get("do") == "came"
    form = InviteForm(request.POST if request.method == "POST" and not came else None, agenda=agenda, day=day)
    came_form = CameForm(request.POST if came else None, agenda=agenda, auto_id="id_came_%s")
    used: Any = came_form if came else form
    if request.method == "POST" and used.is_valid():
        try:
            said = {**used.cleaned_data, "agenda": agenda, "actor": request.actor, "at": request.at}
            (operations.note_who_came if came else operations.invite_proposers)(**said)
        except NotAllowed:
            raise
        except UnableTo as refusal:
            say_in_form(used, refusal)
        else:
            messages.success(request, _("누가 왔는지 남겼어요.") if came else _("초대한 것을 남기고 알렸어요."))
            return redirect("agendas:agenda", agenda.district.slug, agenda.page_number)
    context = {
        "district": agenda.district,
        "agenda": agenda,
        "form": form,
        "came_form": came_form if agenda.invitations.exists() else None,
        "reachable": bool(proposals_to_invite(agenda)),
    }
    return render(request, "agendas/agenda_invite.html", context, status=422 if used.errors else 200)


@guarded("agendas.judge_exclusions")
def judge_exclusions(request: Any, district: str, number: str) -> HttpResponse:
    """Record what the ordinance excludes, as a reviewer finds it."""
    agenda = agenda_or_404(district_or_404(district), number)
    require(request.actor, "agendas.judge_exclusions", agenda)
    form = ExclusionsForm(request.POST or None, agenda=agenda)
    if request.method == "POST" and form.is_valid():
        try:
            operations.judge_exclusions(agenda=agenda, actor=request.actor, at=request.at, **form.cleaned_data)
        except NotAllowed:
            raise
        except UnableTo as refusal:
            say_in_form(form, refusal)
        else:
            messages.success(request, _("살핀 것을 까닭과 함께 남겼어요."))
            return redirect("agendas:agenda", agenda.district.slug, agenda.page_number)
    context = {"district": agenda.district, "agenda": agenda, "form": form, "reviews": found_exclusions(agenda)}
    return render(request, "agendas/agenda_exclusions.html", context, status=422 if form.errors else 200)


def found_exclusions(agenda: Agenda) -> list[tuple[Any, list[Any]]]:
    """Return what reviewers found, the newest first, each with the exclusions in words."""
    known = exclusions(rulebook_of(agenda.cycle, agenda.district))
    return [(row, [known[point] for point in row.points if point in known]) for row in exclusion_reviews(agenda)]
