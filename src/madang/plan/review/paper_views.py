"""The papers of a submission as files; they hold names and contacts, so only its readers get them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.engines.papers import Paper, UnableToWritePaper
from madang.ground.bodies.queries import meeting_day
from madang.ground.files.paper_files import demo_mark, paper_response
from madang.ground.people.guards import guarded
from madang.ground.people.permissions import require
from madang.ground.places.queries import district_or_404
from madang.plan.plans.queries import plan_of_year
from madang.plan.review import papers, queries
from madang.plan.review.models import Submission

KINDS = ("pdf", "hwpx")


@guarded("review.read_submission")
@require_safe
def letter_file(request: Any, district: str, year: int, kind: str) -> HttpResponse:
    """Hand out the letter of a submission (form 3-1)."""
    submission = _submission_or_404(request, district, year, kind)
    return _file(request, submission, papers.submission_paper(submission, mark=demo_mark()), kind)


@guarded("review.read_submission")
@require_safe
def council_list_file(request: Any, district: str, year: int, kind: str) -> HttpResponse:
    """Hand out the members of the body that approved the plan, on the day of its meeting (form 3-2)."""
    submission = _submission_or_404(request, district, year, kind)
    meeting = submission.version.approval.motion.meeting
    paper = papers.council_list_paper(meeting.body, meeting_day(meeting), mark=demo_mark())
    return _file(request, submission, paper, kind)


def _submission_or_404(request: Any, district: str, year: int, kind: str) -> Submission:
    plan = plan_of_year(district_or_404(district), year)
    if plan is None:
        raise Http404
    require(request.actor, "review.read_submission", plan)
    submission = queries.submission_of(plan)
    if submission is None or kind not in KINDS:
        raise Http404
    return submission


def _file(request: Any, submission: Submission, paper: Paper, kind: str) -> HttpResponse:
    plan = submission.plan
    name = f"{plan.district.name} {plan.fiscal_year} {paper.kicker} {paper.title}"
    try:
        return paper_response(paper, kind=kind, name=name, at=submission.submitted_at)
    except UnableToWritePaper as refusal:
        messages.error(request, _("파일을 만들지 못했어요. %(reason)s") % {"reason": refusal})
        return redirect("review:submission", plan.district.slug, plan.fiscal_year)
