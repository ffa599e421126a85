from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.forums import operations, queries
from madang.decide.forums.forms import CancelForumForm, PlanForumForm, RecordForumForm
from madang.decide.forums.models import Forum, Material
from madang.decide.forums.queries import board, numbers, people
from madang.decide.forums.states import FORUM, QUESTIONS, ForumKind
from madang.decide.forums.views.found import forum_or_404
from madang.ground.cycles.queries import current_cycle
from madang.ground.files.handing_out import stored_file_response
from madang.ground.people.guards import guarded, open_to_all
from madang.ground.people.permissions import may, require
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo

PAGE = 40


@open_to_all
def forums(request: Any, district: str) -> HttpResponse:
    """List the forums of the district's year: those to come first, then those recorded."""
    place = district_or_404(district)
    cycle = current_cycle(timezone.localdate(request.at))
    kind = request.GET.get("kind", "")
    kind = kind if kind in ForumKind.values else ""
    found = list(queries.forums_of(place, cycle, kind).prefetch_related("counts")[:PAGE]) if cycle else []
    for forum in found:
        forum.people = queries.total_people(forum)  # type: ignore[attr-defined]
    context = {
        "district": place,
        "district_subject": Forum(district=place),
        "cycle": cycle,
        "kinds": ForumKind.choices,
        "kind": kind,
        "coming": sorted((forum for forum in found if forum.state == "planned"), key=lambda forum: forum.starts_at),
        "held": [forum for forum in found if forum.state != "planned"],
        "life": FORUM,
    }
    return render(request, "forums/forums.html", context)


@open_to_all
def forum(request: Any, district: str, number: int) -> HttpResponse:
    """Show one forum: when and where, who came, what came out of it."""
    found = forum_or_404(district, number)
    wall = board.board_of(found)
    context = {
        "district": found.district,
        "forum": found,
        "life": FORUM,
        "numbers": numbers.numbers_of(found),
        "decisions": numbers.decisions_of(found),
        "board": wall if wall is not None and wall.state != "prepared" else None,
        "themes": board.themes_of(wall) if wall is not None and found.state == "recorded" else [],
        "questions": QUESTIONS,
        "materials": people.materials_of(found),
        "own": people.registration_of(found, request.actor),
        "seats": people.seats_of(found) if found.registration_closes_at else None,
        "taking": found.registration_closes_at is not None and request.at < found.registration_closes_at,
        "people": queries.people_at(found) if found.state == "recorded" else {},
        "total": queries.total_people(found),
        "begun": request.at >= found.starts_at,
    }
    return render(request, "forums/forum.html", context)


@open_to_all
def material_file(request: Any, district: str, number: int, material: int) -> HttpResponse:
    """Hand out the file of a material: to everyone once it was sent, before that to those who may send it."""
    found = forum_or_404(district, number)
    one = Material.objects.filter(pk=material, forum=found).select_related("file").first()
    if one is None or (one.sent_at is None and not may(request.actor, "forums.plan", found)):
        raise Http404
    return stored_file_response(one.file)


@guarded("forums.plan")
def plan(request: Any, district: str) -> HttpResponse:
    """Plan a forum."""
    place = district_or_404(district)
    require(request.actor, "forums.plan", Forum(district=place))
    day = timezone.localdate(request.at)
    form = PlanForumForm(request.POST or None, district=place, day=day)
    cycle = current_cycle(day)
    if cycle is None:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.plan_forum(
                district=place, cycle=cycle, actor=request.actor, at=request.at, **form.cleaned_data
            )
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("공론장을 알렸어요."))
            return redirect("forums:manage", place.slug, made.pk)
    return render(request, "forums/plan.html", {"district": place, "form": form})


@guarded("forums.record")
def record(request: Any, district: str, number: int) -> HttpResponse:
    """Record who came to a forum and what came out of it."""
    found = forum_or_404(district, number)
    require(request.actor, "forums.record", found)
    form = RecordForumForm(request.POST or None, initial=_known_of(found))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            operations.record_forum(
                forum=found,
                counts=form.counts(),
                outcome=data["outcome"],
                opinions_made=data["opinions_made"],
                opinions_taken_up=data["opinions_taken_up"],
                minutes=data["minutes"],
                decisions=data["decisions"],
                material=data["material"],
                material_days_before=data["material_days_before"],
                actor=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("공론장 결과를 기록했어요."))
            return redirect("forums:forum", found.district.slug, found.pk)
    return render(request, "forums/record.html", {"district": found.district, "forum": found, "form": form})


@guarded("forums.plan")
def cancel(request: Any, district: str, number: int) -> HttpResponse:
    """Cancel a forum that has not been held, with a reason."""
    found = forum_or_404(district, number)
    require(request.actor, "forums.plan", found)
    form = CancelForumForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.cancel_forum(forum=found, actor=request.actor, at=request.at, **form.cleaned_data)
        except UnableTo as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("공론장을 취소했어요. 까닭이 함께 보여요."))
            return redirect("forums:forum", found.district.slug, found.pk)
    return render(request, "forums/cancel.html", {"district": found.district, "forum": found, "form": form})


def _known_of(forum: Forum) -> dict[str, Any]:
    """Return what is known of a forum already, so that nobody types it twice."""
    counts = people.counts_of(people.arrived(forum))
    known: dict[str, Any] = {
        f"{dimension}_{key}": number for dimension, keys in counts.items() for key, number in keys.items() if number
    }
    sent = people.materials_of(forum)
    known["material"] = ", ".join(material.title for material in sent)
    known["material_days_before"] = people.material_days_before(forum)
    wall = board.board_of(forum)
    if wall is not None:
        known["opinions_made"] = board.notes_up(wall).count()
        known["opinions_taken_up"] = board.taken_up(wall)
    return known
