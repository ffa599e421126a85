"""A plan as documents: the madang-plan/1 export, and the canonical content of a version with its hash."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from madang.ground.bodies.queries import council_of, members_on
from madang.ground.bodies.states import BodyKind
from madang.ground.cycles.queries import year_of
from madang.plan.plans.models import Line, Plan, PlanVersion, Project
from madang.plan.plans.models.projects import SOURCES
from madang.plan.plans.states import TextPart

Document = dict[str, Any]

FORMAT = "madang-plan/1"
VERSION_FORMAT = "madang-plan-version/1"
WRITTEN = (
    "one_line",
    "period",
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
    "ends_within_year",
)


def export_plan(plan: Plan, *, day: date | None = None) -> Document:
    """Return the plan in the madang-plan/1 format (interfaces.md), amounts in thousand won.

    With a ``day`` the council's members of that day are in it, without their names.
    """
    document = _document(plan, _projects(plan))
    if day is not None:
        council = council_of(plan.district, day)
        if council is not None and council.kind == BodyKind.COUNCIL:
            document["members"] = [
                {
                    "class": member.member_class,
                    "elected": member.elected,
                    "appointed": member.appointed,
                    "gender": member.gender,
                }
                for member in members_on(council, day)
            ]
    return document


def version_content(version: PlanVersion) -> Document:
    """Return the content of a frozen version: ``plan`` (madang-plan/1), ``base``, ``action`` and ``projects``."""
    content: Document = version.content
    return content


def draft_content(plan: Plan) -> Document:
    """Return what a version frozen now would contain, in seven queries whatever the size of the plan."""
    projects = _projects(plan)
    texts: dict[str, dict[str, str]] = {part: {} for part in TextPart.values}
    for text in plan.texts.all():
        if text.body.strip():
            texts[text.part][text.key] = text.body
    return {
        "format": VERSION_FORMAT,
        "plan": _document(plan, projects),
        "base": {
            "first_year": plan.base_first_year,
            "last_year": plan.base_last_year,
            "vision": plan.vision,
            "vision_note": plan.vision_note,
            "goals": [
                {"number": goal.number, "title": goal.title, "summary": goal.summary} for goal in plan.goals.all()
            ],
            "tasks": [
                {"number": task.number, "goal": task.goal.number, "title": task.title, "summary": task.summary}
                for task in plan.tasks.select_related("goal")
            ],
            "texts": texts[TextPart.BASE],
        },
        "action": {"texts": texts[TextPart.ACTION]},
        # Absent while empty, so that a version frozen before there was a process statement keeps its hash.
        **({"process": {"texts": texts[TextPart.PROCESS]}} if texts[TextPart.PROCESS] else {}),
        "projects": {project.number: _written(project) for project in projects},
    }


def canonical(content: Document) -> bytes:
    """Return the one byte form of a content: UTF-8 JSON with sorted keys and no spaces."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_hash(content: Document) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def grant_kwon(plan: Plan) -> int | None:
    """Return the city grant set for the district's year in thousand won, or None while it is not set."""
    year = year_of(plan.district, plan.cycle)
    return year.city_grant_kwon if year else None


def project_order(project: Project) -> tuple[str, int]:
    """Return the key by which projects stand: foundation first, as in the guide's forms, then by number."""
    return (project.part, int(project.number[1:]))


def _projects(plan: Plan) -> list[Project]:
    found = plan.projects.select_related("task", "agenda__cycle", "agenda__district").prefetch_related("lines")
    return sorted(found, key=project_order)


def _document(plan: Plan, projects: list[Project]) -> Document:
    grant = grant_kwon(plan)
    return {
        "format": FORMAT,
        "district": plan.district.name,
        "planning_year": plan.cycle.planning_year,
        "fiscal_year": plan.fiscal_year,
        "rulebook": plan.cycle.rulebook,
        **({} if grant is None else {"city_grant": grant}),
        "tasks": [{"id": task.number, "title": task.title} for task in plan.tasks.all()],
        "projects": [_project(project) for project in projects],
    }


def _project(project: Project) -> Document:
    return {
        "id": project.number,
        "title": project.title,
        "part": project.part,
        "task": project.task.number if project.task else "",
        "joint_operation": {
            "departments": project.joint_departments,
            "private_partners": project.joint_partners,
            "when": project.joint_when,
            "how": project.joint_how,
        },
        "transfer_reason": project.transfer_reason,
        "run_by_administration_alone": project.run_by_administration_alone,
        "not_fundable": sorted(set(project.not_fundable)),
        "lines": [_line(line) for line in project.lines.all()],
    }


def _line(line: Line) -> Document:
    return {
        "item": line.item,
        "basis": line.basis,
        **{source: getattr(line, f"{source}_kwon") for source in SOURCES},
        "flags": sorted(line.flags),
        "reason": line.reason,
        "register_of_goods": line.register_of_goods,
        **({"nature": line.nature} if line.nature else {}),
    }


def _written(project: Project) -> Document:
    agenda = project.agenda
    return {
        **{name: getattr(project, name) for name in WRITTEN},
        "agenda": agenda.public_number if agenda else "",
        "agenda_title": agenda.title if agenda else "",
    }
