from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from madang.decide.agendas.forms.agendas import ReasonForm
from madang.decide.agendas.models import Agenda
from madang.decide.agendas.operations.criteria import keep_on_list, reopen
from madang.decide.agendas.operations.merging import undo_merge
from madang.decide.agendas.operations.telling import proposers_of
from madang.decide.agendas.queries import agendas as queries
from madang.decide.agendas.queries.judging import invitations_of, judged
from madang.decide.agendas.queries.paging import Page
from madang.decide.agendas.queries.reviews import forums_behind, has_judged, standing_of
from madang.decide.agendas.states import AGENDA
from madang.decide.agendas.views.judged import found_exclusions
from madang.decide.agendas.views.lanes import joining, lanes_of
from madang.decide.agendas.views.refusing import say_in_form
from madang.ground.cycles.models import Cycle
from madang.ground.cycles.queries import current_cycle
from madang.ground.people.guards import guarded, open_to_all
from madang.ground.people.permissions import may, require
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo

DECIDED = ("fit", "kept", "chosen", "not_chosen")


@dataclass(frozen=True, slots=True)
class Step:
    """One step somebody may take now: the words on its button and where it leads."""

    label: str
    url: str


def number_from(text: str | None) -> int | None:
    """Return a record's number from an address, or None when it is not one."""
    return int(text) if text and text.isdecimal() and len(text) <= 9 else None


@open_to_all
def listing(request: Any, district: str) -> HttpResponse:
    """List the agendas of a district's year, the newest number first."""
    place = district_or_404(district)
    now = current_cycle(timezone.localdate(request.at))
    year = number_from(request.GET.get("year"))
    cycle = Cycle.objects.filter(planning_year=year).first() if year else now
    states = queries.states_in_use(place, cycle) if cycle else []
    state = request.GET.get("state", "")
    state = state if state in states else ""
    before, after = number_from(request.GET.get("before")), number_from(request.GET.get("after"))
    page: Page[Agenda] = (
        queries.agendas_page(place, cycle, state=state, before=before, after=after) if cycle else Page([])
    )
    kept = {"state": state} | ({"year": str(cycle)} if cycle != now else {})
    context = {
        "district": place,
        "subject": Agenda(district=place),
        "cycle": cycle,
        "states": [AGENDA.state(key) for key in states],
        "state": state,
        "page": page,
        "years": "" if cycle == now else f"&year={cycle}",
        "older": page.older and "?" + urlencode(kept | {"before": page.older}),
        "newer": page.newer and "?" + urlencode(kept | {"after": page.newer}),
        "life": AGENDA,
    }
    return render(request, "agendas/agenda_list.html", context)


@open_to_all
def agenda(request: Any, district: str, number: str) -> HttpResponse:
    """Show an agenda's life: what people said, how it was merged, what departments and reviewers found."""
    found = queries.agenda_or_404(district_or_404(district), number)
    strands = list(queries.strands_of(found))
    shown = strands if found.state == "undone" else [strand for strand in strands if strand.undone_at is None]
    lanes = lanes_of(shown)
    standing = standing_of(found)
    is_staff = bool(may(request.actor, "agendas.ask_review", found))
    context = {
        "district": found.district,
        "agenda": found,
        "lanes": lanes,
        "joining": joining(len(lanes)),
        "batches": queries.batches_of(shown),
        "proposal_count": len(shown),
        "forums": list(forums_behind(found)),
        "answers": list(queries.answers_to(found)),
        "waiting": list(found.department_reviews.filter(verdict="").select_related("department")) if is_staff else [],
        "standing": standing,
        "judged_in_public": found.concluded_at is not None and standing.reviewers > 0,
        "judgement": judged(found) if found.state != "undone" and (is_staff or found.concluded_at) else None,
        "invitations": invitations_of(found),
        "reviews": found_exclusions(found),
        "not_yet": standing.why_not_concluded_yet if is_staff and found.state == "in_review" else None,
        "steps": _steps(request.actor, found, standing),
        "is_staff": is_staff,
        "life": AGENDA,
    }
    return render(request, "agendas/agenda_page.html", context)


def _steps(actor: Any, agenda: Agenda, standing: Any) -> list[Step]:
    """Return what the reader may do with the agenda now, the main step first."""
    args = [agenda.district.slug, agenda.page_number]
    found: list[Step] = []
    records: list[Step] = []
    if agenda.state == "in_review":
        can_judge = may(actor, "agendas.judge", agenda) and standing.why_not_judged_yet is None
        if can_judge and not has_judged(agenda, actor.person_id):
            found.append(Step(_("네 가지 성격 판단하기"), reverse("agendas:judge", args=args)))
    if agenda.state != "undone" and may(actor, "agendas.judge_exclusions", agenda):
        records.append(Step(_("조례의 부적격 살피기"), reverse("agendas:exclusions", args=args)))
    if agenda.state != "undone" and may(actor, "agendas.invite", agenda):
        records.append(Step(_("제안자 초대 남기기"), reverse("agendas:invite", args=args)))
    if not may(actor, "agendas.conclude", agenda):
        return found + records
    names = _staff_steps(agenda)
    if standing.why_not_concluded_yet is not None:
        names = [(label, name) for label, name in names if name != "conclude"]
    return [*found, *(Step(str(label), reverse(f"agendas:{name}", args=args)) for label, name in names), *records]


def _staff_steps(agenda: Agenda) -> list[tuple[str | Promise, str]]:
    steps: dict[str, list[tuple[str | Promise, str]]] = {
        "gathered": [
            (_("부서에 검토 부탁하기"), "ask"),
            (_("합치기 되돌리기"), "undo"),
            (_("목록에 남기기"), "keep"),
        ],
        "in_review": [
            (_("적격 검토 마치기"), "conclude"),
            (_("다른 부서에도 묻기"), "ask"),
            (_("목록에 남기기"), "keep"),
        ],
        "fit": [(_("목록에 남기기"), "keep")],
        "kept": [(_("다시 검토하기"), "reopen")],
    }
    return steps.get(agenda.state, [])


@guarded("agendas.merge")
def undo(request: Any, district: str, number: str) -> HttpResponse:
    """Undo a merge, with a reason."""
    found = queries.agenda_or_404(district_or_404(district), number)
    require(request.actor, "agendas.merge", found)
    words = {
        "title": _("합치기 되돌리기"),
        "text": _("제안은 모두 다시 「받음」이 되고 제안자에게 알려요. 이 의제는 되돌렸다는 표시와 함께 남아요."),
        "button": _("합치기 되돌리기"),
        "done": _("합치기를 되돌렸어요."),
    }
    return _with_reason(request, found, undo_merge, words)


@guarded("agendas.conclude")
def keep(request: Any, district: str, number: str) -> HttpResponse:
    """Keep an agenda on the list without a vote, with a reason."""
    found = queries.agenda_or_404(district_or_404(district), number)
    require(request.actor, "agendas.conclude", found)
    words = {
        "title": _("목록에 남기기"),
        "text": _("투표에 올리지 않고 누구나 볼 수 있는 목록에 남겨요. 다음 해에 이어서 다룰 수 있어요."),
        "button": _("목록에 남기기"),
        "done": _("까닭과 함께 목록에 남겼어요."),
    }
    return _with_reason(request, found, keep_on_list, words)


@guarded("agendas.conclude")
def take_up_again(request: Any, district: str, number: str) -> HttpResponse:
    """Take a kept agenda up for review again, with a reason."""
    found = queries.agenda_or_404(district_or_404(district), number)
    require(request.actor, "agendas.conclude", found)
    words = {
        "title": _("다시 검토하기"),
        "text": _("부서는 답을 고칠 수 있고, 분과위원은 네 가지 성격을 새로 판단해요. 앞선 판단은 기록에 남아요."),
        "button": _("다시 검토하기"),
        "done": _("다시 검토를 시작했어요."),
    }
    return _with_reason(request, found, reopen, words)


def _with_reason(request: Any, agenda: Agenda, operation: Callable[..., Any], words: dict[str, str]) -> HttpResponse:
    """Ask for a reason, take the step, and go back to the agenda."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operation(agenda=agenda, reason=form.cleaned_data["reason"], actor=request.actor, at=request.at)
        except UnableTo as refusal:
            say_in_form(form, refusal)
        else:
            messages.success(request, words["done"])
            return redirect("agendas:agenda", agenda.district.slug, agenda.page_number)
    people = len(proposers_of(agenda))
    context = {"district": agenda.district, "agenda": agenda, "form": form, "words": words, "people": people}
    return render(request, "agendas/agenda_reason.html", context)
