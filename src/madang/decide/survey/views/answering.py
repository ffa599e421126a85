"""Answering a questionnaire page by page without a script, and typing in paper sheets."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.decide.survey import asking, operations
from madang.decide.survey.forms.answering import PaperForm, RemovePaperForm, Sheet, typed_from_paper
from madang.decide.survey.models import Questionnaire
from madang.decide.survey.queries.questionnaires import has_answered, questionnaire_in
from madang.decide.survey.states import Access
from madang.decide.survey.views.questionnaires import readable_or_404
from madang.ground.people.guards import guarded, open_to_all
from madang.ground.people.permissions import NotAllowed, may, require
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo


@guarded("survey.answer")
def answer(request: Any, district: str, number: int) -> HttpResponse:
    """Ask page by page; what was answered travels with the page, and nothing is kept before the last one."""
    found = readable_or_404(request, district, number)
    if not may(request.actor, "survey.answer", found):
        return redirect_to_login(request.get_full_path())
    if not found.is_open(timezone.localdate(request.at)):
        return redirect("survey:questionnaire", found.district.slug, found.pk)
    if found.access == Access.VERIFIED and has_answered(found, request.actor):
        messages.info(request, _("이미 답하셨어요. 한 사람이 한 번 답할 수 있어요."))
        return redirect("survey:questionnaire", found.district.slug, found.pk)
    sheet = Sheet(list(found.questions.order_by("place")), request.POST)
    walk = asking.pages(sheet.questions)
    if request.method != "POST":
        return _page(request, found, sheet, walk, 0)
    return _step(request, found, sheet, walk)


def _step(request: Any, found: Questionnaire, sheet: Sheet, walk: list[list[asking.Asked]]) -> HttpResponse:
    """Go back, stay where something is wrong, go on, or take the whole sheet."""
    answers = sheet.read()
    here = _place(request, len(walk))
    if "back" in request.POST:
        return _page(request, found, sheet, walk, _beside(walk, sheet, answers, here, -1) or 0, clear=True)
    sheet.note(asking.answer_faults(sheet.questions, asking.fitting(sheet.questions, answers)))
    if sheet.wrong([question.key for question in walk[here]]):
        return _page(request, found, sheet, walk, here, status=422)
    there = _beside(walk, sheet, answers, here, 1)
    if there is not None:
        return _page(request, found, sheet, walk, there, clear=True)
    kept = asking.fitting(sheet.questions, answers)
    asked = {question.key for question in asking.shown(sheet.questions, answers)}
    for place, page in enumerate(walk):
        if sheet.wrong([question.key for question in page if question.key in asked]):
            return _page(request, found, sheet, walk, place, status=422)
    try:
        operations.answer(questionnaire=found, key=_key(request), answers=kept, actor=request.actor, at=request.at)
    except NotAllowed:
        raise
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason), extra_tags="stop")
        return _page(request, found, sheet, walk, here, status=422)
    return redirect("survey:thanks", found.district.slug, found.pk)


@open_to_all
@require_safe
def thanks(request: Any, district: str, number: int) -> HttpResponse:
    """Say that the answer has come in, and when the results will be there."""
    found = readable_or_404(request, district, number)
    return render(request, "survey/thanks.html", {"district": found.district, "questionnaire": found})


@guarded("survey.enter_paper")
def paper(request: Any, district: str, number: int) -> HttpResponse:
    """Take one paper sheet after another by keyboard: numbers of the choices, Enter, the next sheet."""
    found = _entered(request, district, number)
    questions = list(found.questions.order_by("place"))
    data = request.POST or None
    form, sheet = PaperForm(data), Sheet(questions, data, typed_from_paper)
    if request.method == "POST":
        answers = sheet.read()
        sheet.note(asking.answer_faults(sheet.questions, answers))
        if form.is_valid() and not sheet.wrong():
            try:
                operations.enter_paper(
                    questionnaire=found,
                    number=form.cleaned_data["paper_number"],
                    answers=answers,
                    actor=request.actor,
                    at=request.at,
                )
            except NotAllowed:
                raise
            except UnableTo as refusal:
                form.refuse(refusal)
            else:
                said = _("%(number)d번 설문지를 넣었어요.") % {"number": form.cleaned_data["paper_number"]}
                messages.success(request, said)
                return redirect("survey:paper", found.district.slug, found.pk)
    return _paper_page(request, found, form, sheet, RemovePaperForm(prefix="remove"))


@guarded("survey.enter_paper")
def remove_paper(request: Any, district: str, number: int) -> HttpResponse:
    """Take back a paper sheet that was typed wrongly."""
    found = _entered(request, district, number)
    form = RemovePaperForm(request.POST or None, prefix="remove")
    if request.method == "POST" and form.is_valid():
        try:
            operations.remove_paper(
                questionnaire=found,
                number=form.cleaned_data["paper_number"],
                reason=form.cleaned_data["reason"],
                actor=request.actor,
                at=request.at,
            )
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("설문지를 뺐어요. 고쳐서 다시 넣어 주세요."))
            return redirect("survey:paper", found.district.slug, found.pk)
    questions = list(found.questions.order_by("place"))
    return _paper_page(request, found, PaperForm(), Sheet(questions), form)


def _entered(request: Any, district: str, number: int) -> Questionnaire:
    place = district_or_404(district)
    require(request.actor, "survey.enter_paper", Questionnaire(district=place))
    found = questionnaire_in(place, number)
    if found is None or found.state != "announced" or found.access != Access.ANONYMOUS:
        raise Http404
    return found


def _paper_page(
    request: Any, found: Questionnaire, form: PaperForm, sheet: Sheet, remove_form: RemovePaperForm
) -> HttpResponse:
    papers = found.sheets.filter(channel="paper")
    last = papers.aggregate(last=Max("paper_number"))["last"] or 0
    if not form.is_bound:
        form.initial["paper_number"] = last + 1
    wrong = bool(form.errors or remove_form.errors or sheet.wrong())
    context = {
        "district": found.district,
        "questionnaire": found,
        "form": form,
        "remove_form": remove_form,
        "boxes": list(sheet.boxes.values()),
        "wrong": sheet.wrong(),
        "entered": papers.count(),
    }
    return render(request, "survey/paper.html", context, status=422 if wrong else 200)


def _page(
    request: Any, found: Questionnaire, sheet: Sheet, walk: list[list[asking.Asked]], place: int,
    status: int = 200, clear: bool = False,
) -> HttpResponse:  # fmt: skip
    """Show the questions of one page that are asked on this way, and carry the other answers along."""
    asked = {question.key for question in asking.shown(sheet.questions, sheet.read() if not clear else _quiet(sheet))}
    here = [question.key for question in walk[place] if question.key in asked]
    context = {
        "district": found.district,
        "questionnaire": found,
        "key": _key(request),
        "here": place,
        "step": place + 1,
        "steps": len(walk),
        "boxes": [sheet.boxes[key] for key in here],
        "wrong": sheet.wrong(here) if status != 200 else [],
        "carried": [
            (box.question.field, value) for key, box in sheet.boxes.items() if key not in here for value in box.values
        ],
        "first": place == 0,
    }
    return render(request, "survey/answer.html", context, status=status)


def _quiet(sheet: Sheet) -> dict[str, asking.Answer]:
    """Read the answers and say nothing of faults: the page is shown for the first time."""
    answers = sheet.read()
    for box in sheet.boxes.values():
        box.error = ""
    return answers


def _beside(
    walk: list[list[asking.Asked]], sheet: Sheet, answers: dict[str, asking.Answer], here: int, by: int
) -> int | None:
    """Return the next page in a direction that has anything to ask, or None."""
    asked = {question.key for question in asking.shown(sheet.questions, answers)}
    there = here + by
    while 0 <= there < len(walk):
        if any(question.key in asked for question in walk[there]):
            return there
        there += by
    return None


def _place(request: Any, pages: int) -> int:
    text = request.POST.get("page", "")
    return min(int(text), pages - 1) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _key(request: Any) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()
