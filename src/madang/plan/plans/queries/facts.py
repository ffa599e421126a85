"""A plan as facts for the rulebook, and what the rulebook and this room's own records say about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from madang.engines import rulebook
from madang.ground.bodies.queries import council_of, member_facts, members_on
from madang.ground.bodies.states import BodyKind
from madang.plan.plans.models import Line, Plan, Project
from madang.plan.plans.queries.documents import grant_kwon, project_order
from madang.plan.plans.queries.site_rules import judge_texts


def rulebook_of(plan: Plan) -> rulebook.View:
    """Return the rulebook by which a plan is judged: that of the last day of submission of its planning year."""
    cycle = plan.cycle
    day = rulebook.plan_day(cycle.planning_year, cycle.rulebook)
    return rulebook.on(day, plan.district.name, edition=cycle.rulebook)


def line_facts(line: Line) -> rulebook.Line:
    """Return a line as a fact; its number in the database is its own name."""
    return rulebook.Line(
        item=line.item,
        city=line.city_kwon,
        district=line.district_kwon,
        national=line.national_kwon,
        other=line.other_kwon,
        basis=line.basis,
        flags=frozenset(line.flags),
        reason=line.reason,
        register_of_goods=line.register_of_goods,
        nature=line.nature or None,
        ref=str(line.pk),
    )


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
    found = plan.projects.select_related("task").prefetch_related("lines")
    projects = [
        draft
        if draft is not None and draft.id == project.number
        else project_facts(project, [line_facts(line) for line in project.lines.all()])
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


def judge_plan(plan: Plan, *, day: date, facts: rulebook.PlanFacts | None = None) -> rulebook.Judgement:
    """Judge a plan with the council of a day: the rulebook's findings and those from this room's own records."""
    view = rulebook_of(plan)
    judged = rulebook.judge(facts or plan_facts(plan, day=day), view)
    own, silent = judge_texts(plan, view)
    ruled = {found.rule for found in own} | {entry.rule for entry in silent} | {"PLAN-2"}
    findings = sorted(
        (*judged.findings, *own),
        key=lambda found: (list(rulebook.Severity).index(found.severity), found.where.order),
    )
    not_judged = (*(entry for entry in judged.not_judged if entry.rule not in ruled), *silent)
    return replace(judged, findings=tuple(findings), not_judged=not_judged)
