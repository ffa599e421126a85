"""The small words of every page: dates with weekday, money, icons, clauses, tags."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.engines.rulebook import english_item_name
from madang.engines.rulebook.clauses import spelt
from madang.ground.people.permissions import may as ask
from madang.ground.workflow import Life

register = template.Library()

ICONS = {
    "arrow": "M5 12h14M13 6l6 6-6 6",
    "bell": "M6 16V11a6 6 0 1 1 12 0v5l1.5 2h-15zM10 21h4",
    "check": "m5 12.5 4.5 4.5L19 7.5",
    "clock": "M12 7v5l3.5 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
    "download": "M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14",
    "file": "M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5",
    "info": "M12 11v6M12 7.5v.2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
    "mail": "M3.5 6h17v12h-17zM3.5 7l8.5 6 8.5-6",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "merge": "M6 3v5c0 4 6 4 6 8v5M18 3v5c0 4-6 4-6 8",
    "people": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-4 3-6.5 6.5-6.5s6.5 2.5 6.5 6.5"
    "M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14c2 .8 3.5 3 3.5 6",
    "pin": "M12 21s7-6 7-11.5a7 7 0 1 0-14 0C5 15 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    "plus": "M12 5v14M5 12h14",
    "search": "M11 17.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM16 16l4.5 4.5",
    "stop": "M8 3h8l5 5v8l-5 5H8l-5-5V8zM8.5 12h7",
    "trash": "M5 7h14M10 4h4M7 7l1 13h8l1-13",
    "upload": "M12 16V5m-4.5 4.5L12 5l4.5 4.5M5 20h14",
    "vote": "M5 11h14v9H5zM9 11V4h6v7M9 15h6",
    "warn": "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.2",
}
TONE_ICONS = {"ok": "check", "warn": "warn", "stop": "stop", "now": "clock", "info": "info", "pine": ""}
WEEKDAYS_KO = "월화수목금토일"


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one of the line icons; it says nothing to a screen reader."""
    return format_html('<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', ICONS[name])


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """Write a day with its weekday: 5. 21.(목), or Thu 21 May."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    if get_language() == "en":
        return format_html('<span class="nb">{}</span>', f"{value:%a} {value.day} {value:%b}")
    return format_html('<span class="nb">{}. {}.({})</span>', value.month, value.day, WEEKDAYS_KO[value.weekday()])


@register.filter
def full_day(value: date | datetime | None) -> SafeString | str:
    """Write a day with year and weekday."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    if get_language() == "en":
        return format_html('<span class="nb">{}</span>', f"{value:%a} {value.day} {value:%b} {value.year}")
    return format_html(
        '<span class="nb">{}. {}. {}.({})</span>', value.year, value.month, value.day, WEEKDAYS_KO[value.weekday()]
    )


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """Write an instant as day and time of day in Seoul."""
    if value is None:
        return "–"
    local = timezone.localtime(value)
    return format_html('{} <span class="nb">{}</span>', day(local.date()), f"{local:%H:%M}")


@register.filter
def kwon(value: int | None) -> str:
    """Write an amount in thousand won with separators; the unit stands in the table's caption."""
    return "–" if value is None else f"{value:,}"


@register.filter
def number(value: int | None) -> str:
    """Write a count with separators."""
    return "–" if value is None else f"{value:,}"


@register.simple_tag
def clause(text: str) -> SafeString:
    """Draw the chip of a clause, which leads to what stands under it in the rulebook; the source is spelt out."""
    where = f"{reverse('rulebook')}?{urlencode({'q': text})}"
    lang = "en" if get_language() == "en" else "ko"
    return format_html('<a class="clause" href="{}">{}</a>', where, spelt(text, lang))


@register.simple_tag
def tag(tone: str, text: Any, icon_name: str = "") -> SafeString:
    """Draw a tag: tone, icon and word, always all three."""
    name = icon_name or TONE_ICONS.get(tone, "")
    drawn = icon(name) if name else mark_safe("")
    return format_html('<span class="tag {}">{}{}</span>', tone, drawn, text)


@register.simple_tag
def state(record: Any, life: Life, reader: str = "public") -> SafeString:
    """Draw a record's state as a tag, in the words for the public or for staff."""
    current = life.state(record.state)
    return tag(current.tone or "pine", current.staff if reader == "staff" else current.public)


@register.simple_tag
def dday(last: date | datetime | None, today: date) -> SafeString | str:
    """Say how long is left: D-5, today, or how many days late."""
    if last is None:
        return ""
    if isinstance(last, datetime):
        last = timezone.localdate(last)
    left = (last - today).days
    if left < 0:
        return format_html('<span class="dday late">{}</span>', _("%(days)d일 늦음") % {"days": -left})
    if left == 0:
        return format_html('<span class="dday soon">{}</span>', _("오늘"))
    return format_html('<span class="dday {}">D-{}</span>', "soon" if left <= 7 else "", left)


@register.simple_tag(takes_context=True)
def may(context: template.Context, action: str, subject: Any = None) -> Any:
    """Answer whether the reader may take an action: ``{% may "agendas.merge" agenda as answer %}``."""
    return ask(context["actor"], action, subject)


@register.filter
def life_state(record: Any, life: Life) -> Any:
    """Return the state of a record with its titles."""
    return life.state(record.state)


@register.filter
def place_name(district: Any) -> str:
    """Name a district in the reader's language."""
    if district is None:
        return ""
    return str(district.name_en if get_language() == "en" else district.name)


@register.filter
def place_short(district: Any) -> str:
    """Name a district shortly, as on the tile map."""
    if get_language() == "en":
        return str(district.name_en).removesuffix("-gu")
    return str(district.short_name)


@register.filter
def short_day(value: date) -> str:
    """Write a day without its weekday, for drawings."""
    return f"{value.day} {value:%b}" if get_language() == "en" else f"{value.month}. {value.day}."


@register.filter
def last_day(closes_at: datetime) -> SafeString | str:
    """Write the last day on which something may be done that closes at an instant (24:00 belongs to the day before)."""
    return full_day(closes_at - timedelta(microseconds=1))


@register.filter
def item_name(name: str) -> str:
    """Write the name of an expenditure item in the reader's language."""
    return english_item_name(name) if get_language() == "en" else name
