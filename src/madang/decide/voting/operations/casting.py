from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.voting.codes import grouped, new_receipt
from madang.decide.voting.models import Ballot, Election, RollEntry
from madang.decide.voting.moments import short_day, short_moment
from madang.decide.voting.states import DESK_CHANNELS, Channel, EntryState
from madang.engines.counting import UnableToCount, check_ballot
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo

LOCK_CLASS = 0x564F5445
KEY_LENGTHS = range(16, 101)


class UnableToCast(UnableTo):
    """The ballot was not taken; nothing has changed."""


@dataclass(frozen=True)
class Receipt:
    """What a voter takes along: a number that says a ballot was taken and not what is on it."""

    number: str
    channel: str
    cast_on: date

    @property
    def groups(self) -> list[str]:
        return grouped(self.number, 4)


def cast_ballot(
    *,
    election: Election,
    entry: RollEntry,
    choices: Sequence[int],
    channel: Channel,
    key: str,
    actor: Actor,
    at: datetime,
) -> Receipt:
    """Take one voter's ballot, whichever way it comes; ``choices`` are numbers of options, ``key`` names the attempt.

    Marks the voter as having voted with one conditional UPDATE and stores the ballot in the same transaction. The
    same key for the same voter returns the same receipt, also after the close. Raises ``UnableToCast`` outside the
    voting time, for a voter of another roll, for a second attempt, and for a ballot that cannot count.
    """
    require(actor, "voting.desk" if channel in DESK_CHANNELS else "voting.cast", election)
    if entry.election_id != election.pk:
        raise UnableToCast(_("이 투표의 명부에 없는 분이에요."))
    if len(key) not in KEY_LENGTHS:
        raise UnableToCast(_("투표 화면이 오래되었어요. 처음부터 다시 해 주세요."))
    bound_key = _bind(key, entry)
    try:
        check_choices(election, choices)
        return _cast(election, entry, choices, channel, bound_key, actor, at)
    except UnableToCast:
        # A retry of a ballot that was taken is no new ballot, whatever has changed since.
        known = _receipt_for(bound_key)
        if known is None:
            raise
        return known


def _cast(
    election: Election,
    entry: RollEntry,
    choices: Sequence[int],
    channel: Channel,
    bound_key: str,
    actor: Actor,
    at: datetime,
) -> Receipt:
    with operation("voting.cast", actor=actor, at=at):
        _share_the_box(election.pk)
        _require_open(election.pk, at)
        if not _spend(entry, channel, at):
            raise UnableToCast(already_voted(RollEntry.objects.get(pk=entry.pk)))
        ballot = Ballot.objects.create(
            election=election,
            channel=channel,
            choices=sorted(choices),
            idempotency_key=bound_key,
            receipt=new_receipt(),
            cast_on=timezone.localdate(at),
            entered_by_id=actor.person_id if channel in DESK_CHANNELS else None,
        )
    return Receipt(ballot.receipt, ballot.channel, ballot.cast_on)


def _bind(key: str, entry: RollEntry) -> str:
    """Tie the client's key to the voter, so that a key used again for somebody else finds nothing."""
    return hashlib.sha256(f"madang.voting.cast:{entry.election_id}:{entry.pk}:{key}".encode()).hexdigest()


def _receipt_for(bound_key: str) -> Receipt | None:
    found = Ballot.objects.filter(idempotency_key=bound_key).values_list("receipt", "channel", "cast_on").first()
    return Receipt(*found) if found else None


def check_choices(election: Election, choices: Sequence[int]) -> None:
    """Raise ``UnableToCast`` with what to do for a ballot that could not be counted."""
    try:
        check_ballot(choices, options=election.option_ids, most=election.picks_most)
    except UnableToCount as refused:
        over = len(choices) - election.picks_most
        words = {
            "empty": _("아직 고른 의제가 없어요. 하나 이상 골라 주세요."),
            "twice": _("같은 의제를 두 번 골랐어요. 한 번만 골라 주세요."),
            "unknown": _("이 투표에 없는 의제가 들어 있어요. 처음부터 다시 골라 주세요."),
            "too_many": _("%(most)d개까지 고를 수 있어요. %(over)d개를 빼 주세요.")
            % {"most": election.picks_most, "over": over},
        }
        raise UnableToCast(words[str(refused)], field="choices") from None


def _share_the_box(election_id: int) -> None:
    """Hold the ballot box open together with every other cast; the close waits for all of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [LOCK_CLASS, election_id % 2**31])


def _require_open(election_id: int, at: datetime) -> None:
    columns = ("state", "opens_at", "closes_at", "closed_at")
    state, opens_at, closes_at, closed_at = Election.objects.values_list(*columns).get(pk=election_id)
    if state in ("draft", "roll_frozen") or (state == "open" and at < opens_at):
        raise UnableToCast(_("아직 투표를 열지 않았어요. %(opens)s에 열어요.") % {"opens": short_moment(opens_at)})
    if state != "open" or at >= closes_at:
        closed = closed_at if closed_at and closed_at < closes_at else closes_at
        raise UnableToCast(_("투표가 %(closes)s에 마감되었어요.") % {"closes": short_moment(closed)})


def _spend(entry: RollEntry, channel: Channel, at: datetime) -> bool:
    changed = RollEntry.objects.filter(pk=entry.pk, state=EntryState.OPEN).update(
        state=EntryState.SPENT, channel=channel, spent_at=at
    )
    return changed == 1


def already_voted(entry: RollEntry) -> str:
    """Say that somebody has voted, when and by which way."""
    return _("이미 투표하셨어요 (%(day)s %(channel)s).") % {
        "day": short_day(timezone.localdate(entry.spent_at)),
        "channel": Channel(entry.channel).label,
    }
