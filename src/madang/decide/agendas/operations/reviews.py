from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.agendas.models import Agenda, DepartmentReview
from madang.decide.agendas.operations.telling import tell_people, tell_proposers
from madang.decide.agendas.operations.words import required, required_reason
from madang.decide.agendas.states import AGENDA, Verdict
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.models import Appointment, Department
from madang.ground.people.permissions import require
from madang.ground.people.roles import Role
from madang.ground.workflow import UnableTo, advance


class UnableToReview(UnableTo):
    """The departments cannot be asked, or the department cannot answer, in this way or at this moment."""


def ask_departments(
    *, agenda: Agenda, departments: Sequence[Department], due_on: date, actor: Actor, at: datetime
) -> list[DepartmentReview]:
    """Ask departments for their review by a day and tell their officers; the first question begins the review.

    Raises ``UnableToReview`` for no department, one of another district, one already asked, a day that has passed,
    or an agenda whose criteria are being judged; ``UnableToMove`` when the agenda is past review.
    """
    require(actor, "agendas.ask_review", agenda)
    _require_askable(agenda, departments, due_on, at)
    with operation("agendas.ask_review", actor=actor, at=at):
        locked = Agenda.objects.select_for_update().get(pk=agenda.pk)
        if locked.state != "in_review":
            advance(agenda, AGENDA, "ask_departments")
        _require_unjudged(locked)
        asked = [
            DepartmentReview.objects.create(agenda=agenda, department=department, asked_at=at, due_on=due_on)
            for department in _not_yet_asked(agenda, departments)
        ]
        for review in asked:
            _tell_officers(review, key="asked", at=at)
    return asked


def remind_department(*, review: DepartmentReview, actor: Actor, at: datetime) -> int:
    """Tell a department's officers again that its answer is awaited, at most once a day; returns how many were told.

    Raises ``UnableToReview`` when it has answered or has no officer.
    """
    require(actor, "agendas.ask_review", review)
    if review.answered_at is not None:
        raise UnableToReview(_("이미 답한 부서예요."))
    if not _officers(review, at):
        raise UnableToReview(_("%(name)s에는 지정된 담당자가 없어요.") % {"name": review.department.name})
    with operation("agendas.remind_department", actor=actor, at=at):
        return _tell_officers(review, key=f"reminded-{timezone.localdate(at).isoformat()}", at=at)


def answer_review(
    *, review: DepartmentReview, verdict: str, reason: str, conditions: str, actor: Actor, at: datetime
) -> None:
    """Give a department's answer, once: feasible, conditional (with the conditions) or not, always with a reason.

    Raises ``UnableToReview`` for missing words, when the department has answered already, or when the agenda is
    not in review.
    """
    require(actor, "agendas.answer_review", review)
    words = _answer(verdict, reason, conditions)
    with operation("agendas.answer_review", actor=actor, at=at):
        _require_in_review(review)
        waiting = DepartmentReview.objects.filter(pk=review.pk, answered_at=None)
        if not waiting.update(answered_by_id=actor.person_id, answered_at=at, **words):
            raise UnableToReview(_("이 부서는 이미 답했어요. 고치려면 답 고치기를 눌러 주세요."))
        review.refresh_from_db()
        _tell_answer(review, key=f"review-{review.pk}", at=at)


def correct_answer(
    *, review: DepartmentReview, verdict: str, reason: str, conditions: str, actor: Actor, at: datetime
) -> None:
    """Correct a department's answer while no reviewer has judged the criteria; the log keeps what stood before.

    Raises ``UnableToReview`` for missing words, an answer not given yet, or once the criteria are being judged.
    """
    require(actor, "agendas.answer_review", review)
    words = _answer(verdict, reason, conditions)
    with operation("agendas.correct_answer", actor=actor, at=at):
        _require_unjudged(_require_in_review(review))
        answered = DepartmentReview.objects.filter(pk=review.pk, answered_at__isnull=False)
        if not answered.update(answered_by_id=actor.person_id, answered_at=at, **words):
            raise UnableToReview(_("아직 답하지 않은 의제예요."))
        review.refresh_from_db()
        _tell_answer(review, key=f"review-{review.pk}-corrected-{at.isoformat()}", at=at)


def _require_askable(agenda: Agenda, departments: Sequence[Department], due_on: date, at: datetime) -> None:
    if not departments:
        raise UnableToReview(_("물어볼 부서를 하나 이상 골라 주세요."), field="departments")
    if any(department.district_id != agenda.district_id for department in departments):
        raise UnableToReview(_("다른 구의 부서에는 물을 수 없어요."), field="departments")
    if due_on < timezone.localdate(at):
        raise UnableToReview(_("답할 날은 오늘이나 그 뒤여야 해요."), field="due_on")


def _not_yet_asked(agenda: Agenda, departments: Sequence[Department]) -> Sequence[Department]:
    known = list(agenda.department_reviews.filter(department__in=departments).select_related("department"))
    if known:
        names = ", ".join(review.department.name for review in known)
        raise UnableToReview(_("이미 물어본 부서예요: %(names)s") % {"names": names}, field="departments")
    return departments


def _require_in_review(review: DepartmentReview) -> Agenda:
    """Lock the agenda of a review and return it, so that nobody concludes it meanwhile."""
    agenda = Agenda.objects.select_for_update().get(pk=review.agenda_id)
    if agenda.state != "in_review":
        state = AGENDA.state(agenda.state).staff
        raise UnableToReview(_("이 의제는 지금 「%(state)s」 상태라서 답을 받지 않아요.") % {"state": state})
    return agenda


def _require_unjudged(agenda: Agenda) -> None:
    if agenda.criteria_reviews.filter(round=agenda.round).exists():
        raise UnableToReview(_("분과위원이 네 가지 성격을 판단하기 시작해서 부서검토는 더 바꿀 수 없어요."))


def _answer(verdict: str, reason: str, conditions: str) -> dict[str, str]:
    """Return the checked words of an answer; conditions belong only to a conditional one."""
    if verdict not in Verdict.values:
        raise UnableToReview(_("할 수 있는지 하나를 골라 주세요."), field="verdict")
    kept = ""
    if verdict == Verdict.CONDITIONAL:
        kept = required(conditions, field="conditions", missing=_("어떤 조건이면 할 수 있는지 써 주세요."))
    return {"verdict": verdict, "reason": required_reason(reason), "conditions": kept}


def _officers(review: DepartmentReview, at: datetime) -> set[int]:
    day = timezone.localdate(at)
    posts = Appointment.objects.on(day).filter(role=Role.DEPARTMENT_OFFICER, department_id=review.department_id)
    return set(posts.values_list("person_id", flat=True))


def _tell_officers(review: DepartmentReview, *, key: str, at: datetime) -> int:
    agenda = review.agenda
    return tell_people(
        person_ids=_officers(review, at),
        key=f"review-{review.pk}-{key}",
        news=lambda: (
            _("부서검토를 부탁드려요: %(title)s") % {"title": agenda.title},
            _("%(number)s 의제를 %(day)s까지 살펴 답해 주세요.")
            % {"number": agenda.public_number, "day": review.due_on.isoformat()},
        ),
        link=reverse("agendas:answer", args=[agenda.district.slug, review.pk]),
        at=at,
    )


def _tell_answer(review: DepartmentReview, *, key: str, at: datetime) -> None:
    tell_proposers(
        agenda=review.agenda,
        key=key,
        news=lambda: (
            _("%(department)s의 답이 왔어요: %(verdict)s")
            % {"department": review.department.name, "verdict": review.get_verdict_display()},
            _("「%(title)s」 의제예요. 까닭: %(reason)s") % {"title": review.agenda.title, "reason": review.reason},
        ),
        at=at,
    )
