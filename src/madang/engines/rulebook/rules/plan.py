"""What a plan must be made of, as far as the plan alone shows it: PLAN-3, 7 and 10."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import PARTS, PlanFacts
from ..findings import PLAN, Finding, NotJudged, Severity
from ..laid import project_place
from ..view import View
from .say import Both, found, left_out

Results = Iterator[Finding | NotJudged]

PART_NAMES = {
    "foundation": Both("협치기반구축", "foundation work"),
    "sectoral": Both("분야별 협치과제", "sectoral work"),
}


def both_parts(facts: PlanFacts, view: View) -> Results:
    """PLAN-3: the plan contains foundation and sectoral work (G 2.2.3(3))."""
    if facts.projects is None:
        yield left_out("PLAN-3", "projects")
        return
    for part in PARTS:
        if not any(project.part == part for project in facts.projects):
            name = PART_NAMES[part]
            message = Both(f"{name.ko} 사업이 없어요.", f"The plan has no {name.en}.")
            remedy = Both(f"{name.ko} 사업을 하나 이상 넣어 주세요.", f"Add at least one project of {name.en}.")
            yield found("PLAN-3", view, PLAN, message, remedy)


def tasks_of_base_plan(facts: PlanFacts, view: View) -> Results:
    """PLAN-7: every project belongs to a task of the base plan and is carried out in the year after planning."""
    years = view.number("plan.fiscal_year_after_planning")
    if facts.fiscal_year != facts.planning_year + years:
        message = Both(
            f"{facts.planning_year}년에 세운 계획의 회계연도가 {facts.fiscal_year}년이에요.",
            f"A plan made in {facts.planning_year} has fiscal year {facts.fiscal_year}.",
        )
        remedy = Both(
            f"회계연도가 {facts.planning_year + years}년인지 확인해 주세요.",
            f"Check whether the fiscal year is {facts.planning_year + years}.",
        )
        yield found("PLAN-7", view, PLAN, message, remedy, severity=Severity.WARN)
    if facts.tasks is None or facts.projects is None:
        yield left_out("PLAN-7", "tasks" if facts.tasks is None else "projects")
        return
    known = {task.id for task in facts.tasks}
    for position, project in enumerate(facts.projects, 1):
        place = project_place(project, position)
        if project.task is None:
            yield left_out("PLAN-7", "task", place)
        elif project.task not in known:
            message = Both("기본계획의 추진과제에 속하지 않아요.", "The project belongs to no task of the base plan.")
            remedy = Both("추진과제를 골라 주세요.", "Choose the task it belongs to.")
            yield found("PLAN-7", view, place, message, remedy)


def grant_in_range(facts: PlanFacts, view: View) -> Results:
    """PLAN-10: the city grant stays within the range that grading can set (P scale, C1)."""
    low, high = view.number("plan.city_grant_min"), view.number("plan.city_grant_max")
    grant = facts.city_grant
    if grant is None:
        standard = view.number("plan.city_grant_default")
        yield NotJudged(
            "PLAN-10",
            f"‘city_grant’ 항목이 없어서 기본 {standard:,}천원으로 보았어요",
            f"'city_grant' is left out; {standard:,} thousand won are assumed",
        )
    elif grant > high:
        message = Both(
            f"시 보조금 {grant:,}천원이 최대 {high:,}천원을 넘어요.",
            f"The city grant of {grant:,} thousand won is more than {high:,}.",
        )
        remedy = Both(f"{high:,}천원 이하로 정해 주세요.", f"Set it to at most {high:,} thousand won.")
        yield found("PLAN-10", view, PLAN, message, remedy)
    elif grant < low:
        message = Both(
            f"시 보조금 {grant:,}천원이 최소 {low:,}천원보다 적어요.",
            f"The city grant of {grant:,} thousand won is less than {low:,}.",
        )
        remedy = Both("정해진 금액이 맞는지 확인해 주세요.", "Check whether this is the amount set.")
        yield found("PLAN-10", view, PLAN, message, remedy, severity=Severity.WARN)
