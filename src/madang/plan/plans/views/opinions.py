"""The draft goes round: what residents read and write, what officers record and answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.ground.people.guards import guarded, open_to_all
from madang.ground.people.permissions import NotAllowed, may, require
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo
from madang.plan.plans import operations
from madang.plan.plans.forms.opinions import AnswerForm, EnterOpinionForm, OpinionForm, ShareForm
from madang.plan.plans.models import Opinion, OpinionRound, Plan
from madang.plan.plans.queries import opinions as queries
from madang.plan.plans.queries import plan_of_year
from madang.plan.plans.queries.overview import overview, written_sections


@open_to_all
@require_safe
def opinions(request: Any, district: str, year: int) -> HttpResponse:
    """Show to whom the draft went, what people said, and the answers."""
    return _page(request, _readable_plan(request, district, year))


@guarded("plans.give_opinion")
@require_POST
def give(request: Any, district: str, year: int) -> HttpResponse:
    """Take what a resident writes to the open online round."""
    plan = _readable_plan(request, district, year)
    found = queries.open_round(plan, timezone.localdate(request.at))
    form = OpinionForm(request.POST, plan=plan)
    if found is None:
        messages.error(request, _("지금은 의견을 받는 때가 아니에요."), extra_tags="stop")
        return redirect("plans:opinions", district, year)
    if form.is_valid():
        try:
            operations.give_opinion(round=found, actor=request.actor, at=request.at, **form.cleaned_data)
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("의견을 받았어요. 답이 달리면 알려 드려요."))
            return redirect("plans:opinions", district, year)
    return _page(request, plan, form=form)


@open_to_all
@require_safe
def draft(request: Any, district: str, year: int, number: int) -> HttpResponse:
    """Show the draft that went round online, as it stood when the round began."""
    plan = _readable_plan(request, district, year)
    found = plan.rounds.filter(pk=number, content__isnull=False).first()
    if found is None or found.starts_on > timezone.localdate(request.at):
        raise Http404
    content = found.content
    context = {
        "district": plan.district,
        "plan": plan,
        "round": found,
        "content": content,
        "whole": overview(content),
        "texts": [*written_sections(content, "base"), *written_sections(content, "action")],
        "open": found.is_open(timezone.localdate(request.at)),
    }
    return render(request, "plans/shared_draft.html", context)


@guarded("plans.share_draft")
def share(request: Any, district: str, year: int) -> HttpResponse:
    """Send the draft round, or record that it went."""
    plan = _plan_to_share(request, district, year)
    form = ShareForm(request.POST or None, plan=plan, day=timezone.localdate(request.at))
    if request.method == "POST" and form.is_valid():
        try:
            operations.share_draft(plan=plan, actor=request.actor, at=request.at, **form.cleaned_data)
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("초안을 돌린 것을 남겼어요."))
            return redirect("plans:opinions", district, year)
    context = {"district": plan.district, "plan": plan, "form": form}
    return render(request, "plans/share_draft.html", context, status=422 if form.errors else 200)


@guarded("plans.share_draft")
@require_POST
def remove_round(request: Any, district: str, year: int, number: int) -> HttpResponse:
    """Remove a round that was entered by mistake."""
    plan = _plan_to_share(request, district, year)
    found = _round_or_404(plan, number)
    try:
        operations.remove_round(round=found, actor=request.actor, at=request.at)
    except NotAllowed:
        raise
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason), extra_tags="stop")
    else:
        messages.success(request, _("기록을 지웠어요."))
    return redirect("plans:opinions", district, year)


@guarded("plans.share_draft")
def enter(request: Any, district: str, year: int) -> HttpResponse:
    """Write down what was said at a meeting."""
    plan = _plan_to_share(request, district, year)
    form = EnterOpinionForm(request.POST or None, plan=plan, initial={"round": request.GET.get("round", "")})
    if request.method == "POST" and form.is_valid():
        try:
            operations.enter_opinion(actor=request.actor, at=request.at, **form.cleaned_data)
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("의견을 적어 두었어요. 답도 남겨 주세요."))
            return redirect("plans:opinions", district, year)
    context = {"district": plan.district, "plan": plan, "form": form, "rounds": plan.rounds.exists()}
    return render(request, "plans/enter_opinion.html", context, status=422 if form.errors else 200)


@guarded("plans.share_draft")
def answer(request: Any, district: str, year: int, number: int) -> HttpResponse:
    """Answer an opinion, or change the answer."""
    plan = _plan_to_share(request, district, year)
    rows = Opinion.objects.select_related("round__plan__district", "round__plan__cycle", "round__body", "project")
    found = rows.filter(pk=number, round__plan=plan).first()
    if found is None:
        raise Http404
    told = {"answer": found.answer, "reason": found.answer_reason}
    form = AnswerForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        try:
            operations.answer_opinion(opinion=found, actor=request.actor, at=request.at, **form.cleaned_data)
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("답을 남기고 알렸어요."))
            return redirect("plans:opinions", district, year)
    context = {"district": plan.district, "plan": plan, "opinion": found, "form": form}
    return render(request, "plans/answer_opinion.html", context, status=422 if form.errors else 200)


def _readable_plan(request: Any, district: str, year: int) -> Plan:
    """Return the plan whose rounds the reader may read; 404 for others."""
    plan = plan_of_year(district_or_404(district), year)
    if plan is None or not queries.may_read_opinions(plan, request.actor, timezone.localdate(request.at)):
        raise Http404
    return plan


def _plan_to_share(request: Any, district: str, year: int) -> Plan:
    plan = _readable_plan(request, district, year)
    require(request.actor, "plans.share_draft", plan)
    return plan


def _round_or_404(plan: Plan, number: int) -> OpinionRound:
    found = plan.rounds.select_related("plan__district", "plan__cycle").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _page(request: Any, plan: Plan, *, form: OpinionForm | None = None) -> HttpResponse:
    day = timezone.localdate(request.at)
    found = queries.open_round(plan, day)
    waiting = "waiting" in request.GET
    after = request.GET.get("after", "")
    is_staff = bool(may(request.actor, "plans.share_draft", plan))
    page = queries.opinions_page(
        plan, after=int(after) if after.isdecimal() and len(after) < 10 else 0, waiting=waiting
    )
    context = {
        "district": plan.district,
        "plan": plan,
        "reads_plan": plan.is_public or may(request.actor, "plans.read_draft", plan),
        "rounds": list(queries.rounds_of(plan)),
        "open_round": found,
        "page": page,
        "waiting": waiting,
        "more": page.after and f"?after={page.after}" + ("&waiting" if waiting else ""),
        "unanswered": queries.unanswered(plan),
        "form": form or (OpinionForm(plan=plan) if found and request.actor.is_signed_in else None),
        "is_staff": is_staff,
        "can_share": is_staff and plan.state != "submitted",
    }
    return render(request, "plans/opinions.html", context, status=422 if form is not None else 200)
