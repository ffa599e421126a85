from __future__ import annotations

from datetime import datetime

import pytest

from madang.decide.agendas.testing import Hall
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.places.models import District


@pytest.fixture
def hall(at: datetime) -> Hall:
    """Dobong in the stage in which agendas are reviewed and merged, with people of every role."""
    district = District.objects.get(slug="dobong")
    cycle = Cycle.objects.create(planning_year=2020)
    year = DistrictYear.objects.create(district=district, cycle=cycle, participation="carrying_out", state="merge")
    return Hall(district=district, cycle=cycle, year=year, at=at)
