from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.agendas.models import Agenda
from madang.decide.forums.models import Forum
from madang.decide.forums.states import ForumKind
from madang.decide.voting.models import Election, Option, RollEntry
from madang.decide.voting.moments import short_moment
from madang.decide.voting.operations.preparing import why_not_prepared
from madang.decide.voting.rolls import born_by
from madang.decide.voting.states import ELECTION
from madang.ground.audit.operations import operation
from madang.ground.cycles.models import Cycle
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo, advance


class UnableToPrepare(UnableTo):
    """The vote cannot be set up like this."""


class UnableToOpen(UnableTo):
    """The vote cannot be opened now."""


@dataclass(frozen=True)
class Terms:
    """The settings of a vote that voters are told beforehand; ``age_least`` counts on the closing day."""

    title: str
    opens_at: datetime
    closes_at: datetime
    picks_most: int
    seats: int
    age_least: int
    tie_rule: str


def prepare_election(*, forum: Forum, terms: Terms, actor: Actor, at: datetime) -> Election:
    """Set up a vote of an open forum with every agenda of its year that is fit (AGENDA-8).

    Raises ``UnableToPrepare`` for a forum of another kind, a cancelled one, or terms that contradict each other.
    """
    require(actor, "voting.prepare", forum)
    if forum.kind != ForumKind.OPEN:
        raise UnableToPrepare(_("우선순위 투표는 열린 공론장에서만 할 수 있어요."), field="forum")
    if forum.state == "cancelled":
        raise UnableToPrepare(_("취소된 공론장이에요. 다른 열린 공론장을 골라 주세요."), field="forum")
    _check_terms(terms, at)
    with operation("voting.prepare", actor=actor, at=at):
        # Two votes set up at the same moment wait for each other here, so that each gets its own address.
        cycle = Cycle.objects.select_for_update().get(pk=forum.cycle_id)
        election = Election.objects.create(
            district_id=forum.district_id, cycle=cycle, forum=forum, slug=_next_slug(forum, cycle), **vars(terms)
        )
        fit = Agenda.objects.filter(district_id=forum.district_id, cycle=cycle, state="fit").order_by("number")
        Option.objects.bulk_create(
            Option(election=election, agenda=agenda, place=place, material=agenda.summary)
            for place, agenda in enumerate(fit, start=1)
        )
    return election


def _next_slug(forum: Forum, cycle: Cycle) -> str:
    known = Election.objects.filter(district_id=forum.district_id, cycle=cycle).count()
    return f"{cycle.planning_year}-{known + 1}"


def _check_terms(terms: Terms, at: datetime) -> None:
    if terms.closes_at <= terms.opens_at:
        raise UnableToPrepare(_("마감이 시작보다 늦어야 해요."), field="closes_at")
    if terms.closes_at <= at:
        raise UnableToPrepare(_("마감이 이미 지난 때예요."), field="closes_at")
    if not 1 <= terms.picks_most <= 30:
        raise UnableToPrepare(_("한 사람이 고를 수 있는 수는 1에서 30까지예요."), field="picks_most")
    if terms.seats < 1:
        raise UnableToPrepare(_("뽑는 의제는 하나 이상이어야 해요."), field="seats")


def change_election(*, election: Election, terms: Terms, actor: Actor, at: datetime) -> None:
    """Change the terms of a vote while it is being prepared. Raises ``UnableToPrepare``."""
    require(actor, "voting.prepare", election)
    _check_terms(terms, at)
    with operation("voting.change", actor=actor, at=at):
        _lock_draft(election)
        Election.objects.filter(pk=election.pk).update(**vars(terms))
    election.refresh_from_db()


def _lock_draft(election: Election) -> None:
    locked = Election.objects.select_for_update().get(pk=election.pk)
    if locked.state != "draft":
        raise UnableToPrepare(_("명부를 확정한 뒤에는 바꿀 수 없어요. 먼저 확정을 되돌려 주세요."))


def arrange_options(*, election: Election, options: Sequence[tuple[Agenda, str]], actor: Actor, at: datetime) -> None:
    """Set which agendas stand on the ballot, in this order, each with its material (AGENDA-8).

    Raises ``UnableToPrepare`` for an agenda of another district or year, one that is not fit, or one given twice.
    """
    require(actor, "voting.prepare", election)
    agendas = [agenda for agenda, _material in options]
    if len({agenda.pk for agenda in agendas}) != len(agendas):
        raise UnableToPrepare(_("같은 의제를 두 번 넣었어요."))
    for agenda in agendas:
        if (agenda.district_id, agenda.cycle_id) != (election.district_id, election.cycle_id):
            raise UnableToPrepare(_("다른 구나 다른 해의 의제예요: %(title)s") % {"title": agenda.title})
    _require_fit(agendas)
    with operation("voting.arrange_options", actor=actor, at=at):
        _lock_draft(election)
        election.options.exclude(agenda__in=agendas).delete()
        for place, (agenda, material) in enumerate(options, start=1):
            Option.objects.update_or_create(
                election=election, agenda=agenda, defaults={"place": place, "material": material.strip()}
            )


def _require_fit(agendas: Sequence[Agenda]) -> None:
    unfit = [agenda.title for agenda in agendas if agenda.state != "fit"]
    if unfit:
        raise UnableToPrepare(_("적격이 아닌 의제는 투표에 올릴 수 없어요: %(titles)s") % {"titles": ", ".join(unfit)})


def freeze_roll(*, election: Election, actor: Actor, at: datetime) -> None:
    """Fix roll, options and terms of a vote; from here on they are public and nothing of it changes.

    Raises ``UnableToPrepare`` when something is missing: options, material for each, voters, their age, what AGENDA-8
    asks of the record.
    """
    require(actor, "voting.prepare", election)
    with operation("voting.freeze_roll", actor=actor, at=at):
        _lock_draft(election)
        election.refresh_from_db()
        _require_complete_options(election)
        voters = RollEntry.objects.filter(election=election)
        size = voters.count()
        if not size:
            raise UnableToPrepare(_("명부가 비어 있어요. 명부 파일을 먼저 넣어 주세요."))
        closing_on = timezone.localdate(election.closes_at)
        young = voters.filter(birth_on__gt=born_by(closing_on, election.age_least)).count()
        if young:
            raise UnableToPrepare(
                _("마감일에 만 %(age)d살이 안 되는 사람이 명부에 %(young)d명 있어요. 나이 조건이나 명부를 고쳐 주세요.")
                % {"age": election.age_least, "young": young}
            )
        _require_prepared(election)
        advance(election, ELECTION, "freeze_roll", roll_size=size)


def _require_complete_options(election: Election) -> None:
    options = list(election.options.select_related("agenda"))
    if len(options) < 2:
        raise UnableToPrepare(_("투표에 오를 의제가 두 개 이상 있어야 해요."))
    if election.picks_most > len(options) or election.seats > len(options):
        raise UnableToPrepare(
            _("의제가 %(options)d개예요. 고를 수 있는 수와 뽑는 수는 그보다 많을 수 없어요.")
            % {"options": len(options)}
        )
    empty = [option.agenda.title for option in options if not option.material]
    if empty:
        raise UnableToPrepare(_("미리 볼 자료가 비어 있는 의제가 있어요: %(titles)s") % {"titles": ", ".join(empty)})
    _require_fit([option.agenda for option in options])


def _require_prepared(election: Election) -> None:
    refusal = why_not_prepared(election)
    if refusal is not None:
        raise UnableToPrepare(refusal)


def thaw_roll(*, election: Election, actor: Actor, at: datetime, reason: str) -> None:
    """Take the freeze back before the opening, with a reason that stays in the log."""
    require(actor, "voting.prepare", election)
    if not reason.strip():
        raise UnableToPrepare(_("되돌리는 까닭을 적어 주세요."), field="reason")
    with operation("voting.thaw_roll", actor=actor, at=at, reason=reason.strip()):
        advance(election, ELECTION, "thaw_roll", roll_size=None)


def open_election(*, election: Election, actor: Actor, at: datetime) -> None:
    """Open a vote within its dates.

    Raises ``UnableToOpen`` before or after them, ``UnableToPrepare`` when an agenda is no longer fit.
    """
    require(actor, "voting.open", election)
    if at < election.opens_at:
        raise UnableToOpen(
            _("아직 여는 때가 아니에요. %(opens)s부터 열 수 있어요.") % {"opens": short_moment(election.opens_at)}
        )
    if at >= election.closes_at:
        raise UnableToOpen(_("마감 때가 지났어요. 확정을 되돌리고 날짜를 고쳐 주세요."))
    _require_fit([option.agenda for option in election.options.select_related("agenda")])
    _require_prepared(election)
    with operation("voting.open", actor=actor, at=at):
        advance(election, ELECTION, "open", opened_by_id=actor.person_id, opened_at=at)
