from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from madang.ground.cycles.queries import current_cycle
from madang.ground.people.guards import open_to_all
from madang.ground.people.permissions import may
from madang.ground.places.queries import district_or_404
from madang.plan.plans.models import Evaluation, Plan, PlanVersion
from madang.plan.plans.queries import chosen_agendas, plan_of_year, plan_status, plans_of, read_plan
from madang.plan.plans.queries.documents import Document, export_plan
from madang.plan.plans.queries.evaluations import Rerun, UnableToRerun, evaluation_of, frozen_judgement, rerun
from madang.plan.plans.queries.opinions import open_rounds_of, rounds_of
from madang.plan.plans.queries.overview import overview, written_sections
from madang.plan.plans.queries.plans import versions_of
from madang.plan.plans.queries.sheet import sheet
from madang.plan.plans.queries.waivers import marks_of, ruling
from madang.plan.plans.states import PLAN
from madang.plan.plans.views.finding_plans import plan_for


@open_to_all
def plans(request: Any, district: str) -> HttpResponse:
    """List the district's plans by year; drafts only to those who may read them."""
    place = district_or_404(district)
    cycle = current_cycle(timezone.localdate(request.at))
    subject = Plan(district=place)
    can_start = bool(
        cycle and may(request.actor, "plans.write", subject) and plan_of_year(place, cycle.carrying_out_year) is None
    )
    context = {
        "district": place,
        "plans": plans_of(place, request.actor),
        "life": PLAN,
        "can_start": can_start,
        "cycle": cycle,
        "open_rounds": list(open_rounds_of(place, timezone.localdate(request.at))),
        "reads_drafts": may(request.actor, "plans.read_draft", subject),
    }
    return render(request, "plans/plans.html", context)


@open_to_all
def plan(request: Any, district: str, year: int) -> HttpResponse:
    """Show a plan: its draft to the district's own, the approved version to everybody."""
    found = plan_for(request, district, year)
    content, version = read_plan(found, request.actor)
    inside = version is None
    day, rounds = timezone.localdate(request.at), list(rounds_of(found))
    if version is None:
        ruled = ruling(found, day=day, content=content)
        judgement, marks = ruled.judgement, marks_of(ruled, found)
    else:
        judgement, marks = frozen_judgement(version)
    context = {
        "district": found.district,
        "plan": found,
        "content": content,
        "version": version,
        "inside": inside,
        "whole": overview(content, judgement, {one for one, mark in marks.items() if mark.waiver}),
        "marks": marks,
        "can_ask": inside and found.state != "submitted" and may(request.actor, "plans.ask_waiver", found),
        "reads_waivers": inside and found.waivers.exists(),
        "rounds": rounds,
        "opinion_count": sum(one.said for one in rounds),
        "opinions_waiting": sum(one.waiting for one in rounds),
        "handouts": list(found.handouts.all()),
        "agreements": list(found.agreements.values_list("partner", flat=True)),
        "base_texts": written_sections(content, "base"),
        "action_texts": written_sections(content, "action"),
        "process_texts": written_sections(content, "process"),
        "versions": versions_of(found) if inside else [],
        "status": plan_status(found, content) if inside else None,
        "waiting_agendas": chosen_agendas(found).count() if inside else 0,
        "can_write": may(request.actor, "plans.write", found),
        "life": PLAN,
    }
    return render(request, "plans/plan.html", context)


@open_to_all
def version(request: Any, district: str, year: int, number: int) -> HttpResponse:
    """Show one frozen version with its hash; one that does not stand in public only to the district's own."""
    found = plan_for(request, district, year)
    frozen = _version_or_404(request, found, number)
    judgement, marks = frozen_judgement(frozen)
    evaluation = evaluation_of(frozen)
    context = {
        "district": found.district,
        "plan": found,
        "frozen": frozen,
        "approval": getattr(frozen, "approval", None),
        "whole": overview(frozen.content, judgement, marks),
        "marks": marks,
        "evaluation": evaluation,
        "again": _again(evaluation) if evaluation is not None and "again" in request.GET else None,
    }
    return render(request, "plans/version.html", context)


def _again(evaluation: Evaluation) -> Rerun | UnableToRerun:
    """Judge a kept evaluation again, or say why that is not possible."""
    try:
        return rerun(evaluation)
    except UnableToRerun as refusal:
        return refusal


def _version_or_404(request: Any, found: Plan, number: int) -> PlanVersion:
    frozen = found.versions.select_related("approval__motion__meeting__body").filter(number=number).first()
    if frozen is None:
        raise Http404
    in_public = found.is_public and hasattr(frozen, "approval")
    if not in_public and not may(request.actor, "plans.read_draft", found):
        raise Http404
    return frozen


@open_to_all
def project(request: Any, district: str, year: int, number: str) -> HttpResponse:
    """Show a project as a sheet that prints on A4 (appendix 6)."""
    found = plan_for(request, district, year)
    content, frozen = read_plan(found, request.actor)
    page = sheet(content, number)
    if page is None:
        raise Http404
    context = {
        "district": found.district,
        "plan": found,
        "version": frozen,
        "status": plan_status(found, content) if frozen is None else None,
        "sheet": page,
        "can_write": may(request.actor, "plans.write", found),
        "waived": _waived_in(found, frozen, number, content, timezone.localdate(request.at)),
    }
    return render(request, "plans/project.html", context)


def _waived_in(plan: Plan, frozen: PlanVersion | None, number: str, content: Document, day: date) -> list[Any]:
    """Return what the city let pass in one project, each finding with its waiver."""
    if frozen is not None:
        marks = frozen_judgement(frozen)[1]
        return [(found, mark.waiver) for found, mark in marks.items() if found.where.project == number]
    if not plan.waivers.filter(state="waived").exists():
        return []
    ruled = ruling(plan, day=day, content=content)
    return [(found, waiver) for found, waiver in ruled.waivers.items() if found.where.project == number]


@open_to_all
def export(request: Any, district: str, year: int) -> HttpResponse:
    """Hand out the plan in the madang-plan/1 format, which `madang check` reads."""
    found = plan_for(request, district, year)
    content, frozen = read_plan(found, request.actor)
    day = timezone.localdate(request.at)
    document = export_plan(found, day=day) if frozen is None else content["plan"]
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{found.district.slug}-{year}-plan.json"'
    return response
