"""What a filled workbook may not change or hold, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from madang.engines import rulebook
from madang.engines.rulebook.workbook import MEMBERS_SHEET, PLAN_SHEET, PROJECTS_SHEET, TASKS_SHEET
from madang.engines.rulebook.workbook.layout import LINE_COLUMNS, PROJECT_COLUMNS
from madang.plan.plans.workbook.reading import PlanFile

MOST_KWON = 2_000_000_000
MOST_LINES = 200
LONGEST_LINE = {"basis": 300, "reason": 2000}
LONGEST_PROJECT = {"title": 200, "transfer_reason": 4000}
LONGEST_JOINT = {"departments": 200, "private_partners": 200, "when": 200, "how": 4000}
LINE_TITLES = {key: title for title, (key, _read) in LINE_COLUMNS.items()}
PROJECT_TITLES = {key.removeprefix("joint_operation."): title for title, (key, _read) in PROJECT_COLUMNS.items()}
FRAME = ("district", "planning_year", "fiscal_year", "rulebook", "city_grant")

Problems = Iterator[tuple[str, str]]


def problems_of(draft: rulebook.PlanFacts, file: PlanFile) -> list[tuple[str, str]]:
    """Return what keeps a workbook from being taken, as pairs of a cell or sheet and what is expected there."""
    tasks = {task.id for task in draft.tasks or ()} | {""}
    found = [*_frame(draft, file.facts), *_projects(draft, file)]
    known = {project.id for project in draft.projects or ()}
    for project in file.facts.projects or ():
        if project.id in known:
            found += [*_texts(project, file, tasks), *_lines(project, file)]
    return found


def _frame(draft: rulebook.PlanFacts, filled: rulebook.PlanFacts) -> Problems:
    """Yield the sheets that only the site's pages change."""
    if any(getattr(draft, name) != getattr(filled, name) for name in FRAME):
        yield PLAN_SHEET, _("이 시트는 고치지 않아요. 자치구, 연도, 시 보조금은 마당의 기록을 따라요.")
    if filled.tasks is not None and draft.tasks != filled.tasks:
        yield TASKS_SHEET, _("이 시트는 고치지 않아요. 추진과제는 ‘목표와 추진과제’ 화면에서 고쳐 주세요.")
    if filled.members is not None:
        yield MEMBERS_SHEET, _("위원은 이 파일로 고치지 않아요.")


def _projects(draft: rulebook.PlanFacts, file: PlanFile) -> Problems:
    before = {project.id: project.part for project in draft.projects or ()}
    filled = {project.id: project.part for project in file.facts.projects or ()}
    for number in before.keys() - filled.keys():
        yield PROJECTS_SHEET, _("%(number)s 줄이 없어요. 세부사업을 빼는 일은 화면에서 해 주세요.") % {"number": number}
    for number, part in filled.items():
        if number not in before:
            cell = file.project_cell(number, PROJECT_TITLES["id"])
            yield cell, _("계획에 없는 번호예요. 세부사업을 더하는 일은 화면에서 해 주세요.")
        elif before[number] != part:
            yield file.project_cell(number, PROJECT_TITLES["part"]), _("구분은 이 파일로 바꾸지 않아요.")


def _texts(project: rulebook.Project, file: PlanFile, tasks: set[str]) -> Problems:
    joint = project.joint_operation or rulebook.JointOperation()
    values = {name: getattr(project, name) or "" for name in LONGEST_PROJECT}
    values |= {name: getattr(joint, name) for name in LONGEST_JOINT}
    for name, longest in (LONGEST_PROJECT | LONGEST_JOINT).items():
        words = values[name]
        if any(len(one) > longest for one in ((words,) if isinstance(words, str) else words)):
            yield file.project_cell(project.id, PROJECT_TITLES[name]), too_long(longest)
    if not project.title.strip():
        yield file.project_cell(project.id, PROJECT_TITLES["title"]), _("제목을 적어 주세요.")
    if (project.task or "") not in tasks:
        yield file.project_cell(project.id, PROJECT_TITLES["task"]), _("계획에 있는 추진과제 번호여야 해요.")


def _lines(project: rulebook.Project, file: PlanFile) -> Problems:
    for place, line in enumerate(project.lines):
        for source in rulebook.SOURCES:
            if getattr(line, source) > MOST_KWON:
                yield file.line_cell(project.id, place, LINE_TITLES[source]), _("20억 천원보다 클 수 없어요.")
        for name, longest in LONGEST_LINE.items():
            if len(getattr(line, name) or "") > longest:
                yield file.line_cell(project.id, place, LINE_TITLES[name]), too_long(longest)
        if place == MOST_LINES:
            cell = file.line_cell(project.id, place, LINE_TITLES["item"])
            yield cell, _("한 세부사업에는 %(most)d줄까지 둘 수 있어요.") % {"most": MOST_LINES}


def too_long(longest: int) -> str:
    """Say how long a text may be."""
    return _("%(most)d자까지 쓸 수 있어요.") % {"most": longest}
