"""What every page of the shell knows: the place, the day, the menu, whether this is the demo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from madang.ground.people.roles import CITY_ROLES
from madang.ground.places.models import District
from madang.ground.places.queries import find_district
from madang.site.demo.people import ACCOUNTS


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the main menu; ``room`` is the URL namespace that makes it current."""

    label: str | Promise
    url: str
    room: str


DISTRICT_MENU = (
    (_("제안"), "proposals:proposals", "proposals"),
    (_("의제"), "agendas:agendas", "agendas"),
    (_("공론장"), "forums:forums", "forums"),
    (_("지역조사"), "survey:survey", "survey"),
    (_("투표"), "voting:elections", "voting"),
    (_("계획·예산"), "plans:plans", "plans"),
)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return the context that ``shell/page.html`` needs on every page."""
    place = SimpleLazyObject(lambda: place_of(request))
    return {
        "place": place,
        "today": timezone.localdate(getattr(request, "at", timezone.now())),
        "nav": SimpleLazyObject(lambda: menu(request, place_of(request))),
        "demo": settings.MADANG_DEMO,
        "demo_accounts": ACCOUNTS if settings.MADANG_DEMO else (),
        "actor": getattr(request, "actor", None),
    }


def place_of(request: HttpRequest) -> District | None:
    """Return the district a page belongs to: the one in the address, else the one the person works for."""
    match = request.resolver_match
    slug = match.kwargs.get("district") if match else None
    if slug:
        return find_district(slug)
    actor = getattr(request, "actor", None)
    if actor is None or not actor.is_signed_in or actor.holds(CITY_ROLES):
        return None
    districts = sorted(actor.districts())
    if districts:
        return District.objects.filter(pk=districts[0]).first()
    return actor.person.dong.district if actor.person.dong_id else None


def menu(request: HttpRequest, place: District | None) -> list[MenuEntry]:
    """Return the menu of a page: the year, the rooms of its district, the city, and the person."""
    entries = [MenuEntry(_("지금"), reverse("front"), "front")]
    if place is not None:
        entries += [MenuEntry(label, reverse(name, args=[place.slug]), room) for label, name, room in DISTRICT_MENU]
    entries.append(MenuEntry(_("25개 구"), reverse("city"), "city"))
    actor = getattr(request, "actor", None)
    if actor is not None and actor.is_signed_in:
        entries.append(MenuEntry(_("할 일"), reverse("home"), "home"))
    else:
        entries.append(MenuEntry(_("로그인"), reverse("account_login"), "account"))
    return entries
