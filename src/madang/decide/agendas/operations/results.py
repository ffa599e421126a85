from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from madang.decide.agendas.models import Agenda
from madang.decide.agendas.operations.telling import tell_proposers
from madang.decide.agendas.states import AGENDA
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import advance


def take_vote_result(*, agenda: Agenda, chosen: bool, actor: Actor, at: datetime) -> None:
    """Record what the priority vote decided about an agenda that was fit for it, and tell its proposers (C3).

    Raises ``UnableToMove`` when the agenda was not up for the vote or has its result already.
    """
    require(actor, "agendas.take_result", agenda)
    with operation("agendas.take_result", actor=actor, at=at):
        advance(agenda, AGENDA, "choose" if chosen else "pass_over", result_at=at)
        tell_proposers(
            agenda=agenda,
            key="result",
            news=lambda: (
                _("「%(title)s」 의제가 투표로 뽑혔어요") % {"title": agenda.title}
                if chosen
                else _("「%(title)s」 의제는 투표에서 뽑히지 않았어요") % {"title": agenda.title},
                _("이제 함께 실행계획을 세워요.")
                if chosen
                else _("의제는 목록에 남아 다음 해에 다시 살펴볼 수 있어요."),
            ),
            at=at,
        )
