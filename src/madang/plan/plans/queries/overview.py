"""A plan as its page shows it: goals, tasks and projects with totals, all derived from one content."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from madang.engines import rulebook
from madang.plan.plans.queries.documents import Document
from madang.plan.plans.sections import SECTIONS, Section


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project in the plan's tree, with its amounts and the number of findings that block it."""

    number: str
    title: str
    one_line: str
    part: str
    agenda: str
    amounts: rulebook.Amounts
    blocked: int


@dataclass(slots=True)
class TaskRow:
    """A task with its projects."""

    number: str
    title: str
    summary: str
    projects: list[ProjectRow] = field(default_factory=list)


@dataclass(slots=True)
class GoalRow:
    """A goal with its tasks."""

    number: str
    title: str
    summary: str
    tasks: list[TaskRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Overview:
    """A whole plan: the tree, projects that belong to no task, the totals, and what the rulebook says of it."""

    goals: tuple[GoalRow, ...]
    loose: tuple[ProjectRow, ...]
    summary: rulebook.Summary
    judgement: rulebook.Judgement


def overview(
    content: Document,
    judgement: rulebook.Judgement | None = None,
    waived: Collection[rulebook.Finding] = (),
) -> Overview:
    """Return a content as the plan's page shows it; without a judgement the content itself is judged.

    Findings in ``waived`` do not count as blocking a project.
    """
    facts = rulebook.plan_from_dict(content["plan"])
    view = view_of(content)
    judged = judgement or rulebook.judge(facts, view)
    summary = rulebook.summary(facts, view)
    rows = {entry["id"]: _row(entry, content, summary, judged, waived) for entry in content["plan"]["projects"]}
    goals = {goal["number"]: GoalRow(**goal) for goal in content["base"]["goals"]}
    placed: set[str] = set()
    for task in content["base"]["tasks"]:
        row = TaskRow(task["number"], task["title"], task["summary"])
        for entry in content["plan"]["projects"]:
            if entry["task"] == task["number"]:
                row.projects.append(rows[entry["id"]])
                placed.add(entry["id"])
        goals[task["goal"]].tasks.append(row)
    loose = tuple(row for number, row in rows.items() if number not in placed)
    return Overview(tuple(goals.values()), loose, summary, judged)


def view_of(content: Document) -> rulebook.View:
    """Return the rulebook by which a content is judged: that of the last day of submission."""
    plan = content["plan"]
    day = rulebook.plan_day(plan["planning_year"], plan["rulebook"])
    return rulebook.on(day, plan["district"], edition=plan["rulebook"])


def _row(
    entry: Document,
    content: Document,
    summary: rulebook.Summary,
    judged: rulebook.Judgement,
    waived: Collection[rulebook.Finding],
) -> ProjectRow:
    written = content["projects"][entry["id"]]
    blocked = sum(
        found.severity is rulebook.Severity.BLOCK and found.where.project == entry["id"] and found not in waived
        for found in judged.findings
    )
    return ProjectRow(
        entry["id"],
        entry["title"],
        written["one_line"],
        entry["part"],
        written["agenda"],
        summary.projects[entry["id"]],
        blocked,
    )


def written_sections(content: Document, part: str) -> list[tuple[Section, str]]:
    """Return the sections of one document that are written, with their texts."""
    texts = content.get(part, {}).get("texts", {})
    return [(section, texts[section.key]) for section in SECTIONS if section.part == part and section.key in texts]
