from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from madang.decide.agendas.forms.agendas import AnswerForm, AskForm, ConcludeForm, JudgeForm
from madang.decide.agendas.models import Agenda, DepartmentReview
from madang.decide.agendas.operations import criteria, reviews
from madang.decide.agendas.queries.agendas import agenda_or_404, answers_to, strands_of
from madang.decide.agendas.queries.reviews import forums_behind, has_judged, reviews_for, standing_of, why_not_answered
from madang.decide.agendas.states import AGENDA
from madang.decide.agendas.views.refusing import say_in_form
from madang.ground.people.guards import guarded
from madang.ground.people.permissions import require
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo

MOST_LISTED = 50


@guarded("agendas.ask_review")
def ask(request: Any, district: str, number: str) -> HttpResponse:
    """Ask departments for their review of an agenda."""
    agenda = agenda_or_404(district_or_404(district), number)
    require(request.actor, "agendas.ask_review", agenda)
    form = AskForm(request.POST or None, agenda=agenda, day=timezone.localdate(request.at))
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["departments"])
        try:
            reviews.ask_departments(
                agenda=agenda,
                departments=chosen,
                due_on=form.cleaned_data["due_on"],
                actor=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            say_in_form(form, refusal)
        else:
            text = ngettext("부서 %(count)s곳에 물었어요.", "부서 %(count)s곳에 물었어요.", len(chosen))
            messages.success(request, text % {"count": len(chosen)})
            return redirect("agendas:agenda", agenda.district.slug, agenda.page_number)
    context = {
        "district": agenda.district,
        "agenda": agenda,
        "form": form,
        "asked": agenda.department_reviews.select_related("department"),
    }
    return render(request, "agendas/review_ask.html", context)


@guarded("agendas.answer_review")
def inbox(request: Any, district: str) -> HttpResponse:
    """List the agendas that reached the officer's department, what waits first."""
    place = district_or_404(district)
    require(request.actor, "agendas.answer_review", Agenda(district=place))
    found = reviews_for(request.actor.departments(), place.pk)
    open_ones = found.filter(verdict="", agenda__state="in_review")
    context = {
        "district": place,
        "waiting": list(open_ones[:MOST_LISTED]),
        "answered": list(found.exclude(verdict="").order_by("-answered_at")[:MOST_LISTED]),
        "life": AGENDA,
    }
    return render(request, "agendas/review_inbox.html", context)


@guarded("agendas.answer_review")
def answer(request: Any, district: str, review: int) -> HttpResponse:
    """Answer for the department, or correct the answer while nobody has judged the criteria."""
    asked = _review_in(district, review)
    require(request.actor, "agendas.answer_review", asked)
    given = asked.answered_at is not None
    initial = {"verdict": asked.verdict, "reason": asked.reason, "conditions": asked.conditions}
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        say = reviews.correct_answer if request.POST.get("corrects") else reviews.answer_review
        try:
            say(review=asked, actor=request.actor, at=request.at, **form.cleaned_data)
        except UnableTo as refusal:
            say_in_form(form, refusal)
        else:
            messages.success(request, _("답을 공개하고 제안자에게 알렸어요."))
            return redirect("agendas:inbox", asked.agenda.district.slug)
    context = {
        "district": asked.agenda.district,
        "agenda": asked.agenda,
        "review": asked,
        "given": given,
        "refusal": why_not_answered(asked),
        "form": form,
        "strands": [strand for strand in strands_of(asked.agenda) if strand.undone_at is None],
    }
    return render(request, "agendas/review_answer.html", context)


@guarded("agendas.ask_review")
@require_POST
def remind(request: Any, district: str, review: int) -> HttpResponse:
    """Tell a department again that its answer is awaited."""
    asked = _review_in(district, review)
    require(request.actor, "agendas.ask_review", asked)
    try:
        told = reviews.remind_department(review=asked, actor=request.actor, at=request.at)
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason))
    else:
        words = _("%(name)s에 다시 알렸어요.") if told else _("%(name)s에는 오늘 이미 알렸어요.")
        messages.success(request, words % {"name": asked.department.name})
    return redirect("agendas:agenda", asked.agenda.district.slug, asked.agenda.page_number)


@guarded("agendas.judge")
def judge(request: Any, district: str, number: str) -> HttpResponse:
    """Let a reviewer judge the four criteria, with the forums and answers as evidence beside them."""
    agenda = agenda_or_404(district_or_404(district), number)
    require(request.actor, "agendas.judge", agenda)
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            criteria.judge_criteria(agenda=agenda, judgements=form.judgements(), actor=request.actor, at=request.at)
        except UnableTo as refusal:
            say_in_form(form, refusal)
        else:
            messages.success(request, _("판단을 남겼어요. 검토를 마치면 까닭이 이름 없이 공개돼요."))
            return redirect("agendas:agenda", agenda.district.slug, agenda.page_number)
    context = {
        "district": agenda.district,
        "agenda": agenda,
        "form": form,
        "rows": [(form[name], form[f"{name}_reason"]) for name in form.fields if not name.endswith("_reason")],
        "forums": list(forums_behind(agenda)),
        "answers": list(answers_to(agenda)),
        "strands": [strand for strand in strands_of(agenda) if strand.undone_at is None],
        "refusal": _why_not_judge(agenda, request.actor),
    }
    return render(request, "agendas/review_judge.html", context)


@guarded("agendas.conclude")
def conclude(request: Any, district: str, number: str) -> HttpResponse:
    """Show what the reviewers found and conclude the review: to the vote, or kept on the list with a reason."""
    agenda = agenda_or_404(district_or_404(district), number)
    require(request.actor, "agendas.conclude", agenda)
    standing = standing_of(agenda)
    form = ConcludeForm(request.POST or None, is_fit=standing.is_fit)
    if request.method == "POST" and form.is_valid():
        try:
            is_fit = criteria.conclude_criteria(
                agenda=agenda, reason=form.cleaned_data.get("reason", ""), actor=request.actor, at=request.at
            )
        except UnableTo as refusal:
            say_in_form(form, refusal)
        else:
            done = _("의제가 투표에 올라요. 제안자에게 알렸어요.") if is_fit else _("까닭과 함께 목록에 남겼어요.")
            messages.success(request, done)
            return redirect("agendas:agenda", agenda.district.slug, agenda.page_number)
    context = {
        "district": agenda.district,
        "agenda": agenda,
        "form": form,
        "standing": standing,
        "answers": list(answers_to(agenda)),
        "refusal": _why_not_conclude(agenda, standing),
    }
    return render(request, "agendas/review_conclude.html", context)


def _review_in(district: str, number: int) -> DepartmentReview:
    rows = DepartmentReview.objects.select_related("agenda__district", "agenda__cycle", "department")
    return get_object_or_404(rows, pk=number, agenda__district=district_or_404(district))


def _why_not_judge(agenda: Agenda, actor: Any) -> str | None:
    if agenda.state != "in_review":
        state = AGENDA.state(agenda.state).staff
        return _("이 의제는 지금 「%(state)s」 상태라서 판단할 때가 아니에요.") % {"state": state}
    if has_judged(agenda, actor.person_id):
        return _("이미 판단을 남겼어요. 한 사람이 한 번 판단해요.")
    return standing_of(agenda).why_not_judged_yet


def _why_not_conclude(agenda: Agenda, standing: Any) -> str | None:
    if agenda.state != "in_review":
        state = AGENDA.state(agenda.state).staff
        return _("이 의제는 지금 「%(state)s」 상태라서 판단할 때가 아니에요.") % {"state": state}
    refusal: str | None = standing.why_not_concluded_yet
    return refusal
