from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from madang.ground.audit.operations import operation
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.cycles.states import YEAR, Participation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.places.models import District
from madang.ground.workflow import advance


def open_cycle(*, planning_year: int, actor: Actor, at: datetime) -> Cycle:
    """Open the cycle of a planning year; opened twice, it stays the one it is."""
    require(actor, "cycles.open")
    with operation("cycles.open", actor=actor, at=at):
        return Cycle.objects.get_or_create(planning_year=planning_year)[0]


def join_cycle(
    *, cycle: Cycle, district: District, participation: Participation, actor: Actor, at: datetime
) -> DistrictYear:
    """Record how a district takes part in a cycle (CITY-9)."""
    require(actor, "cycles.set_participation")
    with operation("cycles.set_participation", actor=actor, at=at):
        year, _new = DistrictYear.objects.update_or_create(
            cycle=cycle,
            district=district,
            defaults={"participation": participation},
            create_defaults={"participation": participation, "state_since": timezone.localdate(at)},
        )
        return year


def enter_stage(*, year: DistrictYear, stage: str, actor: Actor, at: datetime) -> None:
    """Put a district's year into another stage of planning; the stage it is in already changes nothing."""
    require(actor, "cycles.set_stage", year)
    if year.state == stage:
        return
    with operation("cycles.set_stage", actor=actor, at=at):
        advance(year, YEAR, f"enter_{stage}", state_since=timezone.localdate(at))
