"""A plan as facts for the rulebook, and what the rulebook says about it and about what was recorded beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from madang.engines import rulebook
from madang.ground.bodies.queries import council_of, member_facts, members_on
from madang.ground.bodies.states import BodyKind
from madang.plan.plans.models import Line, Plan, Project
from madang.plan.plans.models.projects import AMOUNTS
from madang.plan.plans.queries.documents import Document, draft_content, grant_kwon, project_order
from madang.plan.plans.queries.site_rules import plan_records


def rulebook_of(plan: Plan) -> rulebook.View:
    """Return the rulebook by which a plan is judged: that of the last day of submission of its planning year."""
    cycle = plan.cycle
    day = rulebook.plan_day(cycle.planning_year, cycle.rulebook)
    return rulebook.on(day, plan.district.name, edition=cycle.rulebook)


LINE = ("project_id", "pk", "item", *AMOUNTS, "basis", "flags", "reason", "register_of_goods", "nature")
PROJECT = (
    "plan_id",
    "part",
    "number",
    "title",
    "task__number",
    "joint_departments",
    "joint_partners",
    "joint_when",
    "joint_how",
    "transfer_reason",
    "run_by_administration_alone",
    "not_fundable",
)


def _lines_by_project(plan: Plan) -> dict[int, list[rulebook.Line]]:
    """Return the lines of a plan as facts by project, in one query; a line's own name is its number in the database.

    Plain rows, not model instances: this runs at every keystroke in a budget.
    """
    found: dict[int, list[rulebook.Line]] = defaultdict(list)
    rows = Line.objects.filter(project__plan=plan).order_by("order", "id").values_list(*LINE)
    for project_id, pk, item, city, district, national, other, basis, flags, reason, registered, nature in rows:
        found[project_id].append(
            rulebook.Line(
                item=item,
                city=city,
                district=district,
                national=national,
                other=other,
                basis=basis,
                flags=frozenset(flags),
                reason=reason,
                register_of_goods=registered,
                nature=nature or None,
                ref=str(pk),
            )
        )
    return found


def project_facts(project: Project, lines: Sequence[rulebook.Line]) -> rulebook.Project:
    """Return a project with lines as a fact."""
    return rulebook.Project(
        id=project.number,
        part=project.part,  # type: ignore[arg-type]
        lines=tuple(lines),
        title=project.title,
        task=project.task.number if project.task else "",
        joint_operation=rulebook.JointOperation(
            tuple(project.joint_departments), tuple(project.joint_partners), project.joint_when, project.joint_how
        ),
        transfer_reason=project.transfer_reason,
        run_by_administration_alone=project.run_by_administration_alone,
        not_fundable=tuple(sorted(set(project.not_fundable))),
    )


def plan_facts(plan: Plan, *, day: date | None = None, draft: rulebook.Project | None = None) -> rulebook.PlanFacts:
    """Return the facts of a plan in at most seven queries.

    With a ``day`` the council's members of that day are in them. A ``draft`` stands in the place of the stored
    project of the same number, so that what is being typed can be judged before it is saved.
    """
    found = plan.projects.select_related("task").only(*PROJECT)
    lines = _lines_by_project(plan)
    projects = [
        draft if draft is not None and draft.id == project.number else project_facts(project, lines[project.pk])
        for project in sorted(found, key=project_order)
    ]
    return rulebook.PlanFacts(
        district=plan.district.name,
        planning_year=plan.cycle.planning_year,
        fiscal_year=plan.fiscal_year,
        city_grant=grant_kwon(plan),
        members=None if day is None else _council(plan, day),
        tasks=tuple(rulebook.Task(task.number, task.title) for task in plan.tasks.all()),
        projects=tuple(projects),
        rulebook=plan.cycle.rulebook,
    )


def _council(plan: Plan, day: date) -> tuple[rulebook.Member, ...] | None:
    council = council_of(plan.district, day)
    if council is None or council.kind != BodyKind.COUNCIL:
        return None
    return member_facts(members_on(council, day))


def judge_plan(plan: Plan, *, day: date, content: Document | None = None) -> rulebook.Judgement:
    """Judge a plan with the council of a day: the rulebook's findings and those from this room's own records.

    ``content`` is the draft's content where it has been read already.
    """
    return judge_facts(*draft_facts(plan, day=day, content=content), rulebook_of(plan))


def draft_facts(
    plan: Plan, *, day: date, content: Document | None = None
) -> tuple[rulebook.PlanFacts, rulebook.PlanRecords]:
    """Return everything that a draft is judged by: its facts with the council of a day, and this room's records."""
    content = content or draft_content(plan)
    facts = replace(rulebook.plan_from_dict(content["plan"]), members=_council(plan, day))
    return facts, plan_records(plan, content, day=day)


def judge_facts(facts: rulebook.PlanFacts, records: rulebook.PlanRecords, view: rulebook.View) -> rulebook.Judgement:
    """Judge a plan's file and what was recorded beside it by the rulebook; nothing else is read."""
    judged, recorded = rulebook.judge(facts, view), rulebook.judge_records(records, view)
    findings = sorted(
        (*judged.findings, *recorded.findings),
        key=lambda found: (list(rulebook.Severity).index(found.severity), found.where.order),
    )
    elsewhere = (entry for entry in judged.not_judged if entry.rule not in recorded.rules or entry.rule == "PLAN-7")
    return replace(judged, findings=tuple(findings), not_judged=(*elsewhere, *recorded.not_judged))
