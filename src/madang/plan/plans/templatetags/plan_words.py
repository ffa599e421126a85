"""Words of the plan pages: findings in the reader's language, names of parts, sources and ways out."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.engines import rulebook
from madang.plan.plans.models import Waiver
from madang.plan.plans.queries.panel import Way, WayKind
from madang.plan.plans.queries.waivers import findings_of
from madang.plan.plans.states import Flag, Part, PartyKind
from madang.plan.plans.workbook import LineChange

register = template.Library()


def _lang() -> Any:
    return "en" if get_language() == "en" else "ko"


@register.filter
def said(found: rulebook.Finding) -> str:
    """Return what was found in the reader's language."""
    return found.message(_lang())


@register.filter
def mended(found: rulebook.Finding) -> str:
    """Return what would mend it in the reader's language."""
    return found.remedy(_lang())


@register.filter
def read_as(found: rulebook.Finding) -> str:
    """Return how a clause that can be read in more than one way is read, or nothing."""
    return found.reading_en if _lang() == "en" else found.reading_ko


@register.filter
def mark_in(found: rulebook.Finding, marks: Any) -> Any:
    """Return what stands beside a finding (its waiver, or where to ask for one), or None."""
    return marks.get(found) if isinstance(marks, dict) else None


@register.filter
def kept_findings(waiver: Waiver) -> tuple[rulebook.Finding, ...]:
    """Return what a waiver was asked for."""
    return findings_of(waiver)


@register.filter
def counted(cap: rulebook.CapState) -> str:
    """Name what a cap counts."""
    return cap.label(_lang())


@register.filter
def whole_name(cap: rulebook.CapState) -> str:
    """Name the whole of which a cap counts a part."""
    return cap.whole_en if _lang() == "en" else cap.whole_ko


@register.filter
def part_name(part: str) -> str:
    """Name a part of the plan."""
    return str(Part(part).label)


@register.filter
def flag_name(flag: str) -> str:
    """Name a flag of a line."""
    return str(Flag(flag).label)


@register.filter
def party_kind(kind: str) -> str:
    """Name how somebody takes part in a project."""
    return str(PartyKind(kind).label) if kind in PartyKind.values else kind


@register.filter
def source_name(source: str) -> str:
    """Name a source of money."""
    return {"city": _("시비"), "district": _("구비"), "national": _("국비"), "other": _("기타")}[source]


@register.filter
def kind_name(kind: rulebook.Kind) -> str:
    """Name current and capital money."""
    return _("경상") if kind is rulebook.Kind.CURRENT else _("자본")


@register.filter
def nature_name(nature: str) -> str:
    """Name a nature that may be stated for a code that the year's table does not settle."""
    return {
        "current": _("경상(그 밖)"),
        "capital": _("자본(그 밖)"),
        "personnel": _("인건비성 경비"),
        "facilities": _("시설비 및 부대비"),
        "assets": _("자산취득비"),
        "private_transfer": _("민간이전"),
        "other": _("그 밖"),
    }[nature]


@register.filter
def way_text(way: Way, cap: rulebook.CapState) -> str:
    """Say what a way out does, with its exact amounts."""
    words = {"label": cap.label(_lang()), "amount": f"{way.amount:,}", "whole": f"{way.whole_then or 0:,}"}
    if way.kind is WayKind.MOVE:
        return _("%(label)s에서 다른 항목으로 %(amount)s 옮기기") % words
    if way.kind is WayKind.RAISE:
        return _("다른 항목을 구비로 %(amount)s 늘리기 (전체 %(whole)s)") % words
    if way.kind is WayKind.SWAP:
        return _("시비 %(amount)s천원을 구비로 바꾸기") % words
    if way.whole_then is None:
        return _("시비를 %(amount)s 줄이기") % words
    return _("%(label)s만 %(amount)s 줄이기 (전체 %(whole)s)") % words


@register.filter
def column_name(name: str) -> str:
    """Name a column of the plan workbook."""
    return {
        "title": _("제목"),
        "task": _("추진과제"),
        "transfer_reason": _("민간이전이 아니면 안 되는 까닭"),
        "run_by_administration_alone": _("행정 단독 집행"),
        "not_fundable": _("편성 불가 번호"),
        "departments": _("함께하는 부서"),
        "private_partners": _("함께하는 민간 주체"),
        "when": _("함께하는 시기"),
        "how": _("함께하는 방법"),
        "item": _("통계목"),
        "basis": _("산출내역"),
        "flags": _("표시"),
        "reason": _("꼭 필요한 까닭"),
        "register_of_goods": _("물품등록대장"),
        "nature": _("성격"),
    }.get(name) or source_name(name)


@register.filter
def cell_words(value: Any) -> str:
    """Write a value of the plan workbook in words."""
    if isinstance(value, bool):
        return _("예") if value else _("아니오")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value) or "–"
    return value or "–"


@register.filter
def cells_changed(change: LineChange) -> list[tuple[str, str, str]]:
    """Return what differs in a changed line: name of the column, as it is, as it would be."""
    found = []
    for field in change.fields:
        values = [getattr(line, field) for line in (change.before, change.after)]
        if field == "flags":
            values = [tuple(flag_name(flag) for flag in sorted(value)) for value in values]
        elif field == "nature":
            values = [nature_name(value) if value else "" for value in values]
        before, after = (cell_words(value) for value in values)
        found.append((column_name(field), before, after))
    return found


@register.filter
def errors_of(row: Any) -> list[tuple[str, str]]:
    """Return what is wrong with a row: name of the column and what is expected."""
    names = {"city": _("시비"), "district": _("구비"), "national": _("국비"), "other": _("기타")}
    names |= {"item": _("통계목"), "nature": _("성격"), "flags": _("표시"), "basis": _("산출내역")}
    return [(names.get(column, column), expected) for column, expected in row.errors.items()]


@register.filter
def at(mapping: dict[str, Any], key: str) -> Any:
    """Return the value of a key."""
    return mapping.get(key, "")


@register.filter
def lines(texts: list[str]) -> str:
    """Write a list one entry a line, as it is typed."""
    return "\n".join(texts)
