from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from madang.decide.survey import exports
from madang.decide.survey.models import Question, Questionnaire
from madang.decide.survey.queries import results as queries
from madang.decide.survey.views.questionnaires import readable_or_404
from madang.ground.people.guards import open_to_all
from madang.ground.people.permissions import may


@open_to_all
@require_safe
def results(request: Any, district: str, number: int) -> HttpResponse:
    """Show the results with a bar beside every figure; before they are published only to the district's staff."""
    found = _countable_or_404(request, district, number)
    groupable = queries.groupable(found)
    by = _by(request, groupable)
    may_ask = bool(may(request.actor, "survey.ask", found))
    context = {
        "district": found.district,
        "questionnaire": found,
        "results": queries.results_of(found, by),
        "answered": found.sheets.count(),
        "groupable": groupable,
        "by": by,
        "least": queries.LEAST,
        "texts": queries.texts_of(found) if may_ask else [],
    }
    return render(request, "survey/results.html", context)


@open_to_all
@require_safe
def results_file(request: Any, district: str, number: int, kind: str) -> HttpResponse:
    """Hand the results out as CSV or XLSX; no free text, no names."""
    found = _countable_or_404(request, district, number)
    counted = queries.results_of(found)
    return exports.as_csv(found, counted) if kind == "csv" else exports.as_xlsx(found, counted, request.at)


def _countable_or_404(request: Any, district: str, number: int) -> Questionnaire:
    found = readable_or_404(request, district, number)
    public = found.state == "results"
    if not public and not (found.state == "announced" and may(request.actor, "survey.ask", found)):
        raise Http404
    return found


def _by(request: Any, groupable: list[Question]) -> Question | None:
    asked = request.GET.get("by", "")
    return next((question for question in groupable if str(question.pk) == asked), None)
