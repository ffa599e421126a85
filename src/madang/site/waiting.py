"""What waits for a person: the to-do items of every room, gathered in the order of the days."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

from madang.ground.cycles.models import DistrictYear
from madang.ground.cycles.queries import current_cycle
from madang.ground.people.actors import Actor
from madang.ground.people.roles import CITY_ROLES
from madang.ground.people.todo import ToDo
from madang.ground.places.models import District

ROOMS = (
    "madang.decide.survey.queries.questionnaires",
    "madang.decide.forums.queries",
    "madang.decide.agendas.queries.agendas",
    "madang.decide.voting.queries",
    "madang.plan.plans.queries",
    "madang.plan.review.queries",
)


def home_context(actor: Actor, today: date) -> dict[str, Any]:
    """Return the items of a person's home page: late or due within a week first, then the rest."""
    cycle = current_cycle(today)
    district = home_district(actor)
    items = gather(actor, district, today)
    years = DistrictYear.objects.filter(cycle=cycle, district=district).select_related("district", "cycle")
    return {
        "district": district,
        "district_subject": DistrictYear(district=district) if district else None,
        "items": items,
        "urgent": [item for item in items if item.due_on is not None],
        "others": [item for item in items if item.due_on is None],
        "district_year": years.first() if district else None,
        "is_city": actor.holds(CITY_ROLES),
    }


def home_district(actor: Actor) -> District | None:
    """Return the district a person works for, else the one they live in."""
    chosen = sorted(actor.districts())
    if chosen:
        return District.objects.filter(pk=chosen[0]).first()
    person = actor.person
    return person.dong.district if person is not None and person.dong is not None else None


def gather(actor: Actor, district: District | None, today: date) -> list[ToDo]:
    """Ask every room what waits for the actor; dated items come first, the earliest before the later."""
    found: list[ToDo] = []
    for name in ROOMS:
        found.extend(import_module(name).waiting_for(actor, district, today))
    return sorted(found, key=lambda item: (item.due_on is None, item.due_on or date.max))
