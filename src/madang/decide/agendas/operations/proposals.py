from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.agendas.models import Proposal
from madang.decide.agendas.operations.numbers import give_number, hold_numbers
from madang.decide.agendas.operations.telling import News, tell_people
from madang.decide.agendas.queries.proposals import reason_not_taking, year_on, years_of
from madang.decide.agendas.states import PROPOSAL, WRITTEN_DOWN, Origin
from madang.decide.agendas.texts import TITLE_MOST, has_odd_characters, one_line, paragraphs
from madang.decide.forums.models import Forum
from madang.ground.audit.operations import operation
from madang.ground.cycles.models import Cycle
from madang.ground.people.actors import Actor
from madang.ground.people.models import Person
from madang.ground.people.permissions import require
from madang.ground.places.models import District, Dong
from madang.ground.workflow import UnableTo, advance


class UnableToProposeTwice(UnableTo):
    """The same person has already proposed the same words this year; ``proposal`` is that one."""

    def __init__(self, reason: str, *, proposal: Proposal) -> None:
        super().__init__(reason)
        self.proposal = proposal


@dataclass(frozen=True)
class Words:
    """What is proposed: what troubles people, what they wish, and where."""

    title: str
    problem: str
    wish: str = ""
    place: str = ""
    dong: Dong | None = None


@dataclass(frozen=True)
class Source:
    """Where a proposal that somebody writes down for others comes from; ``proposer_name`` never stands in public.

    ``proposer`` is the account of somebody who asked for it to be theirs: every change is told to them.
    """

    origin: str = Origin.DESK
    forum: Forum | None = None
    proposer_name: str = ""
    proposer: Person | None = None


def propose(*, district: District, words: Words, submission_key: UUID, actor: Actor, at: datetime) -> Proposal:
    """Take a resident's proposal under a permanent number and tell them; the same key gives the same proposal.

    Raises ``UnableToProposeTwice`` for words the person has proposed this year, ``UnableTo`` outside the stages in
    which proposals are taken (C3).
    """
    require(actor, "agendas.propose", Proposal(district=district))
    sent = _sent_before(submission_key, district, actor.person_id)
    if sent is not None:
        return sent
    words = _checked(words, district)
    cycle = _open_cycle(district, at)
    with operation("agendas.propose", actor=actor, at=at):
        hold_numbers(district, cycle.planning_year, "proposal")
        sent = _sent_before(submission_key, district, actor.person_id)
        if sent is not None:
            return sent
        _refuse_same_words(words, district, cycle, actor)
        proposal = _create(words, district, cycle, submission_key, at, origin=Origin.ONLINE, proposer=actor.person)
        _tell_received(proposal, at)
    return proposal


def write_down(
    *, district: District, words: Words, source: Source, submission_key: UUID, actor: Actor, at: datetime
) -> Proposal:
    """Write down a proposal for somebody at a desk, from a forum, a department or the city's site (AGENDA-5)."""
    require(actor, "agendas.write_down", Proposal(district=district))
    proposer_id = source.proposer.pk if source.proposer is not None else None
    sent = _sent_before(submission_key, district, proposer_id)
    if sent is not None:
        return sent
    words, name = _checked(words, district), one_line(source.proposer_name)
    _check_source(source, district, name)
    cycle = _open_cycle(district, at)
    with operation("agendas.write_down", actor=actor, at=at):
        hold_numbers(district, cycle.planning_year, "proposal")
        sent = _sent_before(submission_key, district, proposer_id)
        if sent is not None:
            return sent
        proposal = _create(
            words,
            district,
            cycle,
            submission_key,
            at,
            origin=source.origin,
            forum=source.forum if source.origin == Origin.FORUM else None,
            proposer=source.proposer,
            proposer_name=name,
        )
        _tell_received(proposal, at)
    return proposal


def withdraw(*, proposal: Proposal, actor: Actor, at: datetime) -> None:
    """Withdraw a proposal: its text stays readable as withdrawn, the proposer's name is gone everywhere."""
    require(actor, "agendas.withdraw", proposal)
    with operation("agendas.withdraw", actor=actor, at=at):
        advance(proposal, PROPOSAL, "withdraw", proposer=None, proposer_name="", closed_at=at)


def decline(*, proposal: Proposal, reason: str, actor: Actor, at: datetime) -> None:
    """Decline a proposal with a reason that stands in public, and tell the proposer (AGENDA-5)."""
    require(actor, "agendas.decline", proposal)
    reason = paragraphs(reason)
    if not reason:
        raise UnableTo(_("까닭을 적어 주세요. 제안한 분과 모두가 읽어요."), field="reason")
    with operation("agendas.decline", actor=actor, at=at, reason=reason):
        advance(proposal, PROPOSAL, "decline", decline_reason=reason, closed_at=at)
        _tell_proposer(
            proposal,
            "declined",
            lambda: (
                _("%(number)s 제안은 이번에 함께하지 못했어요") % {"number": proposal.public_number},
                _("「%(title)s」\n\n까닭: %(reason)s\n\n글은 그대로 남아 누구나 읽을 수 있어요.")
                % {"title": proposal.title, "reason": reason},
            ),
            at,
        )


def hand_over(*, proposal: Proposal, reason: str, actor: Actor, at: datetime) -> None:
    """Hand a proposal to the district's own participatory budget, with what happens there, and tell the proposer.

    This is one of the three outcomes of a transferred proposal (AGENDA-5).
    """
    require(actor, "agendas.decline", proposal)
    reason = paragraphs(reason)
    if not reason:
        raise UnableTo(_("구 주민참여예산에서 어떻게 살펴보는지 적어 주세요."), field="reason")
    with operation("agendas.hand_over", actor=actor, at=at, reason=reason):
        advance(proposal, PROPOSAL, "hand_over", decline_reason=reason, closed_at=at)
        _tell_proposer(
            proposal,
            "handed-over",
            lambda: (
                _("%(number)s 제안은 구 주민참여예산에서 살펴봐요") % {"number": proposal.public_number},
                _("「%(title)s」\n\n%(reason)s\n\n글은 그대로 남아 누구나 읽을 수 있어요.")
                % {"title": proposal.title, "reason": reason},
            ),
            at,
        )


def _sent_before(submission_key: UUID, district: District, proposer_id: int | None) -> Proposal | None:
    """Return what was sent with this key before; raises ``UnableTo`` when it was sent by or for somebody else."""
    sent = Proposal.objects.filter(submission_key=submission_key).select_related("cycle", "district").first()
    if sent is not None and (sent.district_id, sent.proposer_id) != (district.pk, proposer_id):
        raise UnableTo(_("이 글은 이미 처리됐어요. 쪽을 새로 열고 다시 보내 주세요."))
    return sent


def _checked(words: Words, district: District) -> Words:
    clean = Words(
        title=one_line(words.title),
        problem=paragraphs(words.problem),
        wish=paragraphs(words.wish),
        place=one_line(words.place),
        dong=words.dong,
    )
    if not clean.title:
        raise UnableTo(_("제목을 적어 주세요."), field="title")
    if len(clean.title) > TITLE_MOST:
        raise UnableTo(_("제목은 %(most)s자까지 쓸 수 있어요.") % {"most": TITLE_MOST}, field="title")
    if not clean.problem:
        raise UnableTo(_("무엇이 불편하거나 아쉬운지 적어 주세요."), field="problem")
    for field in ("title", "problem", "wish", "place"):
        if has_odd_characters(getattr(clean, field)):
            raise UnableTo(_("글자가 아닌 기호가 섞여 있어요. 지우고 다시 보내 주세요."), field=field)
    if clean.dong is not None and clean.dong.district_id != district.pk:
        raise UnableTo(_("이 구의 동을 골라 주세요."), field="dong")
    return clean


def _check_source(source: Source, district: District, name: str) -> None:
    if source.origin not in WRITTEN_DOWN:
        raise UnableTo(_("어디에서 온 제안인지 골라 주세요."), field="origin")
    if source.origin == Origin.FORUM and (source.forum is None or source.forum.district_id != district.pk):
        raise UnableTo(_("어느 공론장에서 나왔는지 골라 주세요."), field="forum")
    if len(name) > 60 or has_odd_characters(name):
        raise UnableTo(_("이름은 60자까지 쓸 수 있어요."), field="proposer_name")


def _open_cycle(district: District, at: datetime) -> Cycle:
    year = year_on(years_of(district), timezone.localdate(at))
    reason = reason_not_taking(year)
    if year is None or reason:
        raise UnableTo(reason)
    return year.cycle


def _refuse_same_words(words: Words, district: District, cycle: Cycle, actor: Actor) -> None:
    same = Proposal.objects.filter(
        proposer=actor.person, district=district, cycle=cycle, title=words.title, problem=words.problem
    ).first()
    if same is not None:
        same.district, same.cycle = district, cycle
        raise UnableToProposeTwice(
            _("같은 글을 이미 보냈어요. %(number)s 제안이에요.") % {"number": same.public_number}, proposal=same
        )


def _create(words: Words, district: District, cycle: Cycle, key: UUID, at: datetime, **where_from: object) -> Proposal:
    return Proposal.objects.create(
        district=district,
        cycle=cycle,
        number=give_number(district, cycle.planning_year, "proposal"),
        title=words.title,
        problem=words.problem,
        wish=words.wish,
        place=words.place,
        dong=words.dong,
        submission_key=key,
        proposed_at=at,
        **where_from,
    )


def _tell_received(proposal: Proposal, at: datetime) -> None:
    words = {"number": proposal.public_number, "title": proposal.title}
    _tell_proposer(
        proposal,
        "received",
        lambda: (
            _("제안을 받았어요: %(number)s") % words,
            _("「%(title)s」\n\n%(number)s, 이 번호는 바뀌지 않아요. 의제가 되거나 바뀔 때마다 알려 드릴게요.") % words,
        ),
        at,
    )


def _tell_proposer(proposal: Proposal, key: str, news: News, at: datetime) -> None:
    tell_people(
        person_ids=[proposal.proposer_id] if proposal.proposer_id is not None else [],
        key=f"proposal-{proposal.pk}-{key}",
        news=news,
        link=reverse("proposals:proposal", args=[proposal.district.slug, proposal.page_number]),
        at=at,
    )
