from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from madang.decide.agendas.models import Difference, Proposal
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo


class UnableToTellApart(UnableTo):
    """These proposals are not two of one district's year."""


def tell_apart(*, proposal: Proposal, others: Sequence[Proposal], actor: Actor, at: datetime) -> None:
    """Keep that a proposal wants something else than each of others, so that the merge desk lays them together no more.

    What somebody told apart before stays as it was. Raises ``UnableToTellApart`` without another proposal of the same
    district's year.
    """
    for one in (proposal, *others):
        require(actor, "agendas.merge", one)
    others = [other for other in others if other.pk != proposal.pk]
    if not others:
        raise UnableToTellApart(_("다르다고 할 제안을 둘 이상 골라 주세요."))
    if any((other.district_id, other.cycle_id) != (proposal.district_id, proposal.cycle_id) for other in others):
        raise UnableToTellApart(_("같은 구, 같은 해의 제안만 견줄 수 있어요."))
    with operation("agendas.tell_apart", actor=actor, at=at):
        # Two people who tell the same pair apart at once say the same: the second changes nothing.
        Difference.objects.bulk_create(
            [
                Difference(
                    first_id=min(proposal.pk, other.pk),
                    second_id=max(proposal.pk, other.pk),
                    told_by_id=actor.person_id,
                    told_at=at,
                )
                for other in others
            ],
            ignore_conflicts=True,
        )


def take_back_difference(*, difference: Difference, actor: Actor, at: datetime) -> None:
    """Let the merge desk lay two proposals together again; that they were told apart stays on record.

    Raises ``UnableToTellApart`` when it was taken back before.
    """
    require(actor, "agendas.merge", difference)
    with operation("agendas.take_back_difference", actor=actor, at=at):
        rows = Difference.objects.filter(pk=difference.pk, taken_back_at=None)
        if not rows.update(taken_back_at=at):
            raise UnableToTellApart(_("그사이 누가 이미 되돌렸어요."))
