from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madang.ground.cycles.queries import current_cycle
from madang.ground.people.guards import guarded
from madang.ground.people.permissions import NotAllowed
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo
from madang.plan.plans import operations
from madang.plan.plans.forms import AddAgendaForm, FoundationForm, GoalForm, PlanTextsForm, ProjectForm, TaskForm
from madang.plan.plans.states import Part
from madang.plan.plans.views.finding_plans import plan_to_write, project_to_write


@guarded("plans.write")
@require_POST
def start(request: Any, district: str) -> HttpResponse:
    """Start the plan of the running cycle."""
    place = district_or_404(district)
    cycle = current_cycle(timezone.localdate(request.at))
    if cycle is None:
        raise Http404
    try:
        plan = operations.start_plan(district=place, cycle=cycle, actor=request.actor, at=request.at)
    except NotAllowed:
        raise
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason), extra_tags="stop")
        return redirect("plans:plans", place.slug)
    messages.success(request, _("계획을 시작했어요."))
    return redirect("plans:plan", place.slug, plan.fiscal_year)


@guarded("plans.write")
def texts(request: Any, district: str, year: int) -> HttpResponse:
    """Write the vision and the sections of both parts."""
    plan = plan_to_write(request, district, year)
    form = PlanTextsForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            operations.edit_plan(
                plan=plan,
                vision=form.cleaned_data["vision"],
                vision_note=form.cleaned_data["vision_note"],
                texts=form.texts(),
                actor=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("계획의 글을 저장했어요."))
            return redirect("plans:plan", plan.district.slug, year)
    return render(request, "plans/texts.html", {"district": plan.district, "plan": plan, "form": form})


@guarded("plans.write")
def goals(request: Any, district: str, year: int) -> HttpResponse:
    """Write the goals and tasks of the base plan; a number that is there already is changed."""
    plan = plan_to_write(request, district, year)
    kind = request.POST.get("kind", "")
    goal_form = GoalForm(request.POST if kind == "goal" else None, prefix="goal")
    task_form = TaskForm(request.POST if kind == "task" else None, prefix="task", plan=plan)
    form = {"goal": goal_form, "task": task_form}.get(kind)
    if request.method == "POST" and form is not None and form.is_valid():
        save = operations.save_goal if kind == "goal" else operations.save_task
        try:
            save(plan=plan, **form.cleaned_data, actor=request.actor, at=request.at)
        except UnableTo as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("저장했어요."))
            return redirect("plans:goals", plan.district.slug, year)
    context = {
        "district": plan.district,
        "plan": plan,
        "goals": plan.goals.prefetch_related("tasks"),
        "goal_form": goal_form,
        "task_form": task_form,
    }
    return render(request, "plans/goals.html", context)


@guarded("plans.write")
@require_POST
def remove_number(request: Any, district: str, year: int) -> HttpResponse:
    """Remove a goal or a task that nothing hangs on."""
    plan = plan_to_write(request, district, year)
    number = request.POST.get("number", "")
    goal = plan.goals.filter(number=number).first() if request.POST.get("kind") == "goal" else None
    task = plan.tasks.filter(number=number).first() if request.POST.get("kind") == "task" else None
    try:
        if goal is not None:
            operations.remove_goal(goal=goal, actor=request.actor, at=request.at)
        elif task is not None:
            operations.remove_task(task=task, actor=request.actor, at=request.at)
        else:
            raise Http404
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason), extra_tags="stop")
    else:
        messages.success(request, _("지웠어요."))
    return redirect("plans:goals", plan.district.slug, year)


@guarded("plans.write")
def add(request: Any, district: str, year: int) -> HttpResponse:
    """Make a project of a chosen agenda, or add one of foundation work."""
    plan = plan_to_write(request, district, year)
    kind = request.POST.get("kind", "")
    agenda_form = AddAgendaForm(request.POST if kind == "agenda" else None, plan=plan)
    foundation_form = FoundationForm(request.POST if kind == "foundation" else None, plan=plan, prefix="foundation")
    form = {"agenda": agenda_form, "foundation": foundation_form}.get(kind)
    if request.method == "POST" and form is not None and form.is_valid():
        values = form.cleaned_data
        try:
            if kind == "agenda":
                values = {**values, "part": Part(values["part"])}
                made = operations.add_project_from_agenda(plan=plan, **values, actor=request.actor, at=request.at)
            else:
                made = operations.add_foundation_project(plan=plan, **values, actor=request.actor, at=request.at)
        except UnableTo as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.reason))
        else:
            messages.success(request, _("「%(title)s」 세부사업을 만들었어요.") % {"title": made.title})
            return redirect("plans:budget", plan.district.slug, year, made.number)
    context = {
        "district": plan.district,
        "plan": plan,
        "agenda_form": agenda_form,
        "foundation_form": foundation_form,
    }
    return render(request, "plans/add.html", context)


@guarded("plans.write")
def edit(request: Any, district: str, year: int, number: str) -> HttpResponse:
    """Write the texts of a project."""
    project = project_to_write(request, district, year, number)
    form = ProjectForm(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():
        try:
            operations.edit_project(project=project, actor=request.actor, at=request.at, **form.changes())
        except UnableTo as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.reason))
        else:
            messages.success(request, _("세부사업의 글을 저장했어요."))
            return redirect("plans:project", project.plan.district.slug, year, number)
    context = {"district": project.plan.district, "plan": project.plan, "project": project, "form": form}
    return render(request, "plans/edit.html", context)


@guarded("plans.write")
@require_POST
def remove(request: Any, district: str, year: int, number: str) -> HttpResponse:
    """Take a project out of the draft, with a reason."""
    project = project_to_write(request, district, year, number)
    plan = project.plan
    try:
        operations.remove_project(
            project=project, reason=request.POST.get("reason", ""), actor=request.actor, at=request.at
        )
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason), extra_tags="stop")
        return redirect("plans:edit", plan.district.slug, year, number)
    messages.success(request, _("세부사업을 초안에서 뺐어요. 이미 확정한 판에는 그대로 있어요."))
    return redirect("plans:plan", plan.district.slug, year)
