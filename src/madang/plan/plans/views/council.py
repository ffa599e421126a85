"""A version is frozen and put to the council."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madang.ground.bodies.models import Meeting
from madang.ground.bodies.queries import composition, council_of
from madang.ground.people.guards import guarded
from madang.ground.people.permissions import NotAllowed
from madang.ground.workflow import UnableTo
from madang.plan.plans import operations
from madang.plan.plans.forms import MeetingChoiceForm
from madang.plan.plans.operations.council import UnableToFreeze
from madang.plan.plans.queries import latest_version, plan_facts, plan_status
from madang.plan.plans.queries.waivers import Mark, covered, marks_of, ruling, standing
from madang.plan.plans.views.finding_plans import plan_to_write


@guarded("plans.freeze")
@require_POST
def freeze(request: Any, district: str, year: int) -> HttpResponse:
    """Freeze the draft as a version, or say what blocks."""
    plan = plan_to_write(request, district, year)
    try:
        version = operations.freeze_version(plan=plan, actor=request.actor, at=request.at)
    except NotAllowed:
        raise
    except UnableToFreeze as refusal:
        ruled = ruling(plan, day=timezone.localdate(request.at))
        marks = marks_of(ruled, plan)
        context = {"district": plan.district, "plan": plan, "refusal": refusal, "marks": marks, "can_ask": True}
        return render(request, "plans/not_frozen.html", context, status=409)
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason), extra_tags="stop")
        return redirect("plans:plan", plan.district.slug, year)
    messages.success(request, _("%(number)d판을 확정했어요.") % {"number": version.number})
    return redirect("plans:council", plan.district.slug, year)


@guarded("plans.put_to_council")
def put(request: Any, district: str, year: int) -> HttpResponse:
    """Put the newest version to a meeting of the council."""
    plan = plan_to_write(request, district, year)
    version = latest_version(plan)
    day = timezone.localdate(request.at)
    body = council_of(plan.district, day)
    meetings = Meeting.objects.filter(body=body, state__in=("called", "in_session")).order_by("held_at")
    form = MeetingChoiceForm(request.POST or None, meetings=meetings)
    if request.method == "POST" and version is not None and form.is_valid():
        meeting = form.cleaned_data["meeting"]
        try:
            operations.put_to_council(version=version, meeting=meeting, actor=request.actor, at=request.at)
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("안건으로 올렸어요."))
            return redirect("bodies:meeting", plan.district.slug, meeting.body_id, meeting.pk)
    seen = composition(body, day) if body else None
    waived = covered(standing(plan), seen.findings, plan_facts(plan, day=day)) if seen else {}
    context = {
        "district": plan.district,
        "plan": plan,
        "version": version,
        "marks": {found: Mark(one) for found, one in waived.items()},
        "status": plan_status(plan),
        "body": body,
        "composition": seen,
        "meetings": meetings,
        "form": form,
    }
    return render(request, "plans/council.html", context)
