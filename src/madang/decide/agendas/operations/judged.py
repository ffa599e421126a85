"""Invitations of proposers (AGENDA-6) and what the ordinance excludes (AGENDA-7) are recorded."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.agendas.models import Agenda, ExclusionReview, Invitation, Proposal
from madang.decide.agendas.operations.telling import agenda_link, tell_people
from madang.decide.agendas.operations.words import required, required_reason
from madang.decide.agendas.queries.judging import exclusions, proposals_to_invite, rulebook_of
from madang.decide.agendas.states import InvitationStep
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo

HOW_MOST = 120


class UnableToInvite(UnableTo):
    """The invitation cannot be recorded as asked."""


class UnableToExclude(UnableTo):
    """The ordinance's exclusions cannot be judged as asked."""


def invite_proposers(
    *,
    agenda: Agenda,
    step: str,
    proposals: Collection[Proposal],
    how: str,
    invited_on: date,
    actor: Actor,
    at: datetime,
) -> None:
    """Record that proposers were invited to a step, and tell those with an account (AGENDA-6, C3).

    Somebody invited before keeps the first record. Raises ``UnableToInvite`` for nobody, a proposal of another
    agenda, a day to come, or without saying how.
    """
    require(actor, "agendas.invite", agenda)
    how = required(how, field="how", missing=_("어떻게 초대했는지 적어 주세요."))
    if step not in InvitationStep.values:
        raise UnableToInvite(_("어느 단계인지 골라 주세요."), field="step")
    if len(how) > HOW_MOST:
        raise UnableToInvite(_("%(most)s자까지 쓸 수 있어요.") % {"most": HOW_MOST}, field="how")
    if not proposals:
        raise UnableToInvite(_("초대한 제안자를 골라 주세요."), field="proposals")
    if invited_on > timezone.localdate(at):
        raise UnableToInvite(_("아직 오지 않은 날이에요."), field="invited_on")
    own = {proposal.pk for proposal in proposals_to_invite(agenda)}
    if any(proposal.pk not in own for proposal in proposals):
        raise UnableToInvite(_("이 의제의 제안자가 아니에요."), field="proposals")
    with operation("agendas.invite", actor=actor, at=at):
        for proposal in proposals:
            Invitation.objects.get_or_create(
                agenda=agenda,
                proposal=proposal,
                step=step,
                defaults={"invited_on": invited_on, "how": how, "entered_by_id": actor.person_id, "entered_at": at},
            )
        label = InvitationStep(step).label
        tell_people(
            person_ids=[one.proposer_id for one in proposals if one.proposer_id],
            key=f"agenda-{agenda.pk}-invited-{step}",
            news=lambda: (
                _("「%(title)s」 의제의 「%(step)s」 자리에 초대해요") % {"title": agenda.title, "step": label},
                _("초대한 방법: %(how)s. 제안하신 일이 어떻게 바뀌어 가는지 함께 봐 주세요.") % {"how": how},
            ),
            link=agenda_link(agenda),
            at=at,
        )


def note_who_came(*, agenda: Agenda, step: str, came: Collection[Proposal], actor: Actor, at: datetime) -> None:
    """Record which of the invited proposers came to a step; everybody else invited did not (AGENDA-6)."""
    require(actor, "agendas.invite", agenda)
    rows = agenda.invitations.filter(step=step)
    if not rows.exists():
        raise UnableToInvite(_("이 단계에 초대한 기록이 없어요."), field="step")
    with operation("agendas.note_who_came", actor=actor, at=at):
        there = {proposal.pk for proposal in came}
        rows.filter(proposal_id__in=there).update(came=True)
        rows.exclude(proposal_id__in=there).update(came=False)


def judge_exclusions(
    *, agenda: Agenda, points: Collection[int], reason: str, actor: Actor, at: datetime
) -> ExclusionReview:
    """Record which exclusions of the ordinance apply to an agenda, none for an empty list (AGENDA-7).

    Raises ``UnableToExclude`` for a number the list does not have, and for an agenda that was undone.
    """
    require(actor, "agendas.judge_exclusions", agenda)
    reason = required_reason(reason)
    known = exclusions(rulebook_of(agenda.cycle, agenda.district))
    if any(point not in known for point in points):
        raise UnableToExclude(_("목록에 없는 번호예요."), field="points")
    if agenda.state == "undone":
        raise UnableToExclude(_("합치기를 되돌린 의제예요."))
    with operation("agendas.judge_exclusions", actor=actor, at=at, reason=reason):
        return ExclusionReview.objects.create(
            agenda=agenda, points=sorted(set(points)), reason=reason, reviewer_id=actor.person_id, judged_at=at
        )
