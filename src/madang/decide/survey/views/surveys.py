from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.decide.survey import operations
from madang.decide.survey.forms.surveys import DoerForm, FindingForm, MethodForm, SurveyForm
from madang.decide.survey.models import Survey
from madang.decide.survey.queries import surveys as queries
from madang.decide.survey.states import ASKED, SURVEY, Heading
from madang.ground.cycles.models import Cycle
from madang.ground.cycles.queries import current_cycle
from madang.ground.people.guards import guarded, open_to_all
from madang.ground.people.permissions import NotAllowed, may, require
from madang.ground.places.models import District
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo


@open_to_all
@require_safe
def survey(request: Any, district: str, year: int | None = None) -> HttpResponse:
    """Show what the survey of a district's year found, once it is published; to its staff also before."""
    place = district_or_404(district)
    cycle = current_cycle(timezone.localdate(request.at)) if year is None else _cycle_or_404(year)
    found = queries.survey_of(place, cycle)
    may_write = bool(may(request.actor, "survey.write", Survey(district=place)))
    readable = found is not None and (found.is_published or may_write)
    context = {
        "district": place,
        "cycle": cycle,
        "survey": found,
        "life": SURVEY,
        "may_write": may_write,
        "readable": readable,
        "years": [known for known in queries.surveyed_years(place) if cycle and known != cycle.planning_year],
    }
    if found is not None and readable:
        context |= {
            "sections": queries.sections(found),
            "doers": found.doers.all(),
            "methods": found.methods.all(),
        }
    return render(request, "survey/survey.html", context)


@guarded("survey.write")
def describe(request: Any, district: str, year: int) -> HttpResponse:
    """Begin a survey, or change how it is run."""
    place, cycle = _own_place(request, district), _cycle_or_404(year)
    found = queries.survey_of(place, cycle)
    names = ("way", "starts_on", "ends_on", "outline")
    initial = {name: getattr(found, name) for name in names} if found else {"starts_on": timezone.localdate(request.at)}
    form = SurveyForm(request.POST or None, initial=initial, published=bool(found and found.is_published))
    if request.method == "POST" and form.is_valid():
        try:
            if found is None:
                operations.start_survey(
                    district=place, cycle=cycle, actor=request.actor, at=request.at, **form.cleaned_data
                )
            else:
                operations.describe_survey(survey=found, actor=request.actor, at=request.at, **form.cleaned_data)
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("조사 방식을 적었어요."))
            return redirect("survey:survey_of", place.slug, year)
    context = {"district": place, "cycle": cycle, "survey": found, "form": form}
    return render(request, "survey/describe.html", context, status=422 if form.errors else 200)


@guarded("survey.write")
def finding(request: Any, district: str, year: int, heading: str) -> HttpResponse:
    """Write what was found under one heading."""
    kept, part = _survey_to_write(request, district, year), _heading_or_404(heading)
    last = queries.latest_findings(kept).get(part.value)
    form = FindingForm(request.POST or None, initial={"text": last.text if last else ""}, published=kept.is_published)
    if request.method == "POST" and form.is_valid():
        try:
            operations.write_finding(
                survey=kept, heading=part.value, actor=request.actor, at=request.at, **form.cleaned_data
            )
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(heading)s 내용을 적었어요.") % {"heading": part.label})
            return redirect("survey:survey_of", kept.district.slug, year)
    context = {
        "district": kept.district, "survey": kept, "heading": part, "asked": ASKED[part], "form": form,
    }  # fmt: skip
    return render(request, "survey/finding.html", context, status=422 if form.errors else 200)


@open_to_all
@require_safe
def versions(request: Any, district: str, year: int, heading: str) -> HttpResponse:
    """Show every version of a published finding with the reasons for its corrections."""
    kept, part = _survey_or_404(district_or_404(district), year), _heading_or_404(heading)
    if not kept.is_published:
        raise Http404
    context = {
        "district": kept.district, "survey": kept, "heading": part, "versions": queries.versions_of(kept, part),
    }  # fmt: skip
    return render(request, "survey/versions.html", context)


@guarded("survey.write")
def add_doer(request: Any, district: str, year: int) -> HttpResponse:
    """Record who did what."""
    return _add(request, _survey_to_write(request, district, year), DoerForm, operations.add_doer, "doer")


@guarded("survey.write")
def add_method(request: Any, district: str, year: int) -> HttpResponse:
    """Record a look into documents or in the field."""
    return _add(request, _survey_to_write(request, district, year), MethodForm, operations.add_method, "method")


@guarded("survey.write")
@require_POST
def remove_doer(request: Any, district: str, year: int, number: int) -> HttpResponse:
    """Take back who did what."""
    kept = _survey_to_write(request, district, year)
    doer = kept.doers.filter(pk=number).first()
    if doer is None:
        raise Http404
    return _do(request, kept, _("기록을 지웠어요."), operations.remove_doer, doer=doer)


@guarded("survey.write")
@require_POST
def remove_method(request: Any, district: str, year: int, number: int) -> HttpResponse:
    """Take back a method."""
    kept = _survey_to_write(request, district, year)
    method = kept.methods.filter(pk=number).first()
    if method is None:
        raise Http404
    return _do(request, kept, _("기록을 지웠어요."), operations.remove_method, method=method)


@guarded("survey.publish")
@require_POST
def publish(request: Any, district: str, year: int) -> HttpResponse:
    """Let everybody read the findings."""
    place = district_or_404(district)
    require(request.actor, "survey.publish", Survey(district=place))
    kept = _survey_or_404(place, year)
    return _do(request, kept, _("지역조사를 공개했어요."), operations.publish_survey, survey=kept)


def _add(request: Any, kept: Survey, form_class: Any, add: Any, kind: str) -> HttpResponse:
    initial = {"starts_on": kept.starts_on, "ends_on": kept.ends_on}
    form = form_class(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            add(survey=kept, actor=request.actor, at=request.at, **form.cleaned_data)
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("기록했어요."))
            return redirect("survey:survey_of", kept.district.slug, kept.cycle.planning_year)
    context = {"district": kept.district, "survey": kept, "form": form, "kind": kind}
    return render(request, "survey/add.html", context, status=422 if form.errors else 200)


def _do(request: Any, kept: Survey, said: str, act: Any, **subject: Any) -> HttpResponse:
    try:
        act(actor=request.actor, at=request.at, **subject)
    except NotAllowed:
        raise
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason), extra_tags="stop")
    else:
        messages.success(request, said)
    return redirect("survey:survey_of", kept.district.slug, kept.cycle.planning_year)


def _own_place(request: Any, slug: str) -> District:
    place = district_or_404(slug)
    require(request.actor, "survey.write", Survey(district=place))
    return place


def _survey_to_write(request: Any, slug: str, year: int) -> Survey:
    return _survey_or_404(_own_place(request, slug), year)


def _survey_or_404(place: District, year: int) -> Survey:
    found = queries.survey_of(place, _cycle_or_404(year))
    if found is None:
        raise Http404
    return found


def _cycle_or_404(year: int) -> Cycle:
    cycle = Cycle.objects.filter(planning_year=year).first()
    if cycle is None:
        raise Http404
    return cycle


def _heading_or_404(key: str) -> Heading:
    if key not in Heading.values:
        raise Http404
    return Heading(key)
