from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from madang.decide.agendas.models import Agenda, CriteriaReview
from madang.decide.agendas.operations.telling import tell_proposers
from madang.decide.agendas.operations.words import required, required_reason
from madang.decide.agendas.queries.reviews import Standing, forums_behind, has_judged, standing_of
from madang.decide.agendas.queries.stages import JUDGING_STAGES, why_not_in_stage
from madang.decide.agendas.states import AGENDA, Criterion
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo, advance


class UnableToJudge(UnableTo):
    """The criteria cannot be judged or concluded in this way or at this moment."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one reviewer finds of one criterion, and why."""

    passed: bool
    reason: str


def judge_criteria(*, agenda: Agenda, judgements: Mapping[Criterion, Judgement], actor: Actor, at: datetime) -> None:
    """Record one reviewer's judgement of all four criteria with reasons, once in a round (AGENDA-1 to 4, G 2.3.1).

    How many recorded forums stood behind the agenda is kept with each judgement. Raises ``UnableToJudge`` when a
    judgement or reason is missing, a department has not answered, the agenda is not in review, or the reviewer has
    judged already.
    """
    require(actor, "agendas.judge", agenda)
    judgements = _all_four(judgements)
    with operation("agendas.judge", actor=actor, at=at):
        locked = _locked_in_review(agenda)
        if has_judged(locked, actor.person_id):
            raise UnableToJudge(_("이미 판단을 남겼어요. 한 사람이 한 번 판단해요."))
        refusal = standing_of(locked).why_not_judged_yet
        if refusal is not None:
            raise UnableToJudge(refusal)
        seen = forums_behind(locked).count()
        CriteriaReview.objects.bulk_create(
            CriteriaReview(
                agenda=agenda,
                reviewer=actor.person,
                round=locked.round,
                criterion=criterion,
                passed=judgement.passed,
                reason=judgement.reason,
                forums_seen=seen,
                judged_at=at,
            )
            for criterion, judgement in judgements.items()
        )


def conclude_criteria(*, agenda: Agenda, reason: str, actor: Actor, at: datetime) -> bool:
    """Conclude the criteria review and return whether the agenda goes to the vote; its proposers are told.

    It does when most reviewers found each of the four criteria met and at least one department can do it; otherwise
    it stays on the public list with the reason given here (AGENDA-1 to 4). Raises ``UnableToJudge`` before two
    reviewers have judged, without a reason where one is needed, or once the vote is over.
    """
    require(actor, "agendas.conclude", agenda)
    _require_stage(agenda)
    with operation("agendas.conclude", actor=actor, at=at, reason=reason):
        standing = standing_of(_locked_in_review(agenda))
        refusal = standing.why_not_concluded_yet
        if refusal is not None:
            raise UnableToJudge(refusal)
        if standing.is_fit:
            advance(agenda, AGENDA, "find_fit", concluded_at=at, kept_reason="")
            _tell(agenda, "fit", _fit_news(agenda), at)
        else:
            reason = required_reason(reason)
            advance(agenda, AGENDA, "keep_on_list", concluded_at=at, kept_reason=reason)
            _tell(agenda, "kept", _kept_news(agenda, standing), at)
    return standing.is_fit


def keep_on_list(*, agenda: Agenda, reason: str, actor: Actor, at: datetime) -> None:
    """Keep an agenda on the public list without a vote, with a reason (for instance AGENDA-7); proposers are told.

    Raises ``UnableTo`` without a reason and ``UnableToMove`` when the vote has decided about it.
    """
    require(actor, "agendas.conclude", agenda)
    reason = required_reason(reason)
    with operation("agendas.keep_on_list", actor=actor, at=at, reason=reason):
        advance(agenda, AGENDA, "keep_on_list", concluded_at=at, kept_reason=reason)
        _tell(agenda, "kept", _kept_news(agenda, None), at)


def reopen(*, agenda: Agenda, reason: str, actor: Actor, at: datetime) -> None:
    """Take a kept agenda up for review again: it is judged anew, and what was judged before stays in the record.

    Raises ``UnableToJudge`` without a reason or once the vote is over, ``UnableToMove`` when it is not kept.
    """
    require(actor, "agendas.conclude", agenda)
    reason = required_reason(reason)
    _require_stage(agenda)
    with operation("agendas.reopen", actor=actor, at=at, reason=reason):
        if not agenda.department_reviews.exists():
            raise UnableToJudge(_("부서에 물은 적이 없는 의제라서 다시 검토할 것이 없어요."))
        advance(agenda, AGENDA, "reopen", round=agenda.round + 1, concluded_at=None)
        _tell(
            agenda,
            "reopened",
            lambda: (
                _("「%(title)s」 의제를 다시 살펴봐요") % {"title": agenda.title},
                _("까닭: %(reason)s") % {"reason": reason},
            ),
            at,
        )


def _all_four(judgements: Mapping[Criterion, Judgement]) -> dict[Criterion, Judgement]:
    """Return the judgements of all four criteria with their reasons as they are kept."""
    complete = {}
    for criterion in Criterion:
        if criterion not in judgements:
            raise UnableToJudge(_("네 가지를 모두 판단해 주세요."), field=criterion.value)
        missing = _("그렇게 판단한 까닭을 써 주세요.")
        reason = required(judgements[criterion].reason, field=f"{criterion.value}_reason", missing=missing)
        complete[criterion] = Judgement(judgements[criterion].passed, reason)
    return complete


def _require_stage(agenda: Agenda) -> None:
    refusal = why_not_in_stage(agenda.district, agenda.cycle, JUDGING_STAGES)
    if refusal is not None:
        raise UnableToJudge(refusal)


def _locked_in_review(agenda: Agenda) -> Agenda:
    """Lock the agenda and return it as it stands now, in review."""
    locked = Agenda.objects.select_for_update().get(pk=agenda.pk)
    if locked.state != "in_review":
        state = AGENDA.state(locked.state).staff
        raise UnableToJudge(_("이 의제는 지금 「%(state)s」 상태라서 판단할 때가 아니에요.") % {"state": state})
    return locked


def _tell(agenda: Agenda, key: str, news: Callable[[], tuple[str, str]], at: datetime) -> None:
    tell_proposers(agenda=agenda, key=f"{key}-{agenda.round}-{at.isoformat()}", news=news, at=at)


def _fit_news(agenda: Agenda) -> Callable[[], tuple[str, str]]:
    return lambda: (
        _("「%(title)s」 의제가 투표에 올라요") % {"title": agenda.title},
        _("부서와 분과위원회가 살펴보고 네 가지 성격을 모두 갖췄다고 판단했어요."),
    )


def _kept_news(agenda: Agenda, standing: Standing | None) -> Callable[[], tuple[str, str]]:
    def news() -> tuple[str, str]:
        unmet = ", ".join(str(tally.criterion.label) for tally in standing.unmet) if standing else ""
        head = _("모자란 성격: %(names)s. ") % {"names": unmet} if unmet else ""
        return (
            _("「%(title)s」 의제는 올해 목록에 남아요") % {"title": agenda.title},
            head
            + _("까닭: %(reason)s 목록은 계속 볼 수 있고 다음 해에 이어서 다룰 수 있어요.")
            % {"reason": agenda.kept_reason},
        )

    return news
