"""Who and what the scenes name, found again in the database by what stays the same: address, name or number."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from madang.decide.agendas.models import Agenda, Proposal
from madang.decide.forums.models import Forum
from madang.decide.voting.models import Election
from madang.ground.bodies.models import Body
from madang.ground.cycles.models import Cycle
from madang.ground.people.actors import Actor, actor_for
from madang.ground.people.models import Department, Person
from madang.ground.places.models import District, Dong
from madang.plan.plans.models import Plan
from madang.site.demo import content

PLANNING_YEAR = 2020


@cache
def people_by_key() -> dict[str, dict[str, Any]]:
    """Return the people of the content by their keys."""
    return {entry["key"]: entry for entry in content.people()}


def person(key: str) -> Person:
    """Return somebody of Dobong or the city by the key of the content."""
    return by_email(people_by_key()[key]["email"])


def by_email(email: str) -> Person:
    """Return the person with this address."""
    return Person.objects.get(email=email)


def acting(key: str, at: datetime) -> Actor:
    """Return somebody of the content as they may act at an instant."""
    return actor_for(person(key), at)


def acting_as(email: str, at: datetime) -> Actor:
    """Return the person with this address as they may act at an instant."""
    return actor_for(by_email(email), at)


def district(slug: str = "dobong") -> District:
    return District.objects.get(slug=slug)


def cycle() -> Cycle:
    return Cycle.objects.get(planning_year=PLANNING_YEAR)


def dong(slug: str, name: str, day: date) -> Dong | None:
    """Return a dong of a district on a day; no name gives none."""
    return Dong.objects.on(day).get(district__slug=slug, name=name) if name else None


def department(key: str) -> Department:
    """Return one of Dobong's departments by the key of the content."""
    names = {entry["key"]: entry["name"] for entry in content.departments()}
    return Department.objects.get(district__slug="dobong", name=names[key])


def body(key: str) -> Body:
    """Return one of Dobong's bodies by the key of the content."""
    entry = next(entry for entry in content.bodies() if entry["key"] == key)
    return Body.objects.get(district__slug="dobong", kind=entry["kind"], name=entry["name"])


def forum(key: str) -> Forum:
    """Return one of Dobong's forums by the key of the content."""
    title = next(entry["title"] for entry in content.forums() if entry["key"] == key)
    return forum_titled("dobong", title)


def forum_titled(slug: str, title: str) -> Forum:
    return Forum.objects.select_related("district", "cycle").get(district__slug=slug, title=title)


def proposals(slug: str, numbers: list[int]) -> list[Proposal]:
    """Return proposals of a district's year by their permanent numbers."""
    found = Proposal.objects.filter(district__slug=slug, cycle__planning_year=PLANNING_YEAR, number__in=numbers)
    return list(found.select_related("district", "cycle").order_by("number"))


def agenda(label: str, slug: str = "dobong") -> Agenda:
    """Return an agenda by its label in the content (의12)."""
    found = Agenda.objects.filter(district__slug=slug, cycle__planning_year=PLANNING_YEAR)
    return found.select_related("district", "cycle").get(number=int(label.removeprefix("의")))


def election(slug: str = "dobong") -> Election:
    return Election.objects.select_related("district", "cycle").get(
        district__slug=slug, cycle__planning_year=PLANNING_YEAR
    )


def plan(slug: str = "dobong") -> Plan:
    return Plan.objects.select_related("district", "cycle").get(district__slug=slug, cycle__planning_year=PLANNING_YEAR)
