from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from madang.decide.agendas.models import Agenda
from madang.ground.people.actors import Actor
from madang.ground.workflow import UnableTo
from madang.plan.plans.models import Plan, Project, Task
from madang.plan.plans.operations.editing import UnableToEdit, editing
from madang.plan.plans.states import Part

PREFIX = {Part.SECTORAL: "S", Part.FOUNDATION: "F"}
EDITABLE = frozenset(
    {
        "title",
        "one_line",
        "period",
        "ends_within_year",
        "need",
        "links",
        "goals",
        "direction",
        "last_year",
        "method",
        "publicity",
        "monitoring",
        "effects",
        "parties",
        "schedule",
        "indicators",
        "joint_departments",
        "joint_partners",
        "joint_when",
        "joint_how",
        "transfer_reason",
        "run_by_administration_alone",
        "not_fundable",
        "task",
    }
)


class UnableToAddProject(UnableTo):
    """The project cannot be added to the plan."""


def add_project_from_agenda(
    *, plan: Plan, agenda: Agenda, part: Part = Part.SECTORAL, task: Task | None = None, actor: Actor, at: datetime
) -> Project:
    """Make a project of an agenda that the priority vote has chosen.

    Raises ``UnableToAddProject`` for an agenda of another district, one that was not chosen, and one that is in the
    plan already.
    """
    with editing("plans.add_project_from_agenda", plan=plan, actor=actor, at=at):
        agenda = Agenda.objects.select_for_update(of=("self",)).select_related("district", "cycle").get(pk=agenda.pk)
        if agenda.district_id != plan.district_id:
            raise UnableToAddProject(_("다른 구의 의제예요."))
        if agenda.state != "chosen":
            raise UnableToAddProject(
                _("투표로 뽑힌 의제만 실행계획에 담을 수 있어요. 「%(title)s」 의제는 지금 「%(state)s」 상태예요.")
                % {"title": agenda.title, "state": agenda.get_state_display()}
            )
        if plan.projects.filter(agenda=agenda).exists():
            raise UnableToAddProject(_("「%(title)s」 의제는 이미 실행계획에 있어요.") % {"title": agenda.title})
        return _add(plan, part, title=agenda.title, need=agenda.summary, agenda=agenda, task=task, at=at)


def add_foundation_project(*, plan: Plan, title: str, task: Task | None = None, actor: Actor, at: datetime) -> Project:
    """Add a project of governance-foundation work (협치기반구축), which needs no agenda (PLAN-3)."""
    if not title.strip():
        raise UnableToAddProject(_("제목을 적어 주세요."), field="title")
    with editing("plans.add_foundation_project", plan=plan, actor=actor, at=at):
        return _add(plan, Part.FOUNDATION, title=title.strip(), task=task, at=at)


def _add(plan: Plan, part: Part, *, title: str, task: Task | None, at: datetime, **values: Any) -> Project:
    if task is not None and task.plan_id != plan.pk:
        raise UnableToAddProject(_("다른 계획의 추진과제예요."), field="task")
    taken = [int(number[1:]) for number in plan.projects.filter(part=part).values_list("number", flat=True)]
    number = f"{PREFIX[part]}{max(taken, default=0) + 1}"
    period = _("%(year)d년 1월 – 12월") % {"year": plan.fiscal_year}
    return Project.objects.create(
        plan=plan, part=part, number=number, title=title, task=task, period=period, created_at=at, **values
    )


def edit_project(*, project: Project, actor: Actor, at: datetime, **changes: Any) -> None:
    """Change the texts, people and joint operation of a project; amounts change by ``save_budget`` alone.

    Raises ``UnableToEdit`` for a task of another plan, a blank title, or a column that is not a text of the project.
    """
    if unknown := set(changes) - EDITABLE:
        raise UnableToEdit(_("고칠 수 없는 칸이에요: %(name)s") % {"name": sorted(unknown)[0]})
    task = changes.get("task")
    if task is not None and task.plan_id != project.plan_id:
        raise UnableToEdit(_("다른 계획의 추진과제예요."), field="task")
    if "title" in changes and not changes["title"].strip():
        raise UnableToEdit(_("제목을 적어 주세요."), field="title")
    with editing("plans.edit_project", plan=project.plan, actor=actor, at=at):
        for name, value in changes.items():
            setattr(project, name, value)
        project.save(update_fields=sorted(changes))


def remove_project(*, project: Project, reason: str, actor: Actor, at: datetime) -> None:
    """Take a project out of the draft, with a reason; versions that have it stay as they are."""
    if not reason.strip():
        raise UnableToEdit(_("빼는 까닭을 적어 주세요."), field="reason")
    with editing("plans.remove_project", plan=project.plan, actor=actor, at=at, reason=reason.strip()):
        project.delete()
