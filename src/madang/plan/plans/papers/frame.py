"""What stands around a plan's papers: the running head, the status, days and clauses in words."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from madang.plan.plans.models import Approval, PlanVersion
from madang.plan.plans.queries.documents import Document

APPROVED = "승인본"
DRAFT = "초안"
SOURCES_OF_CLAUSES = {"G": "운영지침", "A": "협약서", "P": "운영계획", "S": "전략사업계획", "E": "평가계획"}
SECTIONS_OF_THE_CITY = {"guideline": "사업비 편성 기준", "scale": "지원 규모"}


def running(content: Document) -> str:
    """Return the name of the action plan, which stands at the head of every page."""
    plan = content["plan"]
    return f"{plan['district']} {plan['fiscal_year']}년 지역사회혁신계획(구단위계획형) 실행계획"


def approval_of(version: PlanVersion) -> Approval | None:
    """Return the council's approval of a version, or None."""
    return getattr(version, "approval", None)


def status(version: PlanVersion, mark: str) -> str:
    """Return the status at the head of every page: 승인본 or 초안, then a mark such as 예시."""
    return " · ".join(part for part in (APPROVED if approval_of(version) else DRAFT, mark) if part)


def day_words(day: date | datetime) -> str:
    """Write a day as the forms do: 2020. 7. 3."""
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    return f"{day.year}. {day.month}. {day.day}."


def clause_words(clause: str) -> str:
    """Write a clause with its source spelt out: G 3.3.4 as 운영지침 3.3.4."""
    letter, _space, rest = clause.partition(" ")
    rest = SECTIONS_OF_THE_CITY.get(rest, rest)
    return f"{SOURCES_OF_CLAUSES[letter]} {rest}" if rest and letter in SOURCES_OF_CLAUSES else clause
