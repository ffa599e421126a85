from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.ground.bodies import operations
from madang.ground.bodies.addresses import address
from madang.ground.bodies.forms import OrdinanceForm
from madang.ground.bodies.models import Ordinance
from madang.ground.bodies.queries import council_of, ordinance_of
from madang.ground.people.guards import guarded
from madang.ground.people.permissions import require
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo


@guarded("bodies.keep_ordinance")
def ordinance(request: Any, district: str) -> HttpResponse:
    """Record the district's governance ordinance, or an amendment of it."""
    place = district_or_404(district)
    require(request.actor, "bodies.keep_ordinance", Ordinance(district=place))
    day = timezone.localdate(request.at)
    form = OrdinanceForm(request.POST or None, kept=ordinance_of(place, day))
    if request.method == "POST" and form.is_valid():
        try:
            operations.keep_ordinance(district=place, text=form.text(), actor=request.actor, at=request.at)
        except UnableTo as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("조례를 기록했어요."))
            acting = council_of(place, day)
            return redirect(address("body", acting)) if acting else redirect("bodies:bodies", place.slug)
    return render(request, "bodies/ordinance.html", {"district": place, "form": form})
