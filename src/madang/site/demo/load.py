"""Bring the example year into the database, as far as the demo's day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation

from madang.site.demo.people import ACCOUNTS
from madang.site.demo.scenes import Scene, all_scenes
from madang.site.demo.scenes.scene import moment
from madang.site.models import SceneRun

DEMO_DAY = date(2020, 7, 6)
NEWS_EVERY = 40

Say = Callable[[str], None]


def end_of(day: date) -> datetime:
    """Return the last second of a day in Korea: how far the year is played when the demo stands on that day."""
    return moment(day + timedelta(days=1), 0) - timedelta(seconds=1)


def load_example_year(until: datetime | None = None, *, say: Say = lambda text: None) -> int:
    """Play the scenes up to an instant that have not been played here, and return how many they were.

    Without an instant it is the end of the demo's day. Nothing is played twice and nothing is deleted: a later
    instant goes on, an interrupted load is taken up again. ``say`` is told in a line now and then how far it is.
    """
    until = until or end_of(settings.MADANG_DAY or DEMO_DAY)
    played = dict(SceneRun.objects.values_list("name", "ran_at"))
    waiting = [scene for scene in all_scenes() if scene.at <= until and scene.name not in played]
    if any(ran_at > until for ran_at in played.values()):
        say(f"the example year is loaded beyond {until.date()} already; an earlier day needs --fresh.")
    with translation.override(settings.LANGUAGE_CODE):
        for number, scene in enumerate(waiting):
            if number % NEWS_EVERY == 0:
                say(f"the example year: {scene.at.date()} ({number} of {len(waiting)}) …")
            play(scene)
    return len(waiting)


def play(scene: Scene) -> None:
    """Play one scene in a transaction of its own and remember it."""
    with transaction.atomic():
        SceneRun.objects.create(name=scene.name, ran_at=scene.at)
        scene.run(scene.at)


def accounts() -> list[tuple[str, str, str]]:
    """Return whom one can sign in as: role, address, name."""
    return [(str(account.role), account.email, account.name) for account in ACCOUNTS]
