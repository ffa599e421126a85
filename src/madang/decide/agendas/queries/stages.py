"""In which stages of a district's year proposals are merged and agendas are judged (C3)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from madang.ground.cycles.models import Cycle
from madang.ground.cycles.queries import year_of
from madang.ground.cycles.states import YEAR
from madang.ground.places.models import District

MERGING_STAGES = ("find", "merge")
JUDGING_STAGES = (*MERGING_STAGES, "priorities")


def why_not_in_stage(district: District, cycle: Cycle, stages: tuple[str, ...]) -> str | None:
    """Return why a district's year is not in one of the stages, or None when it is."""
    year = year_of(district, cycle)
    if year is None:
        return _("%(district)s는 %(year)s년 계획을 세우지 않아요.") % {"district": district, "year": cycle}
    if year.state in stages:
        return None
    names = ", ".join(f"「{YEAR.state(stage).staff}」" for stage in stages)
    return _("지금은 「%(stage)s」 단계예요. %(names)s 단계에서만 할 수 있어요.") % {
        "stage": YEAR.state(year.state).staff,
        "names": names,
    }


def why_no_merging(district: District, cycle: Cycle) -> str | None:
    """Return why proposals cannot be merged now: not before agendas are sought, not once the vote has its turn."""
    return why_not_in_stage(district, cycle, MERGING_STAGES)
