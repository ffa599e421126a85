from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.ground.cycles.forms import StageForm
from madang.ground.cycles.operations import enter_stage
from madang.ground.cycles.queries import current_cycle, year_of
from madang.ground.people.guards import guarded
from madang.ground.people.permissions import require
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo


@guarded("cycles.set_stage")
def stage(request: Any, district: str) -> HttpResponse:
    """Let the district's staff put its year into another stage of planning."""
    place = district_or_404(district)
    cycle = current_cycle(timezone.localdate(request.at))
    year = year_of(place, cycle) if cycle is not None else None
    if year is None:
        raise Http404
    require(request.actor, "cycles.set_stage", year)
    form = StageForm(request.POST or None, initial={"stage": year.state})
    if request.method == "POST" and form.is_valid():
        try:
            enter_stage(year=year, stage=form.cleaned_data["stage"], actor=request.actor, at=request.at)
        except UnableTo as refusal:
            form.add_error("stage", str(refusal.reason))
        else:
            messages.success(request, _("단계를 옮겼어요."))
            return redirect("district", place.slug)
    return render(request, "cycles/stage.html", {"district": place, "year": year, "form": form})
