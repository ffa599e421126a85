"""Worked examples as a page shows them: who sits on the council, what stands on the lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from madang.engines.rulebook import SOURCES, BodyFacts, CouncilFacts, Member, PlanFacts, Seat, View
from madang.engines.rulebook.worked import Example
from madang.engines.rulebook.worked_bodies import BodyExample

KINDS: dict[str, tuple[str, str | Promise]] = {
    "passes": ("ok", _("지켜요")),
    "at the limit": ("info", _("딱 한도")),
    "just beyond": ("warn", _("조금 넘음")),
    "fails": ("stop", _("걸려요")),
}
CLASSES: dict[str, str | Promise] = {
    "private": pgettext_lazy("member", "민간"),
    "administration": pgettext_lazy("member", "행정"),
    "district_councillor": pgettext_lazy("member", "구의원"),
    "city_councillor": pgettext_lazy("member", "시의원"),
}
GENDERS: dict[str, str | Promise] = {
    "female": pgettext_lazy("member", "여성"),
    "male": pgettext_lazy("member", "남성"),
    "other": pgettext_lazy("member", "기타"),
    "unknown": pgettext_lazy("member", "미상"),
}
MONEY: dict[str, str | Promise] = {
    "city": pgettext_lazy("source", "시비"),
    "district": pgettext_lazy("source", "구비"),
    "national": pgettext_lazy("source", "국비"),
    "other": pgettext_lazy("source", "그 밖의 재원"),
}
FLAGS: dict[str, str | Promise] = {
    "durable_goods": _("재산성 물품"),
    "lease_deposit": _("임차보증금"),
    "meeting_fee": _("회의 수당"),
    "organisation_staff": _("단체 운영 인력"),
}
PARTS: dict[str, str | Promise] = {
    "council_member": pgettext_lazy("member", "협치회의 위원"),
    "expert": pgettext_lazy("member", "전문가"),
    "proposer": pgettext_lazy("member", "제안자"),
    "governance_officer": pgettext_lazy("member", "서울협치담당관"),
    "budget_officer": pgettext_lazy("member", "숙의예산담당관"),
    "democracy_member": pgettext_lazy("member", "서울민주주의위원회 협치분과위원"),
}
STEPS: dict[str, str | Promise] = {
    "planning": _("계획을 세우는 동안"),
    "final_approval": _("최종 승인 때"),
    "submission": _("제출 때"),
    "final_selection": _("최종 선정 때"),
    "agreement": _("협약 때"),
    "disbursement": _("교부 때"),
}


@dataclass(frozen=True)
class Situation:
    """One worked example to be drawn: tone and word of its kind, step, groups of members, rows of lines."""

    example: Example | BodyExample
    tone: str
    kind: str | Promise
    members: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    step: str | Promise = ""
    is_empty: bool = False


def situation(example: Example | BodyExample, view: View) -> Situation:
    """Return a worked example as the page shows it."""
    tone, kind = KINDS[example.kind]
    facts = example.facts
    if facts is None:
        return Situation(example, tone, kind, [], [])
    members = _members(facts.members or ())
    if isinstance(facts, PlanFacts):
        return Situation(example, tone, kind, members, _rows(facts, view), is_empty=not members and not facts.projects)
    asks = isinstance(facts, CouncilFacts) or facts.step != "planning"
    is_empty = isinstance(facts, BodyFacts) and not members
    return Situation(example, tone, kind, members, [], STEPS[facts.step] if asks else "", is_empty)


def _parts(member: Member) -> tuple[str | Promise, ...]:
    """Return what a member of a body stands for."""
    if not isinstance(member, Seat):
        return ()
    office = (pgettext_lazy("member", "부서"),) if member.department else ()
    return (*office, *(PARTS[part] for part in sorted(member.stands_for)))


def _members(members: Sequence[Member]) -> list[dict[str, Any]]:
    alike = Counter((one.member_class, one.gender, one.appointed, one.elected, _parts(one)) for one in members)
    return [
        {
            "count": count,
            "of": CLASSES[member_class],
            "gender": GENDERS[gender],
            "seat": pgettext_lazy("member", "위촉직") if appointed else pgettext_lazy("member", "당연직"),
            "elected": elected,
            "parts": parts,
        }
        for (member_class, gender, appointed, elected, parts), count in alike.items()
    ]


def _rows(facts: PlanFacts, view: View) -> list[dict[str, Any]]:
    items = view.items(facts.fiscal_year)
    return [
        {
            "project": project,
            "part": _("협치기반구축") if project.part == "foundation" else _("분야별 협치과제"),
            "code": line.item,
            "name": item.name if (item := items.get(line.item)) else "",
            "amount": line.total,
            "money": next((MONEY[source] for source in SOURCES if getattr(line, source)), MONEY["city"]),
            "flags": [FLAGS[flag] for flag in sorted(line.flags)],
        }
        for project, line in facts.lines()
    ]
