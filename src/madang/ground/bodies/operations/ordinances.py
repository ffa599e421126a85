from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from madang.ground.audit.operations import operation
from madang.ground.bodies.models import Ordinance
from madang.ground.bodies.states import Proportion
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.places.models import District
from madang.ground.workflow import UnableTo


class UnableToKeepOrdinance(UnableTo):
    """The ordinance cannot be recorded as asked."""


@dataclass(frozen=True)
class OrdinanceText:
    """What an ordinance says of the council; what it leaves open is None, quorum and decision default to a majority."""

    title: str
    enacted_on: date
    council_by_it: bool = True
    size_min: int | None = None
    size_max: int | None = None
    term_years: int | None = None
    present: Proportion = Proportion.MAJORITY
    decides: Proportion = Proportion.MAJORITY


def keep_ordinance(*, district: District, text: OrdinanceText, actor: Actor, at: datetime) -> Ordinance:
    """Record a district's governance ordinance, or what an amendment made of it (BODY-13).

    The record of a day is corrected; another day is an amendment beside it, which holds from that day on. Raises
    ``UnableToKeepOrdinance`` for a day that has not come, and for sizes that contradict each other.
    """
    require(actor, "bodies.keep_ordinance", Ordinance(district=district))
    if not text.title.strip():
        raise UnableToKeepOrdinance(_("조례의 이름을 적어 주세요."), field="title")
    if text.enacted_on > timezone.localdate(at):
        raise UnableToKeepOrdinance(_("아직 오지 않은 날이에요. 제정한 뒤에 적어 주세요."), field="enacted_on")
    if text.size_min is not None and text.size_max is not None and text.size_min > text.size_max:
        raise UnableToKeepOrdinance(_("최소 인원이 최대 인원보다 많아요."), field="size_max")
    values = {**asdict(text), "title": text.title.strip()}
    with operation("bodies.keep_ordinance", actor=actor, at=at):
        kept, _new = Ordinance.objects.update_or_create(
            district=district, enacted_on=values.pop("enacted_on"), defaults=values
        )
        return kept
