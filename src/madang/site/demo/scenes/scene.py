"""A scene: one dated step of the example year, played by the operations themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")


@dataclass(frozen=True)
class Scene:
    """What happens at an instant; ``name`` is unique and stays the same from version to version."""

    at: datetime
    name: str
    run: Callable[[datetime], None]


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """Return the instant of an hour of a day in Korea."""
    return datetime.combine(day, time(hour, minute), SEOUL)
