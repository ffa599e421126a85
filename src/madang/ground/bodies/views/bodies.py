from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.ground.bodies import operations
from madang.ground.bodies.addresses import address
from madang.ground.bodies.forms import EndBodyForm, FoundBodyForm
from madang.ground.bodies.models import Body
from madang.ground.bodies.queries import (
    bodies_of,
    city_bodies,
    composition,
    ordinance_of,
    standing,
)
from madang.ground.bodies.states import CITY_KINDS, DISTRICT_KINDS, MEETING, BodyKind
from madang.ground.bodies.views.places import body_or_404, place_or_404
from madang.ground.people.guards import guarded, open_to_all
from madang.ground.people.permissions import may, require
from madang.ground.workflow import UnableTo

MEETINGS_SHOWN = 20
ACTING = (BodyKind.COUNCIL, BodyKind.TASK_FORCE)


@open_to_all
def bodies(request: Any, district: str = "") -> HttpResponse:
    """List the bodies of a district, or of the city, with the number of their members today."""
    place = place_or_404(district)
    day = timezone.localdate(request.at)
    context = {
        "district": place,
        "bodies": bodies_of(place, day) if place else city_bodies(day),
        "ordinance": ordinance_of(place, day) if place else None,
        "can_manage": may(request.actor, "bodies.manage", Body(district=place)),
    }
    return render(request, "bodies/bodies.html", context)


@open_to_all
def body_page(request: Any, body: int, district: str = "") -> HttpResponse:
    """Show who sits on a body in numbers, what the rules say of it, and its meetings; names only to its staff."""
    found = body_or_404(district, body)
    day = timezone.localdate(request.at)
    names, seen = may(request.actor, "bodies.see_names", found), composition(found, day)
    context = {
        "district": found.district,
        "body": found,
        "composition": seen,
        "members": seen.members if names or not found.in_numbers else [],
        "names": names,
        "meetings": found.meetings.all()[:MEETINGS_SHOWN],
        "meeting_life": MEETING,
        "can_run": may(request.actor, "bodies.run_meeting", found),
        "can_manage": may(request.actor, "bodies.manage", found),
        "end_form": EndBodyForm(initial={"until_on": found.until_on}),
    }
    if found.district is not None and found.kind in ACTING:
        context |= {
            "acting": True,
            "standing": standing(found.district, "disbursement", day),
            "ordinance": ordinance_of(found.district, day),
            "can_keep": may(request.actor, "bodies.keep_ordinance", found),
        }
    return render(request, "bodies/body.html", context)


@guarded("bodies.manage")
def found(request: Any, district: str = "") -> HttpResponse:
    """Found a body of the district, or of the city."""
    place = place_or_404(district)
    require(request.actor, "bodies.manage", Body(district=place))
    kinds = DISTRICT_KINDS if place else CITY_KINDS
    form = FoundBodyForm(request.POST or None, kinds=kinds, day=timezone.localdate(request.at))
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "kind": BodyKind(form.cleaned_data["kind"])}
        try:
            made = operations.found_body(district=place, actor=request.actor, at=request.at, **values)
        except UnableTo as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("기구를 만들었어요. 이제 함께할 사람을 더해 주세요."))
            return redirect(address("seat", made))
    return render(request, "bodies/found.html", {"district": place, "form": form})


@guarded("bodies.manage")
def end(request: Any, body: int, district: str = "") -> HttpResponse:
    """Set the last day of a body."""
    found = body_or_404(district, body)
    require(request.actor, "bodies.manage", found)
    form = EndBodyForm(request.POST or None, initial={"until_on": found.until_on})
    if request.method == "POST" and form.is_valid():
        try:
            operations.end_body(body=found, until_on=form.cleaned_data["until_on"], actor=request.actor, at=request.at)
        except UnableTo as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("마지막 날을 적었어요."))
            return redirect(address("body", found))
    return render(request, "bodies/end.html", {"district": found.district, "body": found, "form": form})
