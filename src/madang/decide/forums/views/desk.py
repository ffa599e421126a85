"""The door of a forum, for an officer with a phone: scan, search, walk-ins, the paper sheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from madang.decide.forums.forms import FindForm, WalkInForm
from madang.decide.forums.operations import arriving
from madang.decide.forums.papers import sign_in_sheet
from madang.decide.forums.queries import people
from madang.decide.forums.states import REGISTRATION
from madang.decide.forums.views.found import forum_for
from madang.ground.files.paper_files import paper_response
from madang.ground.people.guards import guarded
from madang.ground.workflow import UnableTo


@guarded("forums.desk")
def desk(request: Any, district: str, number: int) -> HttpResponse:
    """Find somebody by name or note a walk-in. Asked by POST: no name stands in an address."""
    found = forum_for(request, "forums.desk", district, number)
    searching = request.method == "POST" and request.POST.get("step") == "find"
    walking = request.method == "POST" and request.POST.get("step") == "walk_in"
    find = FindForm(request.POST if searching else None)
    walk_in = WalkInForm(request.POST if walking else None)
    if walking and walk_in.is_valid():
        try:
            arriving.walk_in(forum=found, actor=request.actor, at=request.at, **walk_in.cleaned_data)
        except UnableTo as refusal:
            walk_in.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("현장 참여를 적었어요."))
            return redirect("forums:desk", district, number)
    context = {
        "district": found.district,
        "forum": found,
        "find": find,
        "walk_in": walk_in,
        "matches": people.find_people(found, find.cleaned_data["name"]) if searching and find.is_valid() else None,
        "last": list(people.people_of(found).filter(arrived_at__isnull=False).order_by("-arrived_at", "-id")[:8]),
        "seats": people.seats_of(found),
        "closed": _closed(found, request.at),
        "life": REGISTRATION,
    }
    return render(request, "forums/desk.html", context)


@guarded("forums.desk")
def door(request: Any, district: str, number: int, token: str) -> HttpResponse:
    """Show whom a scanned QR code belongs to."""
    found = forum_for(request, "forums.desk", district, number)
    one = people.registration_by_token(found, token)
    if one is None:
        raise Http404
    context = {
        "district": found.district,
        "forum": found,
        "one": one,
        "closed": _closed(found, request.at),
        "life": REGISTRATION,
    }
    return render(request, "forums/door.html", context)


@require_POST
@guarded("forums.desk")
def arrive(request: Any, district: str, number: int, registration: int) -> HttpResponse:
    """Note that somebody has come, or take it back."""
    found = forum_for(request, "forums.desk", district, number)
    one = people.people_of(found).filter(pk=registration).first()
    if one is None:
        raise Http404
    undo = request.POST.get("step") == "undo"
    try:
        if undo:
            arriving.undo_check_in(registration=one, actor=request.actor, at=request.at)
        else:
            arriving.check_in(registration=one, actor=request.actor, at=request.at)
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason))
    else:
        said = _("되돌렸어요.") if undo else _("%(name)s 님이 들어왔어요.") % {"name": one.called or _("이름 없는 분")}
        messages.success(request, said)
    return redirect("forums:desk", district, number)


@guarded("forums.desk")
def sheet(request: Any, district: str, number: int) -> HttpResponse:
    """Hand out the paper sheet to sign, as a PDF."""
    found = forum_for(request, "forums.desk", district, number)
    coming = [one for one in people.people_of(found) if one.state == "registered"]
    paper = sign_in_sheet(found, coming)
    return paper_response(paper, kind="pdf", name=f"{found.title} {paper.title}", at=request.at)


@guarded("forums.desk")
def enter_sheet(request: Any, district: str, number: int) -> HttpResponse:
    """Enter the paper sheet afterwards: tick everyone who signed."""
    found = forum_for(request, "forums.desk", district, number)
    if request.method == "POST":
        signed = [int(value) for value in request.POST.getlist("signed") if value.isdigit()]
        try:
            new = arriving.enter_sheet(forum=found, numbers=signed, actor=request.actor, at=request.at)
        except UnableTo as refusal:
            messages.error(request, str(refusal.reason))
        else:
            messages.success(request, ngettext("%(n)d명을 더 적었어요.", "%(n)d명을 더 적었어요.", new) % {"n": new})
            return redirect("forums:desk", district, number)
    listed = [one for one in people.people_of(found) if one.way != "walk_in"]
    context = {
        "district": found.district,
        "forum": found,
        "people": listed,
        "life": REGISTRATION,
        "closed": _closed(found, request.at),
    }
    return render(request, "forums/enter_sheet.html", context)


def _closed(forum: Any, at: Any) -> str:
    """Return why nobody can be checked in now, or nothing."""
    try:
        arriving.check_door(forum, at)
    except UnableTo as refusal:
        return str(refusal.reason)
    return ""
