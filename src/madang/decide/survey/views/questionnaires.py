"""Making questionnaires: their frame, their questions, putting them out and calling them off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.decide.survey import operations
from madang.decide.survey.forms.questionnaires import FrameForm, QuestionForm, initial_of
from madang.decide.survey.forms.resources import ReasonForm
from madang.decide.survey.models import Question, Questionnaire
from madang.decide.survey.queries import questionnaires as queries
from madang.decide.survey.states import QUESTIONNAIRE, Access
from madang.ground.cycles.queries import current_cycle
from madang.ground.people.guards import guarded, open_to_all
from madang.ground.people.permissions import NotAllowed, may, require
from madang.ground.places.models import District
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo

FRAME = ("kind", "title", "intro", "access", "opens_on", "closes_on")


@open_to_all
@require_safe
def questionnaires(request: Any, district: str) -> HttpResponse:
    """List the questionnaires of a district; drafts only for its staff."""
    place = district_or_404(district)
    may_ask = bool(may(request.actor, "survey.ask", Questionnaire(district=place)))
    day = timezone.localdate(request.at)
    rows = list(queries.questionnaires_of(place, drafts=may_ask))
    for row in rows:
        row.open_now = row.is_open(day)  # type: ignore[attr-defined]
    context = {"district": place, "rows": rows, "may_ask": may_ask, "life": QUESTIONNAIRE}
    return render(request, "survey/questionnaires.html", context)


@open_to_all
@require_safe
def questionnaire(request: Any, district: str, number: int) -> HttpResponse:
    """Show one questionnaire: what it asks and when; to its staff also its making and its answers so far."""
    found = readable_or_404(request, district, number)
    may_ask = bool(may(request.actor, "survey.ask", found))
    day = timezone.localdate(request.at)
    context = {
        "district": found.district,
        "questionnaire": found,
        "questions": list(found.questions.select_related("depends_on").order_by("place")),
        "life": QUESTIONNAIRE,
        "may_ask": may_ask,
        "may_enter": bool(may(request.actor, "survey.enter_paper", found)) and found.access == Access.ANONYMOUS,
        "open_now": found.is_open(day),
        "before": found.state == "announced" and day < found.opens_on,
        "ended": day > found.closes_on,
        "answered": found.sheets.count(),
        "reason_form": ReasonForm(),
    }
    return render(request, "survey/questionnaire.html", context)


@guarded("survey.ask")
def draft(request: Any, district: str) -> HttpResponse:
    """Begin a questionnaire."""
    place = district_or_404(district)
    require(request.actor, "survey.ask", Questionnaire(district=place))
    day = timezone.localdate(request.at)
    cycle = current_cycle(day)
    if cycle is None:
        raise Http404
    form = FrameForm(request.POST or None, initial={"opens_on": day})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.draft_questionnaire(
                district=place, cycle=cycle, frame=form.frame(), actor=request.actor, at=request.at
            )
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("설문을 만들었어요. 이제 문항을 넣어 주세요."))
            return redirect("survey:add_question", place.slug, made.pk)
    return _form_page(request, place, form, None)


@guarded("survey.ask")
def change(request: Any, district: str, number: int) -> HttpResponse:
    """Change a questionnaire that is not announced yet."""
    found = _own(request, district, number)
    form = FrameForm(request.POST or None, initial={name: getattr(found, name) for name in FRAME})
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_questionnaire(questionnaire=found, frame=form.frame(), actor=request.actor, at=request.at)
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("고친 것을 남겼어요."))
            return redirect("survey:questionnaire", found.district.slug, found.pk)
    return _form_page(request, found.district, form, found)


@guarded("survey.ask")
def question(request: Any, district: str, number: int, question: int | None = None) -> HttpResponse:
    """Add a question, or change one."""
    found = _own(request, district, number)
    known = _question_or_404(found, question) if question is not None else None
    form = QuestionForm(
        request.POST or None,
        questionnaire=found,
        question=known,
        initial=initial_of(known) if known else {"kind": "single"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.put_question(
                questionnaire=found, question=known, wording=form.wording(), actor=request.actor, at=request.at
            )
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("문항을 넣었어요."))
            again = known is None and "again" in request.POST
            name = "survey:add_question" if again else "survey:questionnaire"
            return redirect(name, found.district.slug, found.pk)
    context = {"district": found.district, "questionnaire": found, "question": known, "form": form}
    return render(request, "survey/question_form.html", context, status=422 if form.errors else 200)


@guarded("survey.ask")
@require_POST
def arrange(request: Any, district: str, number: int, question: int, what: str) -> HttpResponse:
    """Move a question up or down, or remove it."""
    found = _own(request, district, number)
    given: dict[str, Any] = {"question": _question_or_404(found, question), "actor": request.actor, "at": request.at}
    steps = {"up": -1, "down": 1}
    if what == "remove":
        return _do(request, found, _("문항을 지웠어요."), operations.remove_question, **given)
    if what not in steps:
        raise Http404
    return _do(request, found, _("문항을 옮겼어요."), operations.move_question, by=steps[what], **given)


@guarded("survey.ask")
@require_POST
def settle(request: Any, district: str, number: int, what: str) -> HttpResponse:
    """Put a questionnaire out, publish its results, or call it off."""
    found = _own(request, district, number)
    given: dict[str, Any] = {"questionnaire": found, "actor": request.actor, "at": request.at}
    if what == "announce":
        return _do(request, found, _("설문을 알렸어요."), operations.announce_questionnaire, **given)
    if what == "publish":
        return _do(request, found, _("결과를 공개했어요."), operations.publish_results, **given)
    if what == "cancel":
        reason = request.POST.get("reason", "")[:300]
        return _do(request, found, _("설문을 취소했어요."), operations.cancel_questionnaire, reason=reason, **given)
    raise Http404


def readable_or_404(request: Any, district: str, number: int) -> Questionnaire:
    """Return a questionnaire that the reader may see: a draft is there for its staff only."""
    found = queries.questionnaire_in(district_or_404(district), number)
    hidden = found is not None and found.announced_at is None
    if found is None or (hidden and not may(request.actor, "survey.ask", found)):
        raise Http404
    return found


def _own(request: Any, district: str, number: int) -> Questionnaire:
    place = district_or_404(district)
    require(request.actor, "survey.ask", Questionnaire(district=place))
    found = queries.questionnaire_in(place, number)
    if found is None:
        raise Http404
    return found


def _question_or_404(found: Questionnaire, number: int) -> Question:
    question = found.questions.filter(pk=number).first()
    if question is None:
        raise Http404
    return question


def _form_page(request: Any, place: District, form: FrameForm, found: Questionnaire | None) -> HttpResponse:
    context = {"district": place, "form": form, "questionnaire": found}
    return render(request, "survey/questionnaire_form.html", context, status=422 if form.errors else 200)


def _do(request: Any, found: Questionnaire, said: str, act: Any, **given: Any) -> HttpResponse:
    try:
        act(**given)
    except NotAllowed:
        raise
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason), extra_tags="stop")
    else:
        messages.success(request, said)
    return redirect("survey:questionnaire", found.district.slug, found.pk)
