from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.decide.survey import operations
from madang.decide.survey.forms.resources import ReasonForm, ResourceForm, SuggestForm
from madang.decide.survey.models import PERSONAL, Resource
from madang.decide.survey.queries import resources as queries
from madang.decide.survey.states import RESOURCE, ResourceKind, Theme
from madang.ground.people.guards import guarded, open_to_all
from madang.ground.people.permissions import NotAllowed, may, require
from madang.ground.places.models import District
from madang.ground.places.queries import district_or_404, dongs_of
from madang.ground.workflow import UnableTo

TOLD = ("kind", "title", "about", "theme", "dong", "place")


@open_to_all
@require_safe
def resources(request: Any, district: str) -> HttpResponse:
    """Show the register of resources, by kind, dong, theme and words; to its staff also what waits to be checked."""
    place = district_or_404(district)
    wanted = _wanted(request.GET)
    page = queries.listed(place, wanted, _number(request.GET.get("before", "")))
    may_keep = bool(may(request.actor, "survey.keep_resources", Resource(district=place)))
    context = {
        "district": place,
        "wanted": wanted,
        "rows": page.rows,
        "older": _older(wanted, page.older),
        "kinds": ResourceKind.choices,
        "themes": Theme.choices,
        "dongs": dongs_of(place, timezone.localdate(request.at)),
        "may_keep": may_keep,
        "suggested": queries.suggested(place) if may_keep else [],
    }
    return render(request, "survey/resources.html", context)


@open_to_all
@require_safe
def resource(request: Any, district: str, number: int) -> HttpResponse:
    """Show one resource; what is not on the register only to its staff and to who suggested it."""
    found = _resource_or_404(district_or_404(district), number)
    may_keep = bool(may(request.actor, "survey.keep_resources", found))
    own = found.suggested_by_id is not None and found.suggested_by_id == request.actor.person_id
    if found.state != "listed" and not may_keep and not own:
        raise Http404
    context = {
        "district": found.district,
        "resource": found,
        "life": RESOURCE,
        "may_keep": may_keep,
        "may_withdraw": found.has_consent and (may_keep or own),
        "reason_form": ReasonForm(),
    }
    return render(request, "survey/resource.html", context)


@guarded("survey.suggest")
def suggest(request: Any, district: str) -> HttpResponse:
    """Take what a resident suggests."""
    place = district_or_404(district)
    form = SuggestForm(request.POST or None, district=place, day=timezone.localdate(request.at))
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.suggest_resource(
                district=place,
                facts=form.facts(),
                contact=form.contact(),
                consents=form.cleaned_data["consents"],
                actor=request.actor,
                at=request.at,
            )
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("추천을 받았어요. 담당자가 확인하면 목록에 올라가고, 알려 드려요."))
            return redirect("survey:resource", place.slug, made.pk)
    return _form_page(request, place, form, "suggest")


@guarded("survey.keep_resources")
def add(request: Any, district: str) -> HttpResponse:
    """Put a resource on the register."""
    place = _own_place(request, district)
    form = ResourceForm(request.POST or None, district=place, day=timezone.localdate(request.at))
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.add_resource(
                district=place, facts=form.facts(), contact=form.contact(), actor=request.actor, at=request.at
            )
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("자원을 올렸어요."))
            return redirect("survey:resource", place.slug, made.pk)
    return _form_page(request, place, form, "add")


@guarded("survey.keep_resources")
def change(request: Any, district: str, number: int) -> HttpResponse:
    """Change what is told of a resource."""
    place = _own_place(request, district)
    found = _resource_or_404(place, number)
    names = (*TOLD, *PERSONAL, "consent_way", "consent_on")
    form = ResourceForm(
        request.POST or None,
        initial={name: getattr(found, name) for name in names},
        district=place,
        day=timezone.localdate(request.at),
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_resource(
                resource=found, facts=form.facts(), contact=form.contact(), actor=request.actor, at=request.at
            )
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("고친 것을 남겼어요."))
            return redirect("survey:resource", place.slug, found.pk)
    return _form_page(request, place, form, "change", found)


@guarded("survey.keep_resources")
@require_POST
def settle(request: Any, district: str, number: int, what: str) -> HttpResponse:
    """List a resource, decline a suggestion, or take a resource off the register."""
    found = _resource_or_404(_own_place(request, district), number)
    given: dict[str, Any] = {"resource": found, "actor": request.actor, "at": request.at}
    try:
        if what == "list":
            operations.list_resource(**given)
            messages.success(request, _("모두가 볼 수 있게 올렸어요."))
        elif what in ("decline", "hide"):
            act = operations.decline_resource if what == "decline" else operations.hide_resource
            act(reason=request.POST.get("reason", "")[:300], **given)
            messages.success(request, _("목록에서 뺐어요. 까닭을 함께 남겼어요."))
        else:
            raise Http404
    except NotAllowed:
        raise
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason), extra_tags="stop")
    return redirect("survey:resource", found.district.slug, found.pk)


@guarded("survey.withdraw_consent")
def withdraw(request: Any, district: str, number: int) -> HttpResponse:
    """Ask once, then erase name and contact."""
    found = _resource_or_404(district_or_404(district), number)
    require(request.actor, "survey.withdraw_consent", found)
    if request.method == "POST":
        try:
            operations.withdraw_consent(resource=found, actor=request.actor, at=request.at)
        except NotAllowed:
            raise
        except UnableTo as refusal:
            messages.error(request, str(refusal.reason), extra_tags="stop")
        else:
            messages.success(request, _("동의를 거두었어요. 이름과 연락처를 바로 지웠어요."))
        return redirect("survey:resources", found.district.slug)
    return render(request, "survey/withdraw.html", {"district": found.district, "resource": found})


def _form_page(request: Any, place: District, form: Any, what: str, resource: Resource | None = None) -> HttpResponse:
    context = {"district": place, "form": form, "what": what, "resource": resource}
    return render(request, "survey/resource_form.html", context, status=422 if form.errors else 200)


def _wanted(asked: Any) -> queries.Wanted:
    kind, theme = asked.get("kind", ""), asked.get("theme", "")
    return queries.Wanted(
        kind=kind if kind in ResourceKind.values else "",
        theme=theme if theme in Theme.values else "",
        dong=_number(asked.get("dong", "")),
        text=asked.get("q", "").replace("\0", "").strip()[:80],
    )


def _older(wanted: queries.Wanted, before: int | None) -> str:
    if before is None:
        return ""
    asked = {"kind": wanted.kind, "theme": wanted.theme, "dong": wanted.dong, "q": wanted.text, "before": before}
    return "?" + urlencode({name: value for name, value in asked.items() if value})


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else None


def _own_place(request: Any, slug: str) -> District:
    place = district_or_404(slug)
    require(request.actor, "survey.keep_resources", Resource(district=place))
    return place


def _resource_or_404(place: District, number: int) -> Resource:
    found = queries.resource_in(place, number)
    if found is None:
        raise Http404
    return found
