"""What follows the approval: where the plan was handed out, and who signed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.ground.files.handing_out import stored_file_response
from madang.ground.files.uploads import too_big
from madang.ground.people.guards import guarded, open_to_all
from madang.ground.people.permissions import NotAllowed, may, require
from madang.ground.workflow import UnableTo
from madang.plan.plans import operations
from madang.plan.plans.forms.opinions import AgreementForm, HandoutForm
from madang.plan.plans.models import Plan
from madang.plan.plans.queries.plans import approved_version
from madang.plan.plans.queries.site_rules import partners_of
from madang.plan.plans.views.finding_plans import plan_for


@open_to_all
@require_safe
def spreading(request: Any, district: str, year: int) -> HttpResponse:
    """Show where the approved plan was handed out and with whom it was agreed."""
    return _page(request, plan_for(request, district, year))


@guarded("plans.spread")
@require_POST
def handout(request: Any, district: str, year: int) -> HttpResponse:
    """Record where the plan was handed out."""
    plan = _plan_to_spread(request, district, year)
    form = HandoutForm(request.POST)
    if form.is_valid():
        try:
            operations.record_handout(plan=plan, actor=request.actor, at=request.at, **form.cleaned_data)
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("나눈 곳을 남겼어요."))
            return redirect("plans:spreading", district, year)
    return _page(request, plan, handout_form=form)


@guarded("plans.spread")
@require_POST
def agreement(request: Any, district: str, year: int) -> HttpResponse:
    """Record which partners signed."""
    plan = _plan_to_spread(request, district, year)
    form = AgreementForm(request.POST, request.FILES, plan=plan)
    refused = too_big(request, "document")
    if refused:
        form.add_error("document", refused)
    elif form.is_valid():
        partners, signed_on = form.cleaned_data["partners"], form.cleaned_data["signed_on"]
        said = {"plan": plan, "partners": partners, "signed_on": signed_on, "document": form.given()}
        try:
            operations.record_agreements(**said, actor=request.actor, at=request.at)
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("협약을 남겼어요."))
            return redirect("plans:spreading", district, year)
    return _page(request, plan, agreement_form=form)


@guarded("plans.spread")
@require_safe
def agreement_document(request: Any, district: str, year: int, number: int) -> HttpResponse:
    """Hand out the signed document of an agreement."""
    plan = _plan_to_spread(request, district, year)
    found = plan.agreements.select_related("document").filter(pk=number).first()
    return stored_file_response(found.document if found else None)


def _plan_to_spread(request: Any, district: str, year: int) -> Plan:
    plan = plan_for(request, district, year)
    require(request.actor, "plans.spread", plan)
    return plan


def _page(
    request: Any,
    plan: Plan,
    *,
    handout_form: HandoutForm | None = None,
    agreement_form: AgreementForm | None = None,
) -> HttpResponse:
    version = approved_version(plan)
    agreements = list(plan.agreements.select_related("document"))
    signed = {one.partner for one in agreements}
    can_write = version is not None and bool(may(request.actor, "plans.spread", plan))
    context = {
        "district": plan.district,
        "plan": plan,
        "version": version,
        "handouts": list(plan.handouts.all()),
        "agreements": agreements,
        "open_partners": [name for name in (partners_of(version.content) if version else ()) if name not in signed],
        "handout_form": (handout_form or HandoutForm()) if can_write else None,
        "agreement_form": (agreement_form or AgreementForm(plan=plan)) if can_write else None,
    }
    failed = handout_form is not None or agreement_form is not None
    return render(request, "plans/spreading.html", context, status=422 if failed else 200)
