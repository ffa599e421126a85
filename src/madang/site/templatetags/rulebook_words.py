"""The rulebook's own words in the reader's language; its data holds both."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.engines.rulebook import contents
from madang.engines.rulebook.findings import Lang
from madang.engines.rulebook.parameters import Dated

register = template.Library()


def lang() -> Lang:
    return "en" if get_language() == "en" else "ko"


@register.filter
def own(thing: Any) -> str:
    """Return the name or paraphrase of a topic, rule, entry or example."""
    return str(getattr(thing, lang()))


@register.filter
def own_reading(thing: Any) -> str:
    """Return how a place of the guide was read, where it is silent or unclear."""
    return str(getattr(thing, f"reading_{lang()}"))


@register.filter
def own_name(step: Any) -> str:
    """Return the name of a step."""
    return str(getattr(step, f"name_{lang()}"))


@register.filter
def own_who(step: Any) -> str:
    """Return who takes a step."""
    return str(step.who_en if lang() == "en" else step.who)


@register.filter
def own_message(finding: Any) -> str:
    """Return what was found."""
    return str(finding.message(lang()))


@register.filter
def own_remedy(finding: Any) -> str:
    """Return what would mend it."""
    return str(finding.remedy(lang()))


@register.filter
def own_kind(kind: str) -> str:
    """Return the name of a kind of steps."""
    return contents.STEP_KINDS[kind][lang() == "en"]


@register.filter
def worth(dated: Dated, unit: str) -> str:
    """Return a dated value with its unit."""
    return contents.printed(dated.value, unit, lang())


@register.filter
def nature_name(nature: str) -> str:
    """Return what an item buys, as the caps count it."""
    names = {
        "personnel": _("인건비성 경비"),
        "facilities": _("시설비 및 부대비"),
        "assets": _("자산취득비"),
        "private_transfer": _("민간이전"),
    }
    return names.get(nature, "–")


@register.filter
def money_kind(kind: str) -> str:
    """Return whether an item is current or capital money."""
    return {"current": _("경상"), "capital": _("자본")}.get(kind, _("둘 다 아님"))
