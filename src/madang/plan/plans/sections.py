"""The sections of a plan's texts as data (forms, appendices 4 and 5): part, key, title, chapter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.engines.rulebook.records import PROCESS_THIS_YEAR, SECTIONS_OF
from madang.plan.plans.states import TextPart


@dataclass(frozen=True, slots=True)
class Section:
    """One section: where it stands, its title and its chapter."""

    part: TextPart
    key: str
    title: str | Promise
    chapter: str | Promise

    @property
    def rule(self) -> str:
        """Return the rule that blocks while the section is empty, or nothing."""
        return _RULES.get(f"{self.part.value}/{self.key}", "")


_RULES = {one: rule for rule, found in SECTIONS_OF.items() for one in found} | {PROCESS_THIS_YEAR: "PLAN-1"}
_OVERVIEW = _("개요")
_SURVEY = _("지역조사와 분석")
_FEEDBACK = _("평가와 환류")
_REALISATION = _("실현 방안")
_BACKGROUND = _("배경과 목적")
_FOUNDATION = _("협치기반구축")
_PROCESS = _("과정설명서")

_BASE = (
    Section(TextPart.BASE, "background", _("배경과 목적"), _OVERVIEW),
    Section(TextPart.BASE, "results", _("지난 계획의 성과"), _OVERVIEW),
    Section(TextPart.BASE, "limits", _("지난 계획의 한계와 개선과제"), _OVERVIEW),
    Section(TextPart.BASE, "standing", _("계획의 성격과 범위"), _OVERVIEW),
    Section(TextPart.BASE, "direction", _("추진방향"), _OVERVIEW),
    Section(TextPart.BASE, "made_how", _("수립 과정"), _OVERVIEW),
    Section(TextPart.BASE, "bodies", _("추진체계"), _OVERVIEW),
    Section(TextPart.BASE, "survey_outline", _("조사 개요"), _SURVEY),
    Section(TextPart.BASE, "survey_conditions", _("협치 여건"), _SURVEY),
    Section(TextPart.BASE, "survey_related_plans", _("관련 계획"), _SURVEY),
    Section(TextPart.BASE, "survey_synthesis", _("종합과 과제"), _SURVEY),
    Section(TextPart.BASE, "evaluation", _("평가와 환류"), _FEEDBACK),
    Section(TextPart.BASE, "funding", _("재원 확보 방안"), _REALISATION),
    Section(TextPart.BASE, "roadmap", _("연차별 이행계획"), _REALISATION),
)
_ACTION = (
    Section(TextPart.ACTION, "background", _("배경"), _BACKGROUND),
    Section(TextPart.ACTION, "purpose", _("목적"), _BACKGROUND),
    Section(TextPart.ACTION, "last_year_results", _("지난해 성과"), _BACKGROUND),
    Section(TextPart.ACTION, "last_year_limits", _("지난해 한계"), _BACKGROUND),
    Section(TextPart.ACTION, "improvements", _("개선과제"), _BACKGROUND),
    Section(TextPart.ACTION, "standing", _("계획의 성격과 범위"), _BACKGROUND),
    Section(TextPart.ACTION, "direction", _("추진방향"), _BACKGROUND),
    Section(TextPart.ACTION, "made_how", _("수립 과정"), _BACKGROUND),
    Section(TextPart.ACTION, "bodies", _("추진체계"), _BACKGROUND),
    Section(TextPart.ACTION, "how_next_year_is_made", _("다음 해 실행계획을 세우는 방법"), _FOUNDATION),
    Section(TextPart.ACTION, "district_participatory_budgeting", _("구 주민참여예산과 잇는 방법"), _FOUNDATION),
    Section(TextPart.ACTION, "evaluation", _("평가계획"), _FEEDBACK),
)
_PROCESS_STATEMENT = (
    Section(TextPart.PROCESS, "planning", _("이번 해 계획을 세운 과정"), _PROCESS),
    Section(TextPart.PROCESS, "carrying_out", _("지난해 계획을 실행한 과정"), _PROCESS),
)
SECTIONS = (*_BASE, *_ACTION, *_PROCESS_STATEMENT)


def sections_of(part: str) -> Iterator[Section]:
    """Yield the sections of one document in their order."""
    return (section for section in SECTIONS if section.part == part)


def known(part: str, key: str) -> bool:
    """Say whether a part has a section of that key."""
    return any(section.part == part and section.key == key for section in SECTIONS)
