"""What somebody does who wants to come: register, see the ticket, take it back, have the data erased."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madang.decide.forums.forms import RegisterForm
from madang.decide.forums.operations import registering
from madang.decide.forums.queries import people
from madang.decide.forums.queries.qr import qr_code
from madang.decide.forums.states import REGISTRATION
from madang.decide.forums.views.found import forum_or_404
from madang.ground.people.guards import guarded
from madang.ground.workflow import UnableTo


@guarded("forums.register")
def register(request: Any, district: str, number: int) -> HttpResponse:
    """Ask for a seat."""
    found = forum_or_404(district, number)
    if people.registration_of(found, request.actor) is not None:
        return redirect("forums:ticket", district, number)
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            registering.register(forum=found, actor=request.actor, at=request.at, **form.cleaned_data)
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            return redirect("forums:ticket", district, number)
    context = {"district": found.district, "forum": found, "form": form, "seats": people.seats_of(found)}
    return render(request, "forums/register.html", context)


@guarded("forums.register")
def ticket(request: Any, district: str, number: int) -> HttpResponse:
    """Show one's own registration with the QR code of check-in; who has none is led to the forum."""
    found = forum_or_404(district, number)
    own = people.registration_of(found, request.actor)
    if own is None:
        return redirect("forums:forum", district, number)
    code = None
    if own.token and own.state == "registered" and found.state == "planned":
        door = reverse("forums:door", args=[district, number, own.token])
        code = qr_code(request.build_absolute_uri(door))
    context = {
        "district": found.district,
        "forum": found,
        "own": own,
        "life": REGISTRATION,
        "code": code,
        "materials": people.materials_of(found),
        "begun": request.at >= found.starts_at,
        "consent": own.consented_at,
    }
    return render(request, "forums/ticket.html", context)


@require_POST
@guarded("forums.register")
def withdraw(request: Any, district: str, number: int) -> HttpResponse:
    """Take one's own registration back."""
    return _leave(request, district, number, registering.withdraw, _("신청을 취소하고 정보를 지웠어요."))


@require_POST
@guarded("forums.register")
def forget(request: Any, district: str, number: int) -> HttpResponse:
    """Have one's own data taken out of a forum that has begun."""
    return _leave(request, district, number, registering.forget, _("이 자리에서 내 정보를 지웠어요."))


def _leave(request: Any, district: str, number: int, leave: Any, said: str) -> HttpResponse:
    found = forum_or_404(district, number)
    own = people.registration_of(found, request.actor)
    if own is not None:
        try:
            leave(registration=own, actor=request.actor, at=request.at)
        except UnableTo as refusal:
            messages.error(request, str(refusal.reason))
            return redirect("forums:ticket", district, number)
        messages.success(request, said)
    return redirect("forums:forum", district, number)
