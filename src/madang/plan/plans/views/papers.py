"""The plan's papers as files: PDF, HWPX, DOCX and XLSX of the version that a reader may read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.engines.papers import UnableToWritePaper
from madang.ground.files.paper_files import WRITERS, demo_mark, paper_response
from madang.ground.people.guards import open_to_all
from madang.ground.people.permissions import may
from madang.plan.plans.models import Plan, PlanVersion
from madang.plan.plans.papers import UnableToFindProject, plan_paper, project_paper
from madang.plan.plans.queries import plan_status
from madang.plan.plans.queries.documents import content_hash, draft_content
from madang.plan.plans.queries.plans import public_version
from madang.plan.plans.views.finding_plans import plan_for

PROJECT_KINDS = ("pdf", "hwpx", "docx")


@open_to_all
@require_safe
def plan_file(request: Any, district: str, year: int, kind: str) -> HttpResponse:
    """Hand out the whole plan (appendices 4 to 6) in the version that the reader may read."""
    found = plan_for(request, district, year)
    if kind not in WRITERS:
        raise Http404
    version = version_to_print(request, found)
    name = f"{found.district.name} {found.fiscal_year} 지역사회혁신계획 {version.number}판"
    try:
        return paper_response(plan_paper(version, mark=demo_mark()), kind=kind, name=name, at=version.frozen_at)
    except UnableToWritePaper as refusal:
        return _back(request, found, refusal)


@open_to_all
@require_safe
def project_file(request: Any, district: str, year: int, number: str, kind: str) -> HttpResponse:
    """Hand out one agenda action plan (appendix 6)."""
    found = plan_for(request, district, year)
    if kind not in PROJECT_KINDS:
        raise Http404
    version = version_to_print(request, found)
    try:
        paper = project_paper(version, number, mark=demo_mark())
        name = f"{found.district.name} {found.fiscal_year} {number} {paper.title}"
        return paper_response(paper, kind=kind, name=name, at=version.frozen_at)
    except UnableToFindProject as missing:
        raise Http404 from missing
    except UnableToWritePaper as refusal:
        return _back(request, found, refusal)


def version_to_print(request: Any, plan: Plan) -> PlanVersion:
    """Return the version that the reader's papers show; 404 where there is none for them.

    Everybody gets the version that stands in public. Whoever may read drafts gets the draft: the frozen version that
    says the same, else one of the draft that is not kept. ``?version=`` asks for the frozen version of that number.
    """
    inside = bool(may(request.actor, "plans.read_draft", plan))
    public = public_version(plan)
    asked = request.GET.get("version", "")
    if asked:
        frozen = _frozen(plan).filter(number=int(asked)).first() if asked.isdecimal() and len(asked) < 5 else None
        if frozen is None or not (inside or frozen == public):
            raise Http404
        return frozen
    if inside:
        return _draft(plan, request.at)
    if public is None:
        raise Http404
    return public


def _frozen(plan: Plan) -> Any:
    return plan.versions.select_related("approval__motion__meeting__body")


def _draft(plan: Plan, at: Any) -> PlanVersion:
    content = draft_content(plan)
    sha256 = content_hash(content)
    # An approved version comes first: the same content may have been frozen again after a change was taken back.
    same = sorted(_frozen(plan).filter(sha256=sha256), key=lambda one: (hasattr(one, "approval"), one.number))
    if same:
        return same[-1]
    number = plan_status(plan, content).draft
    return PlanVersion(plan=plan, number=number, content=content, sha256=sha256, frozen_at=at)


def _back(request: Any, plan: Plan, refusal: UnableToWritePaper) -> HttpResponse:
    messages.error(request, _("파일을 만들지 못했어요. %(reason)s") % {"reason": refusal})
    return redirect("plans:plan", plan.district.slug, plan.fiscal_year)
