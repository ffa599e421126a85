from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from madang.engines import rulebook
from madang.ground.audit.operations import operation
from madang.ground.cycles.models import Cycle
from madang.ground.cycles.queries import year_of
from madang.ground.cycles.states import Participation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.places.models import District
from madang.ground.workflow import UnableTo
from madang.plan.plans.models import Goal, Plan, PlanText, Task
from madang.plan.plans.sections import known
from madang.plan.plans.states import TextPart

TAKING_PART = (Participation.CARRYING_OUT, Participation.PLANNING)
BASE_YEARS = 3


class UnableToEdit(UnableTo):
    """The plan cannot be started or changed as asked."""


@contextmanager
def editing(name: str, *, plan: Plan, actor: Actor, at: datetime, reason: str = "") -> Iterator[None]:
    """Change a plan in one transaction, one person after another; raises ``UnableToEdit`` once it is submitted."""
    require(actor, "plans.write", plan)
    with operation(name, actor=actor, at=at, reason=reason):
        locked = Plan.objects.select_for_update().get(pk=plan.pk)
        if locked.state == "submitted":
            raise UnableToEdit(
                _("서울시에 낸 계획은 고칠 수 없어요. 고쳐야 하면 서울협치담당관에게 다시 열어 달라고 해 주세요.")
            )
        yield
        Plan.objects.filter(pk=plan.pk).update(edited_at=at)
        plan.edited_at = at


def start_plan(*, district: District, cycle: Cycle, actor: Actor, at: datetime) -> Plan:
    """Start a district's plan of a cycle; a base plan still in force is kept (PLAN-2).

    Raises ``UnableToEdit`` when the district does not take part or the plan is there already.
    """
    require(actor, "plans.write", _Of(district.pk))
    year = year_of(district, cycle)
    if year is None or year.participation not in TAKING_PART:
        raise UnableToEdit(_("이 구는 %(year)d년에 계획을 세우지 않아요.") % {"year": cycle.planning_year})
    if Plan.objects.filter(district=district, cycle=cycle).exists():
        raise UnableToEdit(_("이 해의 계획은 이미 있어요."))
    fiscal_year = cycle.carrying_out_year
    if fiscal_year not in rulebook.fiscal_years(cycle.rulebook):
        raise UnableToEdit(_("%(year)d회계연도의 통계목 표가 아직 없어요.") % {"year": fiscal_year})
    before = Plan.objects.filter(district=district, base_last_year__gte=fiscal_year).order_by("-fiscal_year").first()
    first = before.base_first_year if before else fiscal_year
    with operation("plans.start", actor=actor, at=at):
        plan = Plan.objects.create(
            district=district,
            cycle=cycle,
            fiscal_year=fiscal_year,
            base_first_year=first,
            base_last_year=first + BASE_YEARS - 1,
            edited_at=at,
        )
        if before is not None:
            _keep_base(before, plan)
    return plan


class _Of:
    """Stands for a district that has no plan yet in questions of permission."""

    def __init__(self, district_id: int) -> None:
        self.district_id = district_id


def _keep_base(before: Plan, plan: Plan) -> None:
    """Take over vision, goals, tasks and texts of the base plan that is still in force."""
    plan.vision, plan.vision_note = before.vision, before.vision_note
    plan.save(update_fields=["vision", "vision_note"])
    goals = {
        goal.pk: Goal.objects.create(plan=plan, number=goal.number, title=goal.title, summary=goal.summary)
        for goal in before.goals.all()
    }
    for task in before.tasks.all():
        Task.objects.create(
            plan=plan, goal=goals[task.goal_id], number=task.number, title=task.title, summary=task.summary
        )
    for text in before.texts.filter(part=TextPart.BASE):
        PlanText.objects.create(plan=plan, part=text.part, key=text.key, body=text.body)


def edit_plan(
    *,
    plan: Plan,
    vision: str | None = None,
    vision_note: str | None = None,
    texts: Mapping[tuple[str, str], str] | None = None,
    actor: Actor,
    at: datetime,
) -> None:
    """Write the vision and the sections named by (part, key); what is not named stays as it is.

    Raises ``UnableToEdit`` for a section that the forms do not have (appendices 4 and 5).
    """
    texts = texts or {}
    for part, key in texts:
        if not known(part, key):
            raise UnableToEdit(_("계획에 없는 절이에요: %(key)s") % {"key": key})
    with editing("plans.edit", plan=plan, actor=actor, at=at):
        changes = {"vision": vision, "vision_note": vision_note}
        changed = {name: value for name, value in changes.items() if value is not None}
        for name, value in changed.items():
            setattr(plan, name, value)
        if changed:
            Plan.objects.filter(pk=plan.pk).update(**changed)
        for (part, key), body in texts.items():
            PlanText.objects.update_or_create(plan=plan, part=part, key=key, defaults={"body": body})


def save_goal(*, plan: Plan, number: str, title: str, summary: str = "", actor: Actor, at: datetime) -> Goal:
    """Add a goal or change the one of that number."""
    if not number.strip() or not title.strip():
        raise UnableToEdit(_("번호와 제목을 적어 주세요."))
    with editing("plans.save_goal", plan=plan, actor=actor, at=at):
        values = {"title": title.strip(), "summary": summary.strip()}
        return Goal.objects.update_or_create(plan=plan, number=number.strip(), defaults=values)[0]


def save_task(
    *, plan: Plan, goal: Goal, number: str, title: str, summary: str = "", actor: Actor, at: datetime
) -> Task:
    """Add a task (추진과제) under a goal of the plan or change the one of that number."""
    if not number.strip() or not title.strip():
        raise UnableToEdit(_("번호와 제목을 적어 주세요."))
    if goal.plan_id != plan.pk:
        raise UnableToEdit(_("다른 계획의 목표예요."))
    with editing("plans.save_task", plan=plan, actor=actor, at=at):
        values = {"goal": goal, "title": title.strip(), "summary": summary.strip()}
        return Task.objects.update_or_create(plan=plan, number=number.strip(), defaults=values)[0]


def remove_goal(*, goal: Goal, actor: Actor, at: datetime) -> None:
    """Remove a goal; raises ``UnableToEdit`` while it has tasks."""
    with editing("plans.remove_goal", plan=goal.plan, actor=actor, at=at):
        try:
            goal.delete()
        except ProtectedError as used:
            raise UnableToEdit(_("추진과제가 딸린 목표는 지울 수 없어요.")) from used


def remove_task(*, task: Task, actor: Actor, at: datetime) -> None:
    """Remove a task; raises ``UnableToEdit`` while it has projects (PLAN-7)."""
    with editing("plans.remove_task", plan=task.plan, actor=actor, at=at):
        try:
            task.delete()
        except ProtectedError as used:
            raise UnableToEdit(_("세부사업이 딸린 추진과제는 지울 수 없어요.")) from used
