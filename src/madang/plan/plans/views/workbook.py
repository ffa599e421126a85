"""The plan workbook: handed out, handed in, looked at, and taken in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.ground.files.paper_files import OFFICE, file_name
from madang.ground.files.uploads import too_big
from madang.ground.people.guards import guarded
from madang.ground.people.permissions import NotAllowed
from madang.ground.workflow import UnableTo
from madang.plan.plans import operations
from madang.plan.plans.forms import ConfirmForm, WorkbookForm
from madang.plan.plans.queries import workbook as queries
from madang.plan.plans.views.finding_plans import plan_to_write
from madang.plan.plans.workbook import UnableToReadWorkbook, plan_workbook

SHOWN_PROBLEMS = 100


@guarded("plans.write")
@require_safe
def download(request: Any, district: str, year: int) -> HttpResponse:
    """Hand out the draft as the plan workbook, to be filled in."""
    plan = plan_to_write(request, district, year)
    response = HttpResponse(plan_workbook(plan, at=request.at), content_type=f"{OFFICE}.spreadsheetml.sheet")
    name = file_name(f"{plan.district.name} {plan.fiscal_year} 예산표")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@guarded("plans.write")
def upload(request: Any, district: str, year: int) -> HttpResponse:
    """Take a filled workbook and lead to its preview; nothing is changed yet."""
    plan = plan_to_write(request, district, year)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    problems: tuple[tuple[str, str], ...] = ()
    if request.method == "POST":
        form = WorkbookForm(request.POST, request.FILES)
        refused = too_big(request, "file")
        if refused:
            form.refuse(refused)
        elif form.is_valid():
            given = form.cleaned_data["file"]
            try:
                kept = operations.keep_workbook(
                    plan=plan,
                    content=given.read(),
                    name=given.name,
                    content_type=given.content_type or "",
                    actor=request.actor,
                    at=request.at,
                )
            except NotAllowed:
                raise
            except UnableToReadWorkbook as refusal:
                problems = refusal.problems
                form.refuse(str(refusal.reason))
            except UnableTo as refusal:
                form.refuse(str(refusal.reason))
            else:
                return redirect("plans:workbook_preview", plan.district.slug, year, kept.pk)
    context = {
        "district": plan.district,
        "plan": plan,
        "form": form,
        "problems": problems[:SHOWN_PROBLEMS],
        "problem_count": len(problems),
    }
    return render(request, "plans/workbook.html", context, status=422 if form.errors else 200)


@guarded("plans.write")
def preview(request: Any, district: str, year: int, number: int) -> HttpResponse:
    """Show what a kept workbook would change; confirmed, take it in whole or not at all."""
    plan = plan_to_write(request, district, year)
    file = queries.kept_workbook(plan, number)
    if file is None:
        raise Http404
    try:
        if request.method == "POST":
            form = ConfirmForm(request.POST)
            draft = form.cleaned_data["draft_sha256"] if form.is_valid() else ""
            operations.import_workbook(plan=plan, file=file, draft_sha256=draft, actor=request.actor, at=request.at)
            messages.success(request, _("엑셀에 적은 것을 모두 반영했어요."))
            return redirect("plans:plan", plan.district.slug, year)
        seen = queries.preview(queries.content_of(file), plan)
    except NotAllowed:
        raise
    except operations.UnableToImport as refusal:
        messages.error(request, str(refusal.reason), extra_tags="stop")
        return redirect(request.path)
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason), extra_tags="stop")
        return redirect("plans:workbook", plan.district.slug, year)
    context = {
        "district": plan.district,
        "plan": plan,
        "file": file,
        "seen": seen,
        "form": ConfirmForm(initial={"draft_sha256": seen.draft_sha256}),
    }
    return render(request, "plans/workbook_preview.html", context)
