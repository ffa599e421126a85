from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from madang.decide.agendas.operations.results import take_vote_result
from madang.decide.voting.models import Ballot, Election, Option, Tally
from madang.decide.voting.operations.casting import LOCK_CLASS
from madang.decide.voting.queries.results import unequal_channels
from madang.decide.voting.states import ELECTION
from madang.engines.counting import Count, TieRule, count_approval
from madang.ground.audit.operations import note, operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import NotAllowed, require
from madang.ground.workflow import UnableTo, advance

Tallies = dict[tuple[str, int | None], int]


class UnableToClose(UnableTo):
    """The vote cannot be closed like this."""


class UnableToCertify(UnableTo):
    """The result cannot be certified."""


def close_election(*, election: Election, actor: Actor, at: datetime, reason: str = "") -> None:
    """Close a vote, wait for ballots on their way, and count; before its closing time only with a reason.

    Raises ``UnableToClose``.
    """
    require(actor, "voting.close", election)
    if at < election.closes_at and not reason.strip():
        raise UnableToClose(_("마감 때가 되지 않았어요. 먼저 닫으려면 까닭을 적어 주세요."), field="reason")
    with operation("voting.close", actor=actor, at=at, reason=reason.strip()):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_CLASS, election.pk % 2**31])
        advance(election, ELECTION, "close", closed_by_id=actor.person_id, closed_at=at, close_reason=reason.strip())
        count, tallies = count_election(election)
        Tally.objects.bulk_create(
            Tally(election=election, channel=channel, option_id=option, number=number)
            for (channel, option), number in sorted(tallies.items(), key=str)
        )
        _write_standings(election, count)


def count_election(election: Election) -> tuple[Count, Tallies]:
    """Count the ballots of a vote: the result, and the ballots (option None) and votes of each channel."""
    ballots = list(Ballot.objects.filter(election=election).values_list("channel", "choices"))
    tallies: Counter[tuple[str, int | None]] = Counter()
    for channel, choices in ballots:
        tallies[channel, None] += 1
        for option in choices:
            tallies[channel, option] += 1
    count = count_approval(
        (choices for _channel, choices in ballots),
        options=list(election.options.order_by("place").values_list("pk", flat=True)),
        seats=election.seats,
        most=election.picks_most,
        tie_rule=TieRule(election.tie_rule),
    )
    return count, dict(tallies)


def _write_standings(election: Election, count: Count) -> None:
    options = {option.pk: option for option in election.options.all()}
    for standing in count.standings:
        option = options[standing.option]
        option.votes, option.rank = standing.votes, standing.rank
        undecided = standing.tied and count.open_seats > 0
        option.chosen = None if undecided else standing.chosen
    Option.objects.bulk_update(options.values(), ["votes", "rank", "chosen"])


def certify_election(
    *,
    election: Election,
    actor: Actor,
    at: datetime,
    tie_winners: Collection[int] = (),
    tie_reason: str = "",
) -> None:
    """Confirm a counted result, by somebody who neither opened nor closed the vote, and give it to the agendas (C3).

    ``tie_winners`` are the options chosen among the tied where the tie was left open. Raises ``NotAllowed`` (kept in
    the log) for the wrong person, ``UnableToCertify`` when roll and ballots differ, a second count differs, or the
    tie is not settled exactly.
    """
    _require_another_person(election, actor, at)
    with operation("voting.certify", actor=actor, at=at, reason=tie_reason.strip()):
        advance(
            election,
            ELECTION,
            "certify",
            certified_by_id=actor.person_id,
            certified_at=at,
            tie_decision=tie_reason.strip() if tie_winners else "",
        )
        count, tallies = count_election(election)
        _require_same_count(election, tallies)
        _settle_tie(election, count, set(tie_winners), tie_reason.strip())
        for option in election.options.select_related("agenda__cycle", "agenda__district"):
            if option.agenda.state != "fit":
                raise UnableToCertify(
                    _("「%(title)s」 의제의 상태가 투표 중에 바뀌었어요. 먼저 의제를 확인해 주세요.")
                    % {"title": option.agenda.title}
                )
            take_vote_result(agenda=option.agenda, chosen=bool(option.chosen), actor=actor, at=at)


def _require_another_person(election: Election, actor: Actor, at: datetime) -> None:
    try:
        require(actor, "voting.certify", election)
    except NotAllowed as refused:
        note(
            "voting.certify_refused",
            subject_type="voting.election",
            subject_id=election.pk,
            actor=actor,
            at=at,
            reason=str(refused.reason),
        )
        raise


def _require_same_count(election: Election, tallies: Tallies) -> None:
    kept = {(row.channel, row.option_id): row.number for row in election.tallies.all()}
    if kept != tallies:
        raise UnableToCertify(_("다시 센 수가 마감 때 센 수와 달라요. 확정하지 말고 시스템 관리자에게 알려 주세요."))
    if unequal_channels(election):
        raise UnableToCertify(
            _("명부에서 투표한 사람 수와 표의 수가 달라요. 확정하지 말고 시스템 관리자에게 알려 주세요.")
        )


def _settle_tie(election: Election, count: Count, winners: set[int], reason: str) -> None:
    if not count.open_seats:
        return
    if len(winners) != count.open_seats or not winners <= set(count.tied):
        raise UnableToCertify(
            _("동점인 의제 가운데 %(seats)d개를 골라 주세요.") % {"seats": count.open_seats}, field="tie_winners"
        )
    if not reason:
        raise UnableToCertify(_("동점을 어떻게 정했는지 적어 주세요. 결과와 함께 공개돼요."), field="tie_reason")
    election.options.filter(pk__in=count.tied).update(chosen=False)
    election.options.filter(pk__in=winners).update(chosen=True)
