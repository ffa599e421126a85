"""Days and instants inside a message, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.dateformat import format as write
from django.utils.translation import get_language


def short_day(day: date) -> str:
    """Write a day for a message: 5. 27., or 27 May."""
    return write(day, "j M") if get_language() == "en" else f"{day.month}. {day.day}."


def short_moment(value: datetime) -> str:
    """Write an instant of Seoul for a message: 5. 27. 18:00, or 27 May 18:00."""
    local = timezone.localtime(value)
    return f"{short_day(local.date())} {local:%H:%M}"
