from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.voting.codes import code_hash, grouped, new_code
from madang.decide.voting.models import Election, RollEntry, RollFile
from madang.decide.voting.queries.rolls import check_file
from madang.decide.voting.rolls import RollCheck
from madang.decide.voting.states import EntryState
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo

BATCH = 2000


class UnableToTakeRoll(UnableTo):
    """The roll cannot be changed like this."""


def hand_in_roll(
    *, election: Election, content: bytes, name: str, actor: Actor, at: datetime
) -> tuple[RollFile, RollCheck]:
    """Keep a roll file for a look before it is taken in, and say what it holds; an earlier waiting file is emptied.

    Raises ``UnableToReadTable`` for a file that is no roll, ``UnableToTakeRoll`` once the roll is frozen.
    """
    require(actor, "voting.prepare", election)
    _require_draft(election)
    check = check_file(election, content, name)
    with operation("voting.hand_in_roll", actor=actor, at=at):
        RollFile.objects.filter(election=election, taken_at=None).exclude(content=b"").update(content=b"")
        file = RollFile.objects.create(
            election=election,
            name=name[-200:],
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            uploaded_by_id=actor.person_id,
            uploaded_at=at,
        )
    return file, check


def take_roll(*, file: RollFile, actor: Actor, at: datetime) -> int:
    """Put the voters of a file on the roll, all or none, and return how many were new; the file's content is emptied.

    Raises ``UnableToTakeRoll`` when a row is rejected, the roll is frozen, or the file was taken or replaced.
    """
    election = file.election
    require(actor, "voting.prepare", election)
    with operation("voting.take_roll", actor=actor, at=at):
        Election.objects.select_for_update().get(pk=election.pk)
        election.refresh_from_db()
        _require_draft(election)
        file.refresh_from_db()
        if not file.content:
            raise UnableToTakeRoll(_("이미 넣었거나 다른 파일로 바뀐 명부예요. 다시 올려 주세요."))
        check = check_file(election, bytes(file.content), file.name)
        if check.rejected:
            raise UnableToTakeRoll(
                _("받을 수 없는 줄이 %(rows)d개 있어서 아무것도 넣지 않았어요. 고쳐서 다시 올려 주세요.")
                % {"rows": len(check.rejected)}
            )
        RollEntry.objects.bulk_create(
            (
                RollEntry(
                    election=election,
                    reference=voter.reference,
                    name=voter.name,
                    birth_on=voter.birth_on,
                    dong_id=voter.dong_id,
                )
                for voter in check.new
            ),
            batch_size=BATCH,
        )
        RollFile.objects.filter(pk=file.pk).update(
            content=b"", taken_at=at, rows_added=len(check.new), rows_known=check.known
        )
    return len(check.new)


def _require_draft(election: Election) -> None:
    if election.state != "draft":
        raise UnableToTakeRoll(_("명부를 확정한 뒤에는 바꿀 수 없어요. 먼저 확정을 되돌려 주세요."))


def issue_codes(*, election: Election, actor: Actor, at: datetime, reason: str = "") -> list[tuple[str, str, str]]:
    """Give every voter who has not voted a one-time access code; returns number, name and code, once.

    The codes are stored hashed and cannot be shown again. Issued anew (with a reason) the former codes end.
    Raises ``UnableToTakeRoll`` before the freeze, after the close, or a second time without a reason.
    """
    require(actor, "voting.prepare", election)
    with operation("voting.issue_codes", actor=actor, at=at, reason=reason.strip()):
        locked = Election.objects.select_for_update().get(pk=election.pk)
        if locked.state not in ("roll_frozen", "open"):
            raise UnableToTakeRoll(_("접근 번호는 명부를 확정한 뒤부터 마감 전까지 만들 수 있어요."))
        if locked.codes_issued_at and not reason.strip():
            raise UnableToTakeRoll(
                _("접근 번호는 %(day)s에 이미 내려받았어요. 다시 만들면 앞의 번호는 못 써요. 까닭을 적어 주세요.")
                % {"day": f"{timezone.localdate(locked.codes_issued_at):%Y-%m-%d}"},
                field="reason",
            )
        voters = RollEntry.objects.filter(election=election, state=EntryState.OPEN).order_by("reference")
        issued = [
            (pk, reference, name, new_code()) for pk, reference, name in voters.values_list("pk", "reference", "name")
        ]
        _store_codes(election.pk, issued)
        Election.objects.filter(pk=election.pk).update(codes_issued_at=at)
    election.codes_issued_at = at
    return [(reference, name, "-".join(grouped(code, 5))) for _pk, reference, name, code in issued]


def _store_codes(election_id: int, issued: list[tuple[int, str, str, str]]) -> None:
    numbers = [pk for pk, _reference, _name, _code in issued]
    hashes = [code_hash(election_id, reference, code) for _pk, reference, _name, code in issued]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE voting_rollentry SET access_code_hash = fresh.hash"
            " FROM unnest(%s::bigint[], %s::text[]) AS fresh (id, hash) WHERE voting_rollentry.id = fresh.id",
            [numbers, hashes],
        )
