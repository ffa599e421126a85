"""How staff prepare, open, close and certify a vote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madang.decide.voting import operations, queries
from madang.decide.voting.forms import CertifyForm, OptionsForm, PreparationForm, ReasonForm, TermsForm
from madang.decide.voting.models import Election
from madang.decide.voting.queries.preparing import judged_vote
from madang.decide.voting.states import ELECTION
from madang.ground.people.guards import guarded
from madang.ground.people.permissions import NotAllowed, may, require
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo


@guarded("voting.prepare")
def prepare(request: Any, district: str) -> HttpResponse:
    """Set up a vote of an open forum."""
    place = district_or_404(district)
    require(request.actor, "voting.prepare", Election(district=place))
    forums = queries.open_forums(place)
    form = TermsForm(request.POST or None, forums=forums)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.prepare_election(
                forum=form.cleaned_data["forum"], terms=form.terms(), actor=request.actor, at=request.at
            )
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("투표를 만들었어요. 자료와 명부를 넣어 주세요. 아직 공개되지 않아요."))
            return redirect("voting:manage", place.slug, made.slug)
    return render(request, "voting/terms.html", {"district": place, "form": form, "no_forums": not forums.exists()})


@guarded("voting.prepare")
def terms(request: Any, district: str, slug: str) -> HttpResponse:
    """Change the terms of a vote that is being prepared."""
    election = election_for_staff(request, district, slug)
    form = TermsForm(request.POST or None, initial=TermsForm.of(election))
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_election(election=election, terms=form.terms(), actor=request.actor, at=request.at)
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("투표 조건을 바꿨어요."))
            return redirect("voting:manage", district, slug)
    return render(request, "voting/terms.html", {"district": election.district, "election": election, "form": form})


@guarded("voting.prepare")
def options(request: Any, district: str, slug: str) -> HttpResponse:
    """Choose the agendas on the ballot, their order and their material."""
    election = election_for_staff(request, district, slug)
    form = OptionsForm(request.POST or None, candidates=queries.agendas_to_choose(election))
    if request.method == "POST" and form.is_valid():
        try:
            operations.arrange_options(election=election, options=form.options(), actor=request.actor, at=request.at)
        except UnableTo as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("투표에 오를 의제와 자료를 저장했어요."))
            return redirect("voting:manage", district, slug)
    return render(request, "voting/options.html", {"district": election.district, "election": election, "form": form})


@guarded("voting.prepare")
def manage(request: Any, district: str, slug: str) -> HttpResponse:
    """Show where a vote stands and the one next step, with what it still needs."""
    return manage_page(request, election_for_staff(request, district, slug))


def manage_page(request: Any, election: Election, **forms: Any) -> HttpResponse:
    result = queries.result_of(election)
    tied = [(row.option.pk, row.option.agenda.title) for row in result.open_tie] if result else []
    early = election.state == "open" and request.at < election.closes_at
    context = {
        "district": election.district,
        "election": election,
        "life": ELECTION,
        "options": queries.options_of(election),
        "roll": queries.roll_summary(election),
        "turnout": queries.turnout_of(election),
        "result": result,
        "unequal": queries.unequal_channels(election) if election.state == "closed" else [],
        "may_certify": may(request.actor, "voting.certify", election),
        "may_open_now": election.opens_at <= request.at < election.closes_at,
        "early": early,
        "thaw_form": ReasonForm(auto_id="id_thaw_%s"),
        "close_form": ReasonForm(auto_id="id_close_%s", needed=early),
        "codes_form": ReasonForm(auto_id="id_codes_%s", needed=election.codes_issued_at is not None),
        "certify_form": CertifyForm(tied=tied),
        "preparation_form": PreparationForm(initial=PreparationForm.of(election), auto_id="id_prep_%s"),
        "judgement": judged_vote(election),
        "error": "",
        **forms,
    }
    refused = any(getattr(form, "errors", None) for form in forms.values()) or forms.get("error")
    return render(request, "voting/manage.html", context, status=422 if refused else 200)


Step = Callable[[Election], object]


def take_step(
    request: Any, election: Election, step: Step, done: str | Promise, name: str = "", form: Any = None
) -> HttpResponse:
    """Take one step of a vote and go back to its page; a refusal stands there, at its place."""
    if form is not None and not form.is_valid():
        return manage_page(request, election, **{name: form})
    try:
        step(election)
    except NotAllowed:
        raise
    except UnableTo as refusal:
        election.refresh_from_db()
        if form is not None and refusal.field in form.fields:
            form.add_error(refusal.field, str(refusal.reason))
            return manage_page(request, election, **{name: form})
        return manage_page(request, election, error=str(refusal.reason))
    messages.success(request, str(done))
    return redirect("voting:manage", election.district.slug, election.slug)


@require_POST
@guarded("voting.prepare")
def freeze(request: Any, district: str, slug: str) -> HttpResponse:
    """Fix roll, options and terms."""
    election = election_for_staff(request, district, slug)
    return take_step(
        request,
        election,
        lambda vote: operations.freeze_roll(election=vote, actor=request.actor, at=request.at),
        _("명부를 확정하고 투표를 알렸어요."),
    )


@require_POST
@guarded("voting.prepare")
def preparation(request: Any, district: str, slug: str) -> HttpResponse:
    """Record how the open forum prepared the vote."""
    election = election_for_staff(request, district, slug)
    form = PreparationForm(request.POST, auto_id="id_prep_%s")
    return take_step(
        request,
        election,
        lambda vote: operations.record_preparation(
            election=vote, prepared=form.prepared(), actor=request.actor, at=request.at
        ),
        _("공론장이 준비한 것을 남겼어요."),
        "preparation_form",
        form,
    )


@require_POST
@guarded("voting.prepare")
def thaw(request: Any, district: str, slug: str) -> HttpResponse:
    """Take the freeze back before the opening."""
    election = election_for_staff(request, district, slug)
    form = ReasonForm(request.POST, auto_id="id_thaw_%s")
    return take_step(
        request,
        election,
        lambda vote: operations.thaw_roll(
            election=vote, actor=request.actor, at=request.at, reason=form.cleaned_data["reason"]
        ),
        _("확정을 되돌렸어요."),
        "thaw_form",
        form,
    )


@require_POST
@guarded("voting.open")
def open_vote(request: Any, district: str, slug: str) -> HttpResponse:
    """Open the vote."""
    election = election_for_staff(request, district, slug)
    return take_step(
        request,
        election,
        lambda vote: operations.open_election(election=vote, actor=request.actor, at=request.at),
        _("투표를 열었어요."),
    )


@require_POST
@guarded("voting.close")
def close(request: Any, district: str, slug: str) -> HttpResponse:
    """Close the vote and count."""
    election = election_for_staff(request, district, slug)
    form = ReasonForm(request.POST, auto_id="id_close_%s", needed=request.at < election.closes_at)
    return take_step(
        request,
        election,
        lambda vote: operations.close_election(
            election=vote, actor=request.actor, at=request.at, reason=form.cleaned_data["reason"]
        ),
        _("투표를 마감하고 세었어요. 다른 담당자가 확인하고 확정해요."),
        "close_form",
        form,
    )


@require_POST
@guarded("voting.certify")
def certify(request: Any, district: str, slug: str) -> HttpResponse:
    """Certify the result and give it to the agendas."""
    election = election_for_staff(request, district, slug)
    result = queries.result_of(election)
    tied = [(row.option.pk, row.option.agenda.title) for row in result.open_tie] if result else []
    form = CertifyForm(request.POST, tied=tied)
    return take_step(
        request,
        election,
        lambda vote: operations.certify_election(
            election=vote, actor=request.actor, at=request.at, **form.cleaned_data
        ),
        _("결과를 확정하고 제안한 분들에게 알렸어요."),
        "certify_form",
        form,
    )


def election_for_staff(request: Any, district: str, slug: str) -> Election:
    """Return a vote of the reader's own district. Raises ``Http404`` or ``NotAllowed``."""
    election = queries.election_or_404(district_or_404(district), slug, request.actor)
    require(request.actor, "voting.prepare", election)
    return election
