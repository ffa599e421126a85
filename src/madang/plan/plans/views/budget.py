"""The budget of a project: a grid that is judged while it is typed, and saved when asked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.engines import rulebook
from madang.ground.people.guards import guarded
from madang.ground.workflow import UnableTo
from madang.plan.plans import operations
from madang.plan.plans.categories import category_name
from madang.plan.plans.forms import BudgetDraft
from madang.plan.plans.models import Project
from madang.plan.plans.models.projects import SOURCES
from madang.plan.plans.operations.budget import UnableToSaveBudget, cell_problems
from madang.plan.plans.queries.facts import plan_facts, rulebook_of
from madang.plan.plans.queries.panel import Panel, panel, ways_out
from madang.plan.plans.queries.remedies import Amounts, try_way
from madang.plan.plans.queries.sheet import tenths
from madang.plan.plans.queries.waivers import standing
from madang.plan.plans.states import Flag
from madang.plan.plans.views.finding_plans import project_to_write

STATED = ("current", "capital", "personnel", "facilities", "assets", "private_transfer")


@guarded("plans.write")
def budget(request: Any, district: str, year: int, number: str) -> HttpResponse:
    """Show the grid; on POST judge what is typed, change rows, try a way out, or save."""
    project = project_to_write(request, district, year, number)
    if request.method != "POST":
        return _page(request, project, BudgetDraft.stored(project), unsaved=False)
    draft = BudgetDraft.typed(project, request.POST)
    what, _colon, rest = request.POST.get("do", "").partition(":")
    if request.htmx:
        return render(request, "plans/_live.html", _judged(request, project, draft))
    if what == "save":
        return _save(request, project, draft)
    if what == "add":
        _add_row(request, project, draft)
    elif what == "remove":
        draft.remove(rest)
    elif what == "try":
        _try(request, project, draft, rest)
    return _page(request, project, draft, unsaved=True)


def _save(request: Any, project: Project, draft: BudgetDraft) -> HttpResponse:
    if draft.check():
        try:
            operations.save_budget(
                project=project,
                lines=[row.to_input() for row in draft.rows],
                texts=draft.texts,
                actor=request.actor,
                at=request.at,
            )
        except UnableToSaveBudget as refusal:
            for (place, column), expected in refusal.cells.items():
                draft.rows[place].errors.setdefault(column.removesuffix("_kwon"), expected)
            draft.errors.append(str(refusal.reason))
        except UnableTo as refusal:
            draft.errors.append(str(refusal.reason))
        else:
            messages.success(request, _("예산을 저장했어요."))
            return redirect(request.path)
    return _page(request, project, draft, unsaved=True, status=422)


def _add_row(request: Any, project: Project, draft: BudgetDraft) -> None:
    """Add a row for the chosen item, or for a code that the year's partial table lacks with its stated nature."""
    code = request.POST.get("new_code", "").strip()
    nature = request.POST.get("new_nature", "") if code else ""
    row = draft.add((code or request.POST.get("new_item", ""))[:6], nature if nature in STATED else "")
    found = cell_problems(project, [row.to_input()])
    if (0, "item") in found or (0, "nature") in found:
        draft.remove(row.key)
        draft.errors.append(found.get((0, "item")) or found[0, "nature"])


def _try(request: Any, project: Project, draft: BudgetDraft, rest: str) -> None:
    """Change the typed amounts by one of the exact ways out, without saving."""
    rule, _colon, kind = rest.partition(":")
    shown = _panel(request, project, draft)
    cap = next((bar.cap for bar in shown.bars if bar.cap.rule == rule), None)
    way = next((way for way in ways_out(cap) if way.kind == kind), None) if cap else None
    if cap is None or way is None:
        return
    counted = set(cap.refs)
    amounts = [Amounts([row.amounts[source] for source in SOURCES], row.key in counted) for row in draft.rows]
    left = try_way(amounts, way.kind, way.amount)
    for row, changed in zip(draft.rows, amounts, strict=True):
        if [row.amounts[source] for source in SOURCES] != changed.by_source:
            row.amounts = dict(zip(SOURCES, changed.by_source, strict=True))
            row.write_amounts()
    if left:
        messages.warning(
            request, _("이 세부사업 안에서는 %(left)s천원이 남아요.") % {"left": f"{left:,}"}, extra_tags="warn"
        )
    else:
        messages.info(request, _("이렇게 고쳐 보았어요. 아직 저장하지 않았어요."), extra_tags="info")


def _panel(request: Any, project: Project, draft: BudgetDraft) -> Panel:
    facts = plan_facts(project.plan, day=timezone.localdate(request.at), draft=draft.to_fact())
    return panel(facts, rulebook_of(project.plan), project.number, standing(project.plan))


def _judged(request: Any, project: Project, draft: BudgetDraft) -> dict[str, Any]:
    """Return what a keystroke changes: totals, marks of rows, the panel."""
    shown = _panel(request, project, draft)
    hot = {ref for card in shown.blocking if card.cap for ref in card.cap.refs}
    hot |= {card.finding.where.ref for card in shown.blocking if card.finding.where.ref}
    items = rulebook_of(project.plan).items(project.plan.fiscal_year)
    sums = draft.sums()
    kinds = dict.fromkeys(rulebook.Kind, 0)
    rows = []
    for row in draft.rows:
        item = items.settle(row.item, row.nature or None)
        kinds[item.kind if item else rulebook.Kind.NEITHER] += row.total
        rows.append({"row": row, "name": item.name if item and item.name else row.item, "hot": row.key in hot})
    return {
        "district": project.plan.district,
        "plan": project.plan,
        "project": project,
        "draft": draft,
        "rows": rows,
        "groups": [_group(category, own, total, rows) for category, own, total in draft.groups()],
        "sums": sums,
        "source_sums": [(source, sums[source]) for source in SOURCES],
        "kinds": [
            (kind, kinds[kind], tenths(kinds[kind], sums["total"]))
            for kind in (rulebook.Kind.CURRENT, rulebook.Kind.CAPITAL)
        ],
        "city_percent": tenths(sums["city"], sums["total"]),
        "district_percent": tenths(sums["district"], sums["total"]),
        "panel": shown,
        "blocking_count": len(shown.blocking) + shown.elsewhere,
        "last_day": rulebook.plan_day(project.plan.cycle.planning_year, project.plan.cycle.rulebook),
        "today": timezone.localdate(request.at),
    }


def _group(category: str, own: list[Any], total: int, rows: list[dict[str, Any]]) -> dict[str, Any]:
    keys = {row.key for row in own}
    shown = [entry for entry in rows if entry["row"].key in keys]
    return {"category": category, "name": category_name(category), "rows": shown, "total": total}


def _page(request: Any, project: Project, draft: BudgetDraft, *, unsaved: bool, status: int = 200) -> HttpResponse:
    view = rulebook_of(project.plan)
    items = view.items(project.plan.fiscal_year)
    categories: dict[str, list[rulebook.Item]] = {}
    for item in items:
        categories.setdefault(item.category, []).append(item)
    context = _judged(request, project, draft) | {
        "unsaved": unsaved,
        "choices": [(f"{category_name(code)} ({code})", own) for code, own in sorted(categories.items())],
        "partial": not items.complete,
        "stated": STATED,
        "flags": Flag.choices,
        "has_errors": bool(draft.errors or any(row.errors for row in draft.rows)),
    }
    return render(request, "plans/budget.html", context, status=status)
