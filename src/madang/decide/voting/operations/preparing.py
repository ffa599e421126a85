"""How the open forum prepared its vote is recorded, and held to AGENDA-8 before the vote is fixed and opened."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.decide.voting.models import Election, Preparation
from madang.decide.voting.queries.preparing import judged_vote
from madang.decide.voting.states import Viewpoint
from madang.engines.rulebook import Severity
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo

HOW_MOST = 120


class UnableToRecord(UnableTo):
    """The preparation of the vote cannot be recorded as asked."""


@dataclass(frozen=True)
class Prepared:
    """When and how the material was given, what was discussed, and whether paper ballots carry the instructions."""

    material_given_on: date
    material_how: str
    viewpoints: Collection[str]
    paper_instructions: bool


def record_preparation(*, election: Election, prepared: Prepared, actor: Actor, at: datetime) -> Preparation:
    """Record how a vote was prepared, until it is closed (AGENDA-8). Raises ``UnableToRecord``."""
    require(actor, "voting.prepare", election)
    how = prepared.material_how.strip()
    if election.state in ("closed", "certified"):
        raise UnableToRecord(_("마감한 투표의 준비 기록은 바꿀 수 없어요."))
    if prepared.material_given_on > timezone.localdate(at):
        raise UnableToRecord(_("아직 오지 않은 날이에요."), field="material_given_on")
    if not how or len(how) > HOW_MOST:
        raise UnableToRecord(_("어떻게 나눴는지 120자까지 적어 주세요."), field="material_how")
    if any(one not in Viewpoint.values for one in prepared.viewpoints):
        raise UnableToRecord(_("목록에 있는 것을 골라 주세요."), field="viewpoints")
    with operation("voting.record_preparation", actor=actor, at=at):
        return Preparation.objects.update_or_create(
            election=election,
            defaults={
                "material_given_on": prepared.material_given_on,
                "material_how": how,
                "viewpoints": [one for one in Viewpoint.values if one in prepared.viewpoints],
                "paper_instructions": prepared.paper_instructions,
                "recorded_by_id": actor.person_id,
                "recorded_at": at,
            },
        )[0]


def why_not_prepared(election: Election) -> str | None:
    """Return what AGENDA-8 finds against the vote as it is recorded, in the reader's language, or None."""
    blocking = [found for found in judged_vote(election).findings if found.severity is Severity.BLOCK]
    lang = "en" if get_language() == "en" else "ko"
    said = [f"{found.message(lang)} {found.remedy(lang)} ({found.clause})" for found in blocking]  # type: ignore[arg-type]
    return " ".join(said) or None
