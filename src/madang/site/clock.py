"""The one place that asks for the time; the demo may stand on any day of the year."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Return the instant that a request happens at: real time, or the demo's day with the real time of day."""
    real = timezone.localtime(timezone.now())
    if settings.MADANG_DAY is None:
        return real
    day = settings.MADANG_DAY
    return real.replace(year=day.year, month=day.month, day=day.day)
