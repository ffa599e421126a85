from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.decide.survey import asking
from madang.decide.survey.models import Question, Questionnaire
from madang.decide.survey.states import QUESTIONNAIRE, QuestionKind
from madang.ground.audit.operations import operation
from madang.ground.cycles.models import Cycle
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.places.models import District
from madang.ground.workflow import UnableTo, advance

MOST_QUESTIONS = 60
MOST_CHOICES = 30
LONGEST_CHOICE = 100


# What is said of a condition that cannot work, and at which field.
FAULTS = {
    asking.Fault.NOT_EARLIER: (gettext_lazy("%(number)d번 문항의 조건은 그보다 앞선 문항이어야 해요."), "depends_on"),
    asking.Fault.NOT_COUNTABLE: (gettext_lazy("%(number)d번 문항의 조건은 답을 고르는 문항이어야 해요."), "depends_on"),
}
OTHER_FAULT = (gettext_lazy("%(number)d번 문항의 조건에 있는 답이 앞 문항에 없어요."), "if_chosen")


class UnableToAsk(UnableTo):
    """The questionnaire cannot be made or put out as it is written down."""


@dataclass(frozen=True)
class Frame:
    """A questionnaire without its questions."""

    kind: str
    title: str
    intro: str
    access: str
    opens_on: date
    closes_on: date


@dataclass(frozen=True)
class Wording:
    """One question: its words, its choices, and on which earlier choices it depends (numbers from 1 on)."""

    kind: str
    text: str
    choices: Sequence[str] = ()
    required: bool = False
    depends_on: Question | None = None
    if_chosen: Sequence[int] = ()


def draft_questionnaire(*, district: District, cycle: Cycle, frame: Frame, actor: Actor, at: datetime) -> Questionnaire:
    """Begin a questionnaire of a district's year (C3). Raises ``UnableToAsk``."""
    require(actor, "survey.ask", Questionnaire(district=district))
    _check_frame(frame)
    with operation("survey.draft_questionnaire", actor=actor, at=at):
        return Questionnaire.objects.create(district=district, cycle=cycle, **vars(frame))


def change_questionnaire(*, questionnaire: Questionnaire, frame: Frame, actor: Actor, at: datetime) -> None:
    """Change a questionnaire that is not announced yet. Raises ``UnableToAsk``."""
    require(actor, "survey.ask", questionnaire)
    _check_frame(frame)
    with operation("survey.change_questionnaire", actor=actor, at=at):
        kept = _draft(questionnaire)
        for name, value in vars(frame).items():
            setattr(kept, name, value)
        kept.save(update_fields=list(vars(frame)))


def put_question(
    *, questionnaire: Questionnaire, wording: Wording, actor: Actor, at: datetime, question: Question | None = None
) -> Question:
    """Add a question at the end, or change one; everybody's way through must stay sound.

    Raises ``UnableToAsk`` for too few choices and for a condition that no earlier answer can meet.
    """
    require(actor, "survey.ask", questionnaire)
    choices = _check_choices(wording)
    with operation("survey.put_question", actor=actor, at=at):
        kept = _draft(questionnaire)
        if question is None:
            if kept.questions.count() >= MOST_QUESTIONS:
                raise UnableToAsk(_("문항은 %(most)d개까지 넣을 수 있어요.") % {"most": MOST_QUESTIONS})
            last = kept.questions.aggregate(last=Max("place"))["last"] or 0
            question = Question(questionnaire=kept, place=last + 1)
        question.kind, question.text, question.required = wording.kind, wording.text.strip(), wording.required
        question.choices = choices
        question.depends_on = wording.depends_on
        question.if_chosen = sorted(set(wording.if_chosen)) if wording.depends_on else []
        question.save()
        _refuse_faults(kept)
    return question


def move_question(*, question: Question, by: int, actor: Actor, at: datetime) -> None:
    """Move a question one place up (-1) or down (1), unless it would then stand before what it depends on."""
    require(actor, "survey.ask", question)
    with operation("survey.move_question", actor=actor, at=at):
        kept = _draft(question.questionnaire)
        order = list(kept.questions.order_by("place"))
        here = next(place for place, known in enumerate(order) if known.pk == question.pk)
        there = here + by
        if not 0 <= there < len(order):
            raise UnableToAsk(_("더 옮길 곳이 없어요."))
        order[here].place, order[there].place = order[there].place, order[here].place
        Question.objects.bulk_update([order[here], order[there]], ["place"])
        _refuse_faults(kept)


def remove_question(*, question: Question, actor: Actor, at: datetime) -> None:
    """Remove a question from a draft, unless another depends on it."""
    require(actor, "survey.ask", question)
    with operation("survey.remove_question", actor=actor, at=at):
        _draft(question.questionnaire)
        if question.leads_to.exists():
            raise UnableToAsk(_("이 문항의 답을 조건으로 쓰는 문항이 있어요. 그 조건부터 지워 주세요."))
        question.delete()


def announce_questionnaire(*, questionnaire: Questionnaire, actor: Actor, at: datetime) -> None:
    """Put a questionnaire out; from now on its questions stay as they are. Raises ``UnableToAsk``."""
    require(actor, "survey.ask", questionnaire)
    with operation("survey.announce_questionnaire", actor=actor, at=at):
        kept = _draft(questionnaire)
        if not kept.questions.exists():
            raise UnableToAsk(_("문항이 하나도 없어요."))
        if kept.closes_on < timezone.localdate(at):
            raise UnableToAsk(_("마지막 날이 이미 지났어요."))
        _refuse_faults(kept)
        advance(questionnaire, QUESTIONNAIRE, "announce", announced_at=at)


def publish_results(*, questionnaire: Questionnaire, actor: Actor, at: datetime) -> None:
    """Let everybody read the results after the last day. Raises ``UnableToAsk`` before its end or without answers."""
    require(actor, "survey.ask", questionnaire)
    if timezone.localdate(at) <= questionnaire.closes_on:
        raise UnableToAsk(_("아직 답을 받고 있어요. 끝난 뒤에 결과를 공개해 주세요."))
    if not questionnaire.sheets.exists():
        raise UnableToAsk(_("들어온 답이 없어요."))
    with operation("survey.publish_results", actor=actor, at=at):
        advance(questionnaire, QUESTIONNAIRE, "publish", results_at=at)


def cancel_questionnaire(*, questionnaire: Questionnaire, reason: str, actor: Actor, at: datetime) -> None:
    """Call a questionnaire off with a reason; answers that came in stay uncounted."""
    require(actor, "survey.ask", questionnaire)
    if not reason.strip():
        raise UnableToAsk(_("까닭을 적어 주세요."), field="reason")
    with operation("survey.cancel_questionnaire", actor=actor, at=at, reason=reason):
        advance(questionnaire, QUESTIONNAIRE, "cancel", state_reason=reason.strip())


def _draft(questionnaire: Questionnaire) -> Questionnaire:
    kept = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if kept.state != "draft":
        raise UnableToAsk(_("이미 알린 설문이에요. 문항과 날짜는 바꿀 수 없어요."))
    return kept


def _check_frame(frame: Frame) -> None:
    if frame.closes_on < frame.opens_on:
        raise UnableToAsk(_("마지막 날이 첫날보다 빨라요."), field="closes_on")


def _check_choices(wording: Wording) -> list[str]:
    choices = [choice.strip() for choice in wording.choices if choice.strip()]
    if wording.kind == QuestionKind.SCALE:
        if len(choices) not in (0, 2):
            raise UnableToAsk(_("1점과 5점의 뜻을 한 줄씩, 두 줄로 적어 주세요."), field="choices")
    elif wording.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        if not 2 <= len(choices) <= MOST_CHOICES:
            said = _("고를 답을 한 줄에 하나씩, 2개에서 %(most)d개까지 적어 주세요.")
            raise UnableToAsk(said % {"most": MOST_CHOICES}, field="choices")
    elif choices:
        raise UnableToAsk(_("이 종류의 문항에는 고를 답을 적지 않아요."), field="choices")
    if len(set(choices)) != len(choices):
        raise UnableToAsk(_("같은 답이 두 번 있어요."), field="choices")
    if any(len(choice) > LONGEST_CHOICE for choice in choices):
        raise UnableToAsk(_("답 하나는 %(most)d자까지예요.") % {"most": LONGEST_CHOICE}, field="choices")
    return choices


def _refuse_faults(questionnaire: Questionnaire) -> None:
    """Refuse an order of questions in which a condition does not look back at a choice that exists."""
    questions = list(questionnaire.questions.order_by("place"))
    faults = asking.branching_faults([question.asked() for question in questions])
    for number, question in enumerate(questions, start=1):
        fault = faults.get(str(question.pk))
        if fault is not None:
            said, field = FAULTS.get(fault, OTHER_FAULT)
            raise UnableToAsk(str(said) % {"number": number}, field=field)
