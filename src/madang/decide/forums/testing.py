"""Pieces that tests of forums need: a forum that is planned, is open for registration, or is being held."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from madang.decide.forums.models import Forum, Registration
from madang.decide.forums.operations import plan_forum
from madang.decide.forums.operations.registering import register
from madang.ground.cycles.models import Cycle
from madang.ground.people.actors import Actor
from madang.ground.people.testing import resident
from madang.ground.places.models import District


def planned(at: datetime, actor: Actor, *, days: int = 7, **changes: Any) -> Forum:
    """Return a forum of Dobong that begins some days after ``at`` and takes registrations until then."""
    starts_at = at + timedelta(days=days)
    fields = {
        "district": District.objects.get(slug="dobong"),
        "cycle": Cycle.objects.get_or_create(planning_year=2020)[0],
        "kind": "dong",
        "title": "골목을 걸어요",
        "place": "쌍문2동 주민센터",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "registration_closes_at": starts_at,
    }
    return plan_forum(**{**fields, **changes}, actor=actor, at=at)


def held(at: datetime, actor: Actor, **changes: Any) -> Forum:
    """Return a forum that began an hour before ``at``."""
    starts_at = at - timedelta(hours=1)
    fields = {"starts_at": starts_at, "ends_at": at + timedelta(hours=1), "registration_closes_at": starts_at}
    return planned(at, actor, **{**fields, **changes})


def registered(forum: Forum, at: datetime, name: str = "김이웃", **fields: Any) -> Registration:
    """Return the registration of a new resident, asked for before the forum begins."""
    when = min(at, forum.starts_at - timedelta(days=1))
    return register(forum=forum, consent=True, actor=resident(at, name), at=when, **fields)
