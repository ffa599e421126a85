"""What a plan is made of and how residents were heard, over the site's records: PLAN-1, 2, 4 to 8 and 11."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..findings import PLAN, Finding, NotJudged, Place, Severity
from ..records import PROCESS_LAST_YEAR, PROCESS_THIS_YEAR, SECTIONS_OF, PlanRecords
from ..view import View
from .say import Both, found

Results = Iterator[Finding | NotJudged]

PART_NAMES = {"base": Both("기본계획", "base plan"), "action": Both("실행계획", "action plan")}
PROCESS = Both("과정설명서", "process statement")
LACKING = {
    "PLAN-4": Both("지난 계획의 성과와 한계, 개선과제", "results, limits and improvement tasks of the last period"),
    "PLAN-5": Both("다음 해 실행계획을 세우는 방법", "how next year's action plan will be made"),
    "PLAN-6": Both("구 주민참여예산을 돕는 내용", "how it supports the district's own participatory budgeting"),
    "PLAN-11": Both("재원 확보 방안(구가 스스로 마련하는 재원)", "the district's own funding plan"),
}


def parts(facts: PlanRecords, view: View) -> Results:
    """PLAN-1: base plan, action plan and process statement (G 2.2.1); last year's course not in the first year."""
    if facts.parts is None:
        yield NotJudged("PLAN-1", "그때는 남기지 않던 기록이에요", "was not recorded at that time")
        return
    missing = [name for part, name in PART_NAMES.items() if part not in facts.parts]
    course = (PROCESS_THIS_YEAR,) if facts.first_year else (PROCESS_THIS_YEAR, PROCESS_LAST_YEAR)
    if any(section not in facts.written for section in course):
        missing.append(PROCESS)
    for name in missing:
        message = Both(f"계획에 {name.ko} 내용이 없어요.", f"The plan lacks its {name.en}.")
        remedy = Both(
            f"계획의 글과 세부사업에서 {name.ko}에 들어갈 내용을 채워 주세요.",
            f"Write what belongs to the {name.en} in the plan's texts and projects.",
        )
        yield found("PLAN-1", view, PLAN, message, remedy)


def base_years(facts: PlanRecords, view: View) -> Results:
    """PLAN-2: the base plan covers exactly its number of calendar years (G 2.2.2, C2)."""
    if facts.base_years is None:
        yield NotJudged("PLAN-2", "그때는 남기지 않던 기록이에요", "was not recorded at that time")
        return
    first, last = facts.base_years
    years, needed = last - first + 1, view.number("plan.base_plan_years")
    if years != needed:
        message = Both(
            f"기본계획이 {first}년부터 {last}년까지 {years}개년이에요.",
            f"The base plan runs from {first} to {last}, {years} years.",
        )
        remedy = Both(f"{needed}개년으로 맞춰 주세요.", f"Make it cover exactly {needed} years.")
        yield found("PLAN-2", view, PLAN, message, remedy)


def section(rule: str) -> Callable[[PlanRecords, View], Results]:
    """Return the judge of a rule that some sections of the texts answer: PLAN-4, 5, 6 and 11."""

    def judged(facts: PlanRecords, view: View) -> Results:
        if rule == "PLAN-4" and facts.first_year:
            yield NotJudged(rule, "구가 처음 참여하는 해예요", "is the district's first year")
        elif any(one not in facts.written for one in SECTIONS_OF[rule]):
            what = LACKING[rule]
            message = Both(f"계획에 빠진 글이 있어요: {what.ko}.", f"The plan does not say {what.en}.")
            remedy = Both("계획의 글에서 그 절을 채워 주세요.", "Write that section in the texts of the plan.")
            yield found(rule, view, PLAN, message, remedy)

    return judged


def heard(facts: PlanRecords, view: View) -> Results:
    """PLAN-8: residents' opinions were gathered at forums: none blocks, few kinds warn (P review)."""
    kinds = len(facts.forum_kinds)
    if kinds > view.number("plan.forum_kinds_warn_at"):
        return
    message = (
        Both(f"의견을 모은 공론장이 {kinds}가지뿐이에요.", f"Kinds of forum that gathered opinions: only {kinds}.")
        if kinds
        else Both("결과를 남긴 공론장이 없어요.", "No forum with a recorded outcome gathered opinions.")
    )
    remedy = Both(
        "여러 종류의 공론장을 열고 결과를 남겨 주세요.", "Hold forums of several kinds and record what came of them."
    )
    yield found("PLAN-8", view, PLAN, message, remedy, severity=Severity.WARN if kinds else Severity.BLOCK)


def finished(facts: PlanRecords, view: View) -> Results:
    """PLAN-7: every project can be finished within the year (G 2.2.3(2))."""
    for number, position in facts.unfinished:
        message = Both("그해 안에 마칠 수 없는 사업이에요.", "The project cannot be finished within the year.")
        remedy = Both(
            "그해 안에 마칠 수 있는 일로 나누고, 세부사업의 글에서 ‘한 해 안에 마칠 수 있어요’를 골라 주세요.",
            "Cut it down to what the year can hold, then tick in its texts that it can be finished within the year.",
        )
        yield found("PLAN-7", view, Place("project", number, position), message, remedy)
