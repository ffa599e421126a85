"""Rules about a plan that need this room's records: PLAN-4, 5, 6, 8 and 11. PLAN-2 is a constraint of the table."""

from __future__ import annotations

from collections import defaultdict

from madang.decide.forums.models import Forum
from madang.engines.rulebook import Finding, NotJudged, Place, Severity, View
from madang.plan.plans.models import Plan
from madang.plan.plans.sections import SECTIONS

PLAN = Place("plan")
FIRST_YEAR = ("구가 처음 참여하는 해예요", "is the district's first year")
EMPTY = {
    "PLAN-4": ("지난 계획의 성과와 한계, 개선과제", "results, limits and improvement tasks of the last period"),
    "PLAN-5": ("다음 해 실행계획을 세우는 방법", "how next year's action plan will be made"),
    "PLAN-6": ("구 주민참여예산을 돕는 내용", "how it supports the district's own participatory budgeting"),
    "PLAN-11": ("재원 확보 방안(구가 스스로 마련하는 재원)", "the district's own funding plan"),
}


def judge_texts(plan: Plan, view: View) -> tuple[list[Finding], list[NotJudged]]:
    """Judge whether the sections that rules need are written and residents were heard at forums."""
    written = {(text.part, text.key) for text in plan.texts.all() if text.body.strip()}
    missing: dict[str, list[str]] = defaultdict(list)
    for section in SECTIONS:
        if section.rule and (section.part, section.key) not in written:
            missing[section.rule].append(section.key)
    findings: list[Finding] = []
    silent: list[NotJudged] = []
    for rule, (what_ko, what_en) in EMPTY.items():
        if rule == "PLAN-4" and _first_year(plan):
            silent.append(NotJudged(rule, *FIRST_YEAR))
        elif rule in missing:
            findings.append(_empty(rule, what_ko, what_en, view))
    findings.extend(_heard(plan, view))
    return findings, silent


def _first_year(plan: Plan) -> bool:
    """Say whether the district took part in no earlier cycle."""
    return not plan.district.years.filter(cycle__planning_year__lt=plan.cycle.planning_year).exists()


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


def _heard(plan: Plan, view: View) -> list[Finding]:
    """PLAN-8: residents' opinions were gathered at forums: none blocks, one kind warns."""
    kinds = set(
        Forum.objects.filter(district=plan.district, cycle=plan.cycle, recorded_at__isnull=False).values_list(
            "kind", flat=True
        )
    )
    if len(kinds) > 1:
        return []
    texts = (
        ("한 가지 공론장에서만 의견을 모았어요.", "Opinions were gathered at one kind of forum only.")
        if kinds
        else ("결과를 남긴 공론장이 없어요.", "No forum with a recorded outcome gathered opinions.")
    )
    return [
        Finding(
            "PLAN-8",
            Severity.WARN if kinds else Severity.BLOCK,
            PLAN,
            view.rules["PLAN-8"].clause,
            *texts,
            "여러 종류의 공론장을 열고 결과를 남겨 주세요.",
            "Hold forums of several kinds and record what came of them.",
        )
    ]
