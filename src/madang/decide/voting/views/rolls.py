"""How staff bring a roll in, look at it, and get the access codes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madang.decide.voting import operations, queries
from madang.decide.voting.forms import ReasonForm, RollFileForm
from madang.decide.voting.views.staff import election_for_staff, manage_page
from madang.ground.files.handing_out import csv_response
from madang.ground.files.uploads import too_big
from madang.ground.people.guards import guarded
from madang.ground.workflow import UnableTo

MOST_SHOWN = 200


@guarded("voting.prepare")
def roll(request: Any, district: str, slug: str) -> HttpResponse:
    """Take a roll file for a look, and show what it holds and every row that cannot be taken."""
    election = election_for_staff(request, district, slug)
    form = RollFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        refused = too_big(request, "file")
        if refused is not None:
            form.errors.pop("file", None)
            form.add_error("file", refused)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                operations.hand_in_roll(
                    election=election, content=file.read(), name=file.name, actor=request.actor, at=request.at
                )
            except UnableTo as refusal:
                form.add_error("file", str(refusal.reason))
            else:
                return redirect("voting:roll", district, slug)
    waiting = queries.waiting_file(election)
    check = queries.check_file(election, bytes(waiting.content), waiting.name) if waiting else None
    context = {
        "district": election.district,
        "election": election,
        "form": form,
        "waiting": waiting,
        "check": check,
        "shown": check.rejected[:MOST_SHOWN] if check else (),
        "taken": election.roll_files.exclude(taken_at=None),
        "roll": queries.roll_summary(election),
    }
    return render(request, "voting/roll.html", context, status=422 if form.errors else 200)


@require_POST
@guarded("voting.prepare")
def take(request: Any, district: str, slug: str) -> HttpResponse:
    """Put the voters of the waiting file on the roll."""
    election = election_for_staff(request, district, slug)
    waiting = queries.waiting_file(election)
    if waiting is None:
        messages.warning(request, _("기다리는 명부 파일이 없어요. 파일을 올려 주세요."))
        return redirect("voting:roll", district, slug)
    try:
        added = operations.take_roll(file=waiting, actor=request.actor, at=request.at)
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason))
    else:
        messages.success(request, _("명부에 %(added)s명을 넣었어요.") % {"added": f"{added:,}"})
    return redirect("voting:roll", district, slug)


@guarded("voting.prepare")
def rejected(request: Any, district: str, slug: str) -> HttpResponse:
    """Hand out every rejected row of the waiting file with its cause."""
    election = election_for_staff(request, district, slug)
    waiting = queries.waiting_file(election)
    if waiting is None:
        raise Http404
    check = queries.check_file(election, bytes(waiting.content), waiting.name)
    heading = (_("줄"), _("번호"), _("까닭"))
    return csv_response([heading, *check.rejected], name=f"rejected-{election.slug}.csv")


@require_POST
@guarded("voting.prepare")
def codes(request: Any, district: str, slug: str) -> HttpResponse:
    """Make the access codes and hand them out as a file, once."""
    election = election_for_staff(request, district, slug)
    form = ReasonForm(request.POST, auto_id="id_codes_%s", needed=False)
    form.is_valid()
    try:
        issued = operations.issue_codes(
            election=election, actor=request.actor, at=request.at, reason=form.cleaned_data.get("reason", "")
        )
    except UnableTo as refusal:
        if refusal.field is None:
            return manage_page(request, election, error=str(refusal.reason))
        form.add_error(refusal.field, str(refusal.reason))
        return manage_page(request, election, codes_form=form)
    return csv_response([("number", "name", "code"), *issued], name=f"access-codes-{election.slug}.csv")
