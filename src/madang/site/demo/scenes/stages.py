"""Through which stages of planning the districts go, and when (C3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from madang.ground.cycles.models import DistrictYear
from madang.ground.cycles.operations import enter_stage
from madang.site.demo import content
from madang.site.demo.scenes import who
from madang.site.demo.scenes.districts import officer_of
from madang.site.demo.scenes.scene import Scene, moment

# When a district that has come further than a stage had entered it.
USUAL = {
    "survey": date(2020, 2, 3),
    "vision": date(2020, 3, 2),
    "find": date(2020, 3, 23),
    "merge": date(2020, 4, 20),
    "priorities": date(2020, 5, 11),
    "detail": date(2020, 5, 25),
    "draft": date(2020, 5, 29),
    "final": date(2020, 6, 1),
}
DOBONG = {
    "survey": date(2020, 2, 16),
    "vision": date(2020, 3, 22),
    "find": date(2020, 3, 26),
    "merge": date(2020, 4, 20),
    "priorities": date(2020, 5, 13),
    "detail": date(2020, 5, 28),
    "draft": date(2020, 6, 8),
    "final": date(2020, 6, 19),
    "approval": date(2020, 6, 29),
}


def stages_of(entry: dict) -> dict[str, date]:
    """Return the day on which a district enters each stage it comes to, before it submits."""
    if entry["slug"] == "dobong":
        return DOBONG
    if "stage" not in entry:
        return {}
    entered = {}
    for stage, day in USUAL.items():
        if stage == entry["stage"]:
            break
        entered[stage] = day
    entered[entry["stage"]] = entry["stage_since"]
    return entered | {step["stage"]: step["on"] for step in entry.get("later", [])}


def scenes() -> Iterator[Scene]:
    """Yield every change of a stage."""
    for entry in content.districts():
        for stage, day in stages_of(entry).items():
            hour = 17 if (entry["slug"], stage) == ("dobong", "priorities") else 8
            run = partial(_enter, entry["slug"], stage)
            yield Scene(moment(day, hour), f"{entry['slug']} enters {stage}", run)


def _enter(slug: str, stage: str, at: datetime) -> None:
    year = DistrictYear.objects.select_related("district", "cycle").get(
        district__slug=slug, cycle__planning_year=who.PLANNING_YEAR
    )
    enter_stage(year=year, stage=stage, actor=who.acting_as(officer_of(slug), at), at=at)
