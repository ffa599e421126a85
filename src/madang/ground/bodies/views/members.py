"""Members of a body are added and changed beside what the rules say of it, before and after."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.ground.bodies import operations
from madang.ground.bodies.addresses import address
from madang.ground.bodies.forms import SeatForm
from madang.ground.bodies.models import Body, Member
from madang.ground.bodies.queries import composition, members_on
from madang.ground.bodies.views.places import body_or_404
from madang.ground.people.guards import guarded
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo


@guarded("bodies.manage")
def seat(request: Any, body: int, district: str = "") -> HttpResponse:
    """Add a member, or look first what the rules would say."""
    found = body_or_404(district, body)
    require(request.actor, "bodies.manage", found)
    return _seat_page(request, found, None)


@guarded("bodies.manage")
def change_seat(request: Any, body: int, seat: int, district: str = "") -> HttpResponse:
    """Correct a member's seat or end it, or look first what the rules would say."""
    found = body_or_404(district, body)
    require(request.actor, "bodies.manage", found)
    member = Member.objects.filter(body=found, pk=seat).select_related("body__district", "person", "department").first()
    if member is None:
        raise Http404
    return _seat_page(request, found, member)


def _seat_page(request: Any, body: Body, member: Member | None) -> HttpResponse:
    day = timezone.localdate(request.at)
    form = SeatForm(request.POST or None, body=body, day=day, member=member)
    seen, looked = None, False
    if request.method == "POST" and form.is_valid():
        typed = form.seat()
        term = {"starts_on": form.cleaned_data["starts_on"], "ends_on": form.cleaned_data["ends_on"]}
        if "look" in request.POST:
            changed = operations.proposed(body, typed, **term, member=member)
            seen, looked = composition(body, max(day, term["starts_on"]), changed=changed), True
        else:
            try:
                _keep(request, body, member, typed, term)
            except UnableTo as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, _("자리를 고쳤어요.") if member else _("위원을 더했어요."))
                return redirect(address("body" if member else "seat", body))
    context = {
        "district": body.district,
        "body": body,
        "member": member,
        "form": form,
        "looked": looked,
        "composition": seen or composition(body, day),
        "members": members_on(body, day),
    }
    return render(request, "bodies/seat.html", context)


def _keep(request: Any, body: Body, member: Member | None, typed: operations.Seat, term: dict[str, Any]) -> None:
    if member is None:
        operations.seat_member(body=body, seat=typed, **term, actor=request.actor, at=request.at)
    else:
        operations.change_seat(member=member, seat=typed, **term, actor=request.actor, at=request.at)
