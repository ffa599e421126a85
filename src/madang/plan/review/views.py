from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.engines.rulebook import Judgement, Severity
from madang.ground.cycles.queries import current_cycle
from madang.ground.people.guards import guarded
from madang.ground.people.permissions import require
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo
from madang.plan.plans.models import Plan
from madang.plan.plans.queries import plan_of_year, plan_status
from madang.plan.plans.queries.waivers import ruling, standing
from madang.plan.review import operations, queries
from madang.plan.review.forms import LetterForm, ReopenForm


@guarded("review.submit")
def submit(request: Any, district: str, year: int) -> HttpResponse:
    """Submit the approved plan to the city with the letter of form 3-1."""
    plan = _plan_or_404(district, year)
    require(request.actor, "review.submit", plan)
    form = LetterForm(request.POST or None, initial=_last_letter(plan))
    if request.method == "POST" and form.is_valid():
        try:
            operations.submit_plan(plan=plan, letter=form.letter(), actor=request.actor, at=request.at)
        except UnableTo as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("서울시에 냈어요. 접수한 판과 서류를 여기서 볼 수 있어요."))
            return redirect("review:submission", plan.district.slug, plan.fiscal_year)
    context = {
        "district": plan.district,
        "plan": plan,
        "form": form,
        "status": plan_status(plan),
        "judgement": _before_handing_in(plan, timezone.localdate(request.at)),
        "closes_at": queries.last_instant(plan),
        "is_late": request.at >= queries.last_instant(plan),
        "waivers": standing(plan),
    }
    return render(request, "review/submit.html", context)


@guarded("review.read_submission")
def submission(request: Any, district: str, year: int) -> HttpResponse:
    """Show what the city received, or what came late and was kept."""
    plan = _plan_or_404(district, year)
    require(request.actor, "review.read_submission", plan)
    found = queries.submission_of(plan)
    late = list(plan.late_submissions.select_related("version"))
    if found is None and not late:
        raise Http404
    context = {
        "district": plan.district,
        "plan": plan,
        "submission": found,
        "late": late,
        "reopenings": list(plan.reopenings.all()),
        "letter": found or late[0],
        "waivers": standing(plan),
    }
    return render(request, "review/submission.html", context)


@guarded("review.reopen")
def reopen(request: Any, district: str, year: int) -> HttpResponse:
    """Let a late district submit until another day."""
    plan = _plan_or_404(district, year)
    require(request.actor, "review.reopen", plan)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.reopen_submission(plan=plan, actor=request.actor, at=request.at, **form.cleaned_data)
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("다시 열었어요. 구에서 이어서 낼 수 있어요."))
            return redirect("inbox")
    return render(request, "review/reopen.html", {"district": plan.district, "plan": plan, "form": form})


@guarded("review.read_inbox")
def inbox(request: Any) -> HttpResponse:
    """List the plans the city received in the year, and those that came late and were kept."""
    cycle = current_cycle(timezone.localdate(request.at))
    if cycle is None:
        raise Http404
    context = {
        "cycle": cycle,
        "received": list(queries.received(cycle)),
        "late": list(queries.kept_late(cycle)),
    }
    return render(request, "review/inbox.html", context)


def _before_handing_in(plan: Plan, day: date) -> Judgement:
    """Return what still blocks or warns before the plan is handed in (PLAN-9 and all others) and is not waived."""
    ruled, handed = ruling(plan, day=day), queries.handing_in(plan)
    weighing = (Severity.BLOCK, Severity.WARN)
    rest = (found for found in ruled.judgement.findings if found.severity in weighing and found not in ruled.waivers)
    silent = tuple(entry for entry in ruled.judgement.not_judged if entry.rule != "PLAN-9")
    return replace(ruled.judgement, findings=(*handed.findings, *rest), not_judged=silent)


def _plan_or_404(district: str, year: int) -> Plan:
    plan = plan_of_year(district_or_404(district), year)
    if plan is None:
        raise Http404
    return plan


def _last_letter(plan: Plan) -> dict[str, Any]:
    """Start from what was written in a submission that came late, so that nothing is typed twice."""
    kept = plan.late_submissions.first()
    return {name: getattr(kept, name) for name in LetterForm.base_fields} if kept else {}
