from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from madang.decide.voting.codes import is_code
from madang.decide.voting.models import Election, RollEntry, WrongCode
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo

MOST_WRONG = 5
WITHIN = timedelta(minutes=10)


class UnableToIdentify(UnableTo):
    """Nobody on the roll fits what was typed, or too much was tried."""


def identify_voter(
    *, election: Election, reference: str, code: str, visitor: str, actor: Actor, at: datetime, claim: bool = False
) -> RollEntry:
    """Return the voter with this number and access code; with ``claim`` the signed-in person is linked to the entry.

    ``visitor`` tells one browser from another (a hashed session). After five wrong tries within ten minutes, for one
    number or from one browser, nothing more is tried. Raises ``UnableToIdentify``.
    """
    require(actor, "voting.cast", election)
    reference = reference.strip()[:20]
    recent = WrongCode.objects.filter(election=election, tried_at__gt=at - WITHIN)
    if recent.filter(reference=reference).count() >= MOST_WRONG or recent.filter(visitor=visitor).count() >= MOST_WRONG:
        raise UnableToIdentify(
            _("번호를 여러 번 잘못 적어서 잠시 쉬어 갈게요. 10분 뒤에 다시 하거나 현장 투표소로 와 주세요."),
            field="code",
        )
    entry = RollEntry.objects.filter(election=election, reference=reference).first()
    if entry is None or not is_code(election.pk, entry.reference, code, entry.access_code_hash):
        WrongCode.objects.create(election=election, reference=reference, visitor=visitor, tried_at=at)
        raise UnableToIdentify(_("선거인 번호나 접근 번호가 맞지 않아요. 받은 안내를 다시 봐 주세요."), field="code")
    if claim and actor.person_id is not None:
        _claim(entry, actor.person_id, actor, at)
    return entry


def _claim(entry: RollEntry, person_id: int, actor: Actor, at: datetime) -> None:
    """Link an entry nobody has claimed to a person who has claimed none in this election."""
    taken = RollEntry.objects.filter(election_id=entry.election_id, person_id=person_id)
    if taken.exclude(pk=entry.pk).exists() or entry.person_id not in (None, person_id):
        raise UnableToIdentify(
            _("이 계정이나 이 번호는 이미 다른 곳에 이어져 있어요. 잇지 않고도 투표할 수 있어요."), field="claim"
        )
    with operation("voting.claim_entry", actor=actor, at=at):
        RollEntry.objects.filter(Q(person=None), pk=entry.pk).update(person_id=person_id)
    entry.person_id = person_id
