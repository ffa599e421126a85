from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.survey import asking
from madang.decide.survey.models import AnswerSheet, Questionnaire, Respondent
from madang.decide.survey.queries.questionnaires import questions_asked
from madang.decide.survey.states import Access, Channel
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo

MOST_PAPER = 1_000_000


class UnableToAnswer(UnableTo):
    """The answer cannot be taken; ``field`` is the question's number, or ``paper_number``."""


def answer(
    *, questionnaire: Questionnaire, key: UUID, answers: Mapping[str, asking.Answer], actor: Actor, at: datetime
) -> AnswerSheet:
    """Take what somebody answered online; ``key`` comes from the page, so that sending twice counts once.

    Raises ``UnableToAnswer`` before the first and after the last day, for a second answer of the same person where
    everybody answers once, and for an answer that is missing or was not asked.
    """
    require(actor, "survey.answer", questionnaire)
    _refuse_unless_open(questionnaire, at)
    known = AnswerSheet.objects.filter(pk=key).first()
    if known is not None:
        return _same(known, questionnaire)
    kept = _check(questionnaire, answers)
    try:
        with operation("survey.answer", actor=actor, at=at):
            if questionnaire.access == Access.VERIFIED:
                _take_once(questionnaire, actor)
            return AnswerSheet.objects.create(
                pk=key,
                questionnaire=questionnaire,
                channel=Channel.ONLINE,
                answers=kept,
                answered_on=timezone.localdate(at),
            )
    except (IntegrityError, UnableToAnswer):
        # The same page was sent twice at the same moment, and the other was quicker.
        known = AnswerSheet.objects.filter(pk=key).first()
        if known is None:
            raise
        return _same(known, questionnaire)


def enter_paper(
    *, questionnaire: Questionnaire, number: int, answers: Mapping[str, asking.Answer], actor: Actor, at: datetime
) -> AnswerSheet:
    """Type in a paper sheet by the number written on it, from the first day until the results are out.

    Raises ``UnableToAnswer`` for a number that was typed before, where everybody answers once (a sheet names nobody),
    and for answers as online.
    """
    require(actor, "survey.enter_paper", questionnaire)
    if questionnaire.access == Access.VERIFIED:
        raise UnableToAnswer(_("한 사람이 한 번씩 답하는 설문이라 종이로는 받지 않아요."))
    if questionnaire.state != "announced" or timezone.localdate(at) < questionnaire.opens_on:
        raise UnableToAnswer(_("지금은 종이 설문지를 넣을 수 없어요."))
    if not 1 <= number <= MOST_PAPER:
        raise UnableToAnswer(_("설문지 번호를 확인해 주세요."), field="paper_number")
    kept = _check(questionnaire, answers)
    with operation("survey.enter_paper", actor=actor, at=at):
        try:
            with transaction.atomic():
                return AnswerSheet.objects.create(
                    questionnaire=questionnaire,
                    channel=Channel.PAPER,
                    paper_number=number,
                    answers=kept,
                    answered_on=timezone.localdate(at),
                )
        except IntegrityError:
            said = _("%(number)d번 설문지는 이미 넣었어요.") % {"number": number}
            raise UnableToAnswer(said, field="paper_number") from None


def remove_paper(*, questionnaire: Questionnaire, number: int, reason: str, actor: Actor, at: datetime) -> None:
    """Take back a paper sheet that was typed wrongly, with a reason, until the results are out."""
    require(actor, "survey.enter_paper", questionnaire)
    if questionnaire.state != "announced":
        raise UnableToAnswer(_("지금은 종이 설문지를 뺄 수 없어요."))
    if not reason.strip():
        raise UnableToAnswer(_("까닭을 적어 주세요."), field="reason")
    sheet = questionnaire.sheets.filter(channel=Channel.PAPER, paper_number=number).first()
    if sheet is None:
        raise UnableToAnswer(_("%(number)d번 설문지는 넣은 적이 없어요.") % {"number": number}, field="paper_number")
    with operation("survey.remove_paper", actor=actor, at=at, reason=f"{number}: {reason.strip()}"):
        sheet.delete()


def _same(known: AnswerSheet, questionnaire: Questionnaire) -> AnswerSheet:
    if known.questionnaire_id != questionnaire.pk or known.channel != Channel.ONLINE:
        raise UnableToAnswer(_("이 설문의 답이 아니에요. 처음부터 다시 답해 주세요."))
    return known


def _refuse_unless_open(questionnaire: Questionnaire, at: datetime) -> None:
    day = timezone.localdate(at)
    if questionnaire.is_open(day):
        return
    if questionnaire.state == "announced" and day < questionnaire.opens_on:
        raise UnableToAnswer(_("아직 시작하지 않은 설문이에요."))
    raise UnableToAnswer(_("답을 받는 때가 지났어요."))


def _check(questionnaire: Questionnaire, answers: Mapping[str, asking.Answer]) -> dict[str, asking.Answer]:
    questions = questions_asked(questionnaire)
    for key, fault in asking.answer_faults(questions, answers).items():
        if fault is asking.Fault.MISSING:
            raise UnableToAnswer(_("꼭 답해 주세요."), field=key)
        raise UnableToAnswer(_("앞의 답에 따라 묻지 않는 문항이에요. 비워 주세요."), field=key)
    if not answers:
        raise UnableToAnswer(_("답한 문항이 하나도 없어요."))
    return dict(answers)


def _take_once(questionnaire: Questionnaire, actor: Actor) -> None:
    assert actor.person_id is not None, "the permission table lets only the signed in answer here"
    try:
        with transaction.atomic():
            Respondent.objects.create(questionnaire=questionnaire, person_id=actor.person_id)
    except IntegrityError:
        raise UnableToAnswer(_("이미 답하셨어요. 한 사람이 한 번 답할 수 있어요.")) from None
