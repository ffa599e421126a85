"""Words of the plan pages: findings in the reader's language, names of parts, sources and ways out."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.engines import rulebook
from madang.plan.plans.queries.panel import Way, WayKind
from madang.plan.plans.states import Flag, Part, PartyKind

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
