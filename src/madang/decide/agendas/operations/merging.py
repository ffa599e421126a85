from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from madang.decide.agendas.models import Agenda, Proposal, Strand
from madang.decide.agendas.operations.numbers import give_number
from madang.decide.agendas.operations.telling import agenda_link, tell_people
from madang.decide.agendas.operations.words import required, required_reason, required_title
from madang.decide.agendas.queries.stages import why_no_merging
from madang.decide.agendas.states import AGENDA, PROPOSAL
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo, UnableToMove, advance


class UnableToMerge(UnableTo):
    """These proposals cannot be brought together; the reason names the one that stands in the way."""


def merge(
    *, proposals: Sequence[Proposal], title: str, summary: str, reason: str, actor: Actor, at: datetime
) -> Agenda:
    """Merge received proposals of one district's year into a new agenda with a permanent number, and tell proposers.

    The proposals stay readable; each is held by a strand with who, when and why. Raises ``UnableToMerge`` for an empty
    choice, proposals of different years, a stage that does not allow it, or a proposal that is
    no longer waiting (C3, DESIGN "Lineage").
    """
    chosen = _together(proposals, actor)
    title = required_title(title, field="title", missing=_("의제 이름을 써 주세요."))
    summary = required(summary, field="summary", missing=_("무엇을 하려는 의제인지 써 주세요."))
    reason = required_reason(reason)
    district, cycle = chosen[0].district, chosen[0].cycle
    _require_stage(chosen[0])
    with operation("agendas.merge", actor=actor, at=at, reason=reason):
        agenda = Agenda.objects.create(
            district=district,
            cycle=cycle,
            number=give_number(district, cycle.planning_year, "agenda"),
            title=title,
            summary=summary,
            created_at=at,
        )
        _join(agenda, chosen, reason=reason, actor=actor, at=at)
    return agenda


def add_to_agenda(*, agenda: Agenda, proposals: Sequence[Proposal], reason: str, actor: Actor, at: datetime) -> None:
    """Merge further received proposals into an agenda whose review has not begun, and tell their proposers.

    Raises ``UnableToMerge`` as ``merge`` does, and when the agenda is of another district's year or past gathering.
    """
    chosen = _together(proposals, actor)
    reason = required_reason(reason)
    if (agenda.district_id, agenda.cycle_id) != (chosen[0].district_id, chosen[0].cycle_id):
        raise UnableToMerge(_("다른 구나 다른 해의 의제에는 모을 수 없어요."), field="agenda")
    _require_stage(chosen[0])
    with operation("agendas.merge", actor=actor, at=at, reason=reason):
        locked = Agenda.objects.select_for_update().get(pk=agenda.pk)
        if locked.state != AGENDA.first:
            state = AGENDA.state(locked.state).staff
            raise UnableToMerge(
                _("이 의제는 지금 「%(state)s」 상태라서 제안을 더 모을 수 없어요.") % {"state": state}, field="agenda"
            )
        _join(agenda, chosen, reason=reason, actor=actor, at=at)


def undo_merge(*, agenda: Agenda, reason: str, actor: Actor, at: datetime) -> None:
    """Undo a merge while the agenda is only gathered: its proposals wait again and their proposers are told.

    The agenda and its strands stay readable as undone. Raises ``UnableTo`` without a reason and ``UnableToMove`` once
    the review has begun.
    """
    require(actor, "agendas.merge", agenda)
    reason = required_reason(reason)
    with operation("agendas.undo_merge", actor=actor, at=at, reason=reason):
        advance(agenda, AGENDA, "undo")
        strands = list(agenda.strands.filter(undone_at=None).select_related("proposal").order_by("proposal_id"))
        for strand in strands:
            if strand.proposal.state == "merged":
                advance(strand.proposal, PROPOSAL, "release")
        agenda.strands.filter(undone_at=None).update(undone_at=at, undone_reason=reason)
        tell_people(
            person_ids=_proposers([strand.proposal for strand in strands]),
            key=f"agenda-{agenda.pk}-undone",
            news=lambda: (
                _("「%(title)s」 의제로 모은 것을 되돌렸어요") % {"title": agenda.title},
                _("제안은 다시 따로 살펴봐요. 까닭: %(reason)s") % {"reason": reason},
            ),
            link=agenda_link(agenda),
            at=at,
        )


def _together(proposals: Sequence[Proposal], actor: Actor) -> list[Proposal]:
    """Return the chosen proposals once each, in the order in which they are locked; all of one district's year."""
    chosen = sorted({proposal.pk: proposal for proposal in proposals}.values(), key=lambda proposal: proposal.pk)
    if not chosen:
        require(actor, "agendas.merge")
        raise UnableToMerge(_("모을 제안을 하나 이상 골라 주세요."))
    for proposal in chosen:
        require(actor, "agendas.merge", proposal)
    if len({(proposal.district_id, proposal.cycle_id) for proposal in chosen}) > 1:
        raise UnableToMerge(_("같은 구, 같은 해의 제안만 함께 모을 수 있어요."))
    return chosen


def _require_stage(proposal: Proposal) -> None:
    refusal = why_no_merging(proposal.district, proposal.cycle)
    if refusal is not None:
        raise UnableToMerge(refusal)


def _join(agenda: Agenda, proposals: Sequence[Proposal], *, reason: str, actor: Actor, at: datetime) -> None:
    """Move each waiting proposal into the agenda, keep its strand, and tell those who proposed."""
    for proposal in proposals:
        try:
            advance(proposal, PROPOSAL, "merge")
        except UnableToMove as refusal:
            raise UnableToMerge(
                _("%(number)s 제안은 지금 「%(state)s」 상태예요. 그사이 누가 바꾸었어요. 빼고 다시 해 주세요.")
                % {"number": proposal.public_number, "state": PROPOSAL.state(proposal.state).staff}
            ) from refusal
    Strand.objects.bulk_create(
        Strand(proposal=proposal, agenda=agenda, reason=reason, merged_by_id=actor.person_id, merged_at=at)
        for proposal in proposals
    )
    tell_people(
        person_ids=_proposers(proposals),
        key=f"agenda-{agenda.pk}-merged-{proposals[0].pk}",
        news=lambda: (
            _("내 제안이 「%(title)s」 의제가 되었어요") % {"title": agenda.title},
            _("%(number)s 의제로 모았어요. 까닭: %(reason)s\n처음 쓴 글은 그대로 남아 있어요.")
            % {"number": agenda.public_number, "reason": reason},
        ),
        link=agenda_link(agenda),
        at=at,
    )


def _proposers(proposals: Iterable[Proposal]) -> set[int]:
    return {proposal.proposer_id for proposal in proposals if proposal.proposer_id is not None}
