"""Findings that the city is asked to waive, and what it decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.ground.files.handing_out import stored_file_response
from madang.ground.files.uploads import too_big
from madang.ground.people.guards import guarded
from madang.ground.people.permissions import NotAllowed, may, require
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo
from madang.plan.plans import operations
from madang.plan.plans.forms import AskWaiverForm, DecideWaiverForm, TakeBackWaiverForm
from madang.plan.plans.models import Plan, Waiver
from madang.plan.plans.queries import plan_of_year
from madang.plan.plans.queries.waivers import place_of, ruling, waivers_of
from madang.plan.plans.states import WAIVER


@guarded("plans.read_waivers")
@require_safe
def waivers(request: Any, district: str, year: int) -> HttpResponse:
    """List what was asked of the city about a plan, and what it decided."""
    plan = _plan_or_404(request, district, year)
    context = {"district": plan.district, "plan": plan, "waivers": waivers_of(plan), "life": WAIVER}
    return render(request, "plans/waivers.html", context)


@guarded("plans.ask_waiver")
def ask(request: Any, district: str, year: int) -> HttpResponse:
    """Ask the city to waive a finding that blocks the draft."""
    plan = _plan_or_404(request, district, year)
    require(request.actor, "plans.ask_waiver", plan)
    rule, where = request.GET.get("rule", ""), request.GET.get("where", "")
    ruled = ruling(plan, day=timezone.localdate(request.at))
    found = [one for one in ruled.blocking if one.rule == rule and place_of(one, ruled.facts) == where]
    if not found:
        messages.info(request, _("지금은 그곳에서 막는 항목이 없어요."), extra_tags="info")
        return redirect("plans:plan", plan.district.slug, year)
    form = AskWaiverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            made = operations.ask_waiver(
                plan=plan, rule=rule, where=where, reason=reason, actor=request.actor, at=request.at
            )
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("서울시에 요청했어요. 결정하면 알려 드려요."))
            return redirect("plans:waiver", plan.district.slug, year, made.pk)
    context = {"district": plan.district, "plan": plan, "findings": found, "form": form}
    return render(request, "plans/ask_waiver.html", context)


@guarded("plans.read_waivers")
@require_safe
def waiver(request: Any, district: str, year: int, number: int) -> HttpResponse:
    """Show one request with the figures of its finding, and what the city can decide."""
    return _page(request, _waiver_or_404(request, district, year, number))


@guarded("plans.waive")
@require_POST
def decide(request: Any, district: str, year: int, number: int) -> HttpResponse:
    """Let the finding pass, or not, with the city's reason."""
    found = _waiver_or_404(request, district, year, number)
    waives = request.POST.get("do") == "waive"
    form = DecideWaiverForm(request.POST, request.FILES, waives=waives)
    refused = too_big(request, "document")
    if refused:
        form.refuse(refused)
    elif form.is_valid():
        said = {"waiver": found, "reason": form.cleaned_data["reason"], "actor": request.actor, "at": request.at}
        try:
            if waives:
                operations.waive(**said, document=form.given())
            else:
                operations.decline_waiver(**said)
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("결정을 남기고 구에 알렸어요."))
            return redirect("plans:waiver", found.plan.district.slug, year, number)
    return _page(request, found, form=form, status=422)


@guarded("plans.waive")
@require_POST
def take_back(request: Any, district: str, year: int, number: int) -> HttpResponse:
    """Take a waiver back before the submission."""
    found = _waiver_or_404(request, district, year, number)
    form = TakeBackWaiverForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            operations.take_back_waiver(waiver=found, reason=reason, actor=request.actor, at=request.at)
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("인정을 거두고 구에 알렸어요. 이 항목은 다시 막아요."))
            return redirect("plans:waiver", found.plan.district.slug, year, number)
    return _page(request, found, back=form, status=422)


@guarded("plans.read_waivers")
@require_safe
def document(request: Any, district: str, year: int, number: int) -> HttpResponse:
    """Hand out the document that a waiver rests on."""
    found = _waiver_or_404(request, district, year, number)
    return stored_file_response(found.document)


def _plan_or_404(request: Any, district: str, year: int) -> Plan:
    """Return a plan for somebody who may read what was asked about it."""
    plan = plan_of_year(district_or_404(district), year)
    if plan is None:
        raise Http404
    require(request.actor, "plans.read_waivers", plan)
    return plan


def _waiver_or_404(request: Any, district: str, year: int, number: int) -> Waiver:
    plan = _plan_or_404(request, district, year)
    found = plan.waivers.select_related("document", "plan__district", "plan__cycle").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: Any,
    found: Waiver,
    *,
    form: DecideWaiverForm | None = None,
    back: TakeBackWaiverForm | None = None,
    status: int = 200,
) -> HttpResponse:
    plan = found.plan
    decides = bool(may(request.actor, "plans.waive", plan)) and plan.state != "submitted"
    context = {
        "district": plan.district,
        "plan": plan,
        "waiver": found,
        "life": WAIVER,
        "form": (form or DecideWaiverForm()) if decides and found.state == "asked" else None,
        "back": (back or TakeBackWaiverForm()) if decides and found.state == "waived" else None,
    }
    return render(request, "plans/waiver.html", context, status=status)
