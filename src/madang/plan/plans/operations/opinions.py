"""The draft goes round, people say what they think of it, and every opinion gets an answer (PLAN-12, C3)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.agendas.operations.telling import tell_people
from madang.ground.audit.operations import operation
from madang.ground.bodies.models import Body
from madang.ground.bodies.states import BodyKind
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo
from madang.plan.plans.models import Opinion, OpinionRound, Plan, Project
from madang.plan.plans.queries.documents import content_hash, draft_content
from madang.plan.plans.states import Answer, Way

TEXT_MOST = 1000
REASON_MOST = 2000
HOW_MOST = 200
# What one person may write to one round, and how soon after another.
MOST_OF_ONE_PERSON = 10
PAUSE = timedelta(seconds=30)


class UnableToShare(UnableTo):
    """The draft cannot go round as asked."""


class UnableToGiveOpinion(UnableTo):
    """The opinion cannot be taken."""


class UnableToAnswer(UnableTo):
    """The opinion cannot be answered as asked."""


def share_draft(
    *,
    plan: Plan,
    way: str,
    how: str,
    starts_on: date,
    ends_on: date,
    body: Body | None = None,
    actor: Actor,
    at: datetime,
) -> OpinionRound:
    """Send the draft round, or record that it went: to a working group, residents or experts, from a day to a day.

    An online round keeps the draft as it stands now, for everybody to read until the end. Raises ``UnableToShare``.
    """
    require(actor, "plans.share_draft", plan)
    how = how.strip()
    _check_round(plan, way, how, starts_on, ends_on, body, timezone.localdate(at))
    online = way == Way.ONLINE
    with operation("plans.share_draft", actor=actor, at=at):
        locked = Plan.objects.select_for_update().get(pk=plan.pk)
        if locked.state == "submitted":
            raise UnableToShare(_("서울시에 낸 계획이라 초안을 돌리지 않아요."))
        content = draft_content(plan) if online else None
        return OpinionRound.objects.create(
            plan=plan,
            way=way,
            body=body,
            how=how,
            starts_on=starts_on,
            ends_on=ends_on,
            content=content,
            sha256=content_hash(content) if content else "",
            opened_by_id=actor.person_id,
            opened_at=at,
        )


def _check_round(
    plan: Plan, way: str, how: str, starts_on: date, ends_on: date, body: Body | None, today: date
) -> None:
    if way not in Way.values:
        raise UnableToShare(_("누구에게 돌렸는지 골라 주세요."), field="way")
    if not how or len(how) > HOW_MOST:
        raise UnableToShare(_("어떻게 돌렸는지 200자까지 적어 주세요."), field="how")
    if ends_on < starts_on:
        raise UnableToShare(_("끝나는 날이 시작하는 날보다 빨라요."), field="ends_on")
    if way == Way.ONLINE and (starts_on < today or ends_on < today):
        raise UnableToShare(_("온라인은 오늘부터 열 수 있어요."), field="starts_on")
    is_group = body is not None and body.kind == BodyKind.WORKING_GROUP and body.district_id == plan.district_id
    if way == Way.WORKING_GROUP and not is_group:
        raise UnableToShare(_("어느 워킹그룹인지 골라 주세요."), field="body")
    if way != Way.WORKING_GROUP and body is not None:
        raise UnableToShare(_("워킹그룹은 워킹그룹에 돌릴 때만 골라요."), field="body")


def remove_round(*, round: OpinionRound, actor: Actor, at: datetime) -> None:
    """Remove a round that was entered by mistake; raises ``UnableToShare`` once somebody has said something in it."""
    require(actor, "plans.share_draft", round)
    with operation("plans.remove_round", actor=actor, at=at):
        if round.opinions.exists():
            raise UnableToShare(_("의견이 들어온 기록은 지울 수 없어요."))
        round.delete()


def give_opinion(
    *, round: OpinionRound, text: str, project: Project | None = None, actor: Actor, at: datetime
) -> Opinion:
    """Take what a resident writes to an open online round; the same words again give the same opinion.

    Raises ``UnableToGiveOpinion`` outside its days, for nothing or too much text, too many or too quick ones.
    """
    require(actor, "plans.give_opinion", round)
    text = _text(text)
    if not round.is_open(timezone.localdate(at)):
        raise UnableToGiveOpinion(_("지금은 의견을 받는 때가 아니에요."))
    _check_project(round, project)
    with operation("plans.give_opinion", actor=actor, at=at):
        OpinionRound.objects.select_for_update().get(pk=round.pk)
        mine = round.opinions.filter(author_id=actor.person_id)
        same = mine.filter(text=text, project=project).first()
        if same is not None:
            return same
        if mine.count() >= MOST_OF_ONE_PERSON:
            raise UnableToGiveOpinion(
                _("한 분이 %(most)d건까지 쓸 수 있어요.") % {"most": MOST_OF_ONE_PERSON}, field="text"
            )
        if mine.filter(given_at__gt=at - PAUSE).exists():
            raise UnableToGiveOpinion(_("조금 뒤에 다시 보내 주세요. 쓴 글은 그대로 있어요."), field="text")
        return Opinion.objects.create(round=round, project=project, text=text, author_id=actor.person_id, given_at=at)


def enter_opinion(
    *, round: OpinionRound, text: str, project: Project | None = None, actor: Actor, at: datetime
) -> Opinion:
    """Write down what was said at a meeting or sent in, without the speaker's name."""
    require(actor, "plans.share_draft", round)
    text = _text(text)
    _check_project(round, project)
    with operation("plans.enter_opinion", actor=actor, at=at):
        return Opinion.objects.create(round=round, project=project, text=text, given_at=at)


def _text(text: str) -> str:
    text = text.replace("\x00", "").strip()
    if not text:
        raise UnableToGiveOpinion(_("의견을 적어 주세요."), field="text")
    if len(text) > TEXT_MOST:
        raise UnableToGiveOpinion(_("의견은 %(most)d자까지 쓸 수 있어요.") % {"most": TEXT_MOST}, field="text")
    return text


def _check_project(round: OpinionRound, project: Project | None) -> None:
    if project is not None and project.plan_id != round.plan_id:
        raise UnableToGiveOpinion(_("이 계획의 세부사업을 골라 주세요."), field="project")


def answer_opinion(*, opinion: Opinion, answer: str, reason: str, actor: Actor, at: datetime) -> None:
    """Answer an opinion: taken up, partly or not, with the reason; its author is told. Raises ``UnableToAnswer``."""
    require(actor, "plans.share_draft", opinion)
    reason = reason.strip()
    if answer not in Answer.values:
        raise UnableToAnswer(_("반영했는지 골라 주세요."), field="answer")
    if not reason or len(reason) > REASON_MOST:
        raise UnableToAnswer(_("까닭을 2,000자까지 적어 주세요."), field="reason")
    with operation("plans.answer_opinion", actor=actor, at=at):
        opinion.answer, opinion.answer_reason = answer, reason
        opinion.answered_by_id, opinion.answered_at = actor.person_id, at
        opinion.save(update_fields=["answer", "answer_reason", "answered_by", "answered_at"])
        if opinion.author_id is not None:
            _tell_author(opinion, at)


def _tell_author(opinion: Opinion, at: datetime) -> None:
    plan = opinion.round.plan
    label = Answer(opinion.answer).label
    tell_people(
        person_ids=[opinion.author_id] if opinion.author_id is not None else [],
        key=f"opinion-{opinion.pk}-{at.isoformat()}",
        news=lambda: (
            _("초안에 주신 의견에 답했어요: %(answer)s") % {"answer": label},
            _("「%(text)s」\n\n답: %(reason)s") % {"text": opinion.text[:300], "reason": opinion.answer_reason},
        ),
        link=reverse("plans:opinions", args=[plan.district.slug, plan.fiscal_year]) + f"#opinion-{opinion.pk}",
        at=at,
    )
