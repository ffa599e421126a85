from __future__ import annotations

from datetime import date, datetime

import pytest

from madang.ground.cycles.models import Cycle
from madang.ground.people.actors import Actor
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder
from madang.ground.places.models import District


@pytest.fixture
def place() -> District:
    return District.objects.get(slug="dobong")


@pytest.fixture
def cycle() -> Cycle:
    return Cycle.objects.get_or_create(planning_year=2020)[0]


@pytest.fixture
def officer(at: datetime) -> Actor:
    return holder(Role.SUPPORT_OFFICER, at)


@pytest.fixture
def on_the_day(settings) -> None:
    settings.MADANG_DAY = date(2020, 5, 21)
