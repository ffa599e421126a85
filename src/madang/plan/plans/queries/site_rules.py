"""Rules about a plan that need this room's records: PLAN-4 to 8 and 11. PLAN-2 is a constraint of the table.

What the records say is read once into ``SiteFacts``; the rules are pure, so that an evaluation can be run again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from madang.decide.forums.models import Forum
from madang.engines.rulebook import Finding, NotJudged, Place, Severity, View
from madang.plan.plans.models import Plan
from madang.plan.plans.queries.documents import Document
from madang.plan.plans.sections import SECTIONS

PLAN = Place("plan")
# Rules of the register that are answered here; PLAN-2 holds by the table itself, PLAN-7 is judged in the file too.
SITE_RULES = ("PLAN-2", "PLAN-4", "PLAN-5", "PLAN-6", "PLAN-8", "PLAN-11")
FIRST_YEAR = ("구가 처음 참여하는 해예요", "is the district's first year")
EMPTY = {
    "PLAN-4": ("지난 계획의 성과와 한계, 개선과제", "results, limits and improvement tasks of the last period"),
    "PLAN-5": ("다음 해 실행계획을 세우는 방법", "how next year's action plan will be made"),
    "PLAN-6": ("구 주민참여예산을 돕는 내용", "how it supports the district's own participatory budgeting"),
    "PLAN-11": ("재원 확보 방안(구가 스스로 마련하는 재원)", "the district's own funding plan"),
}


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What this room's records say of a plan beside its budget.

    ``written`` names the sections that hold words, as part/key; ``forum_kinds`` the kinds of forums with a recorded
    outcome; ``unfinished`` the projects that do not end within the year, with their position in the plan from 1.
    """

    written: tuple[str, ...] = ()
    first_year: bool = False
    forum_kinds: tuple[str, ...] = ()
    unfinished: tuple[tuple[str, int], ...] = ()


def site_facts(plan: Plan, content: Document) -> SiteFacts:
    """Return what the records say of a draft whose content was read."""
    kinds = Forum.objects.filter(district=plan.district, cycle=plan.cycle, recorded_at__isnull=False)
    earlier = plan.district.years.filter(cycle__planning_year__lt=plan.cycle.planning_year)
    return SiteFacts(
        written=tuple(f"{part}/{key}" for part in ("base", "action") for key in sorted(content[part]["texts"])),
        first_year=not earlier.exists(),
        forum_kinds=tuple(sorted(set(kinds.values_list("kind", flat=True)))),
        unfinished=tuple(
            (entry["id"], position)
            for position, entry in enumerate(content["plan"]["projects"], 1)
            if not content["projects"][entry["id"]]["ends_within_year"]
        ),
    )


def judge_site(facts: SiteFacts, view: View) -> tuple[list[Finding], list[NotJudged]]:
    """Judge the sections that rules need, the hearing of residents, and the end within the year."""
    missing = {
        section.rule
        for section in SECTIONS
        if section.rule and f"{section.part.value}/{section.key}" not in facts.written
    }
    findings: list[Finding] = []
    silent: list[NotJudged] = []
    for rule, (what_ko, what_en) in EMPTY.items():
        if rule == "PLAN-4" and facts.first_year:
            silent.append(NotJudged(rule, *FIRST_YEAR))
        elif rule in missing:
            findings.append(_empty(rule, what_ko, what_en, view))
    return [*findings, *_heard(facts, view), *_finished(facts, view)], silent


def _empty(rule: str, what_ko: str, what_en: str, view: View) -> Finding:
    return Finding(
        rule,
        Severity.BLOCK,
        PLAN,
        view.rules[rule].clause,
        f"계획에 빠진 글이 있어요: {what_ko}.",
        f"The plan does not say {what_en}.",
        "계획의 글에서 그 절을 채워 주세요.",
        "Write that section in the texts of the plan.",
    )


def _heard(facts: SiteFacts, view: View) -> Iterator[Finding]:
    """PLAN-8: residents' opinions were gathered at forums: none blocks, few kinds warn."""
    kinds = len(facts.forum_kinds)
    if kinds > view.number("plan.forum_kinds_warn_at"):
        return
    texts = (
        (f"의견을 모은 공론장이 {kinds}가지뿐이에요.", f"Kinds of forum that gathered opinions: only {kinds}.")
        if kinds
        else ("결과를 남긴 공론장이 없어요.", "No forum with a recorded outcome gathered opinions.")
    )
    yield Finding(
        "PLAN-8",
        Severity.WARN if kinds else Severity.BLOCK,
        PLAN,
        view.rules["PLAN-8"].clause,
        *texts,
        "여러 종류의 공론장을 열고 결과를 남겨 주세요.",
        "Hold forums of several kinds and record what came of them.",
    )


def _finished(facts: SiteFacts, view: View) -> Iterator[Finding]:
    """PLAN-7: every project can be finished within the year (G 2.2.3(2))."""
    for number, position in facts.unfinished:
        yield Finding(
            "PLAN-7",
            Severity.BLOCK,
            Place("project", number, position),
            view.rules["PLAN-7"].clause,
            "그해 안에 마칠 수 없는 사업이에요.",
            "The project cannot be finished within the year.",
            "그해 안에 마칠 수 있는 일로 나누고, 세부사업의 글에서 ‘한 해 안에 마칠 수 있어요’를 골라 주세요.",
            "Cut it down to what the year can hold, then tick in its texts that it can be finished within the year.",
        )
