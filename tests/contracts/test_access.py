"""Nobody gets past a door by its address: every page declares what it needs, and answers those who lack it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from madang.ground.people.permissions import declared
from madang.ground.people.roles import CITY_ROLES, DISTRICT_STAFF, Role
from madang.ground.people.testing import holder, resident

EXAMPLES: dict[str, Any] = {"district": "dobong", "year": 2020, "number": 1}
# 405: the page does not take this method from anybody.
REFUSED = {403, 404, 405}


@dataclass(frozen=True)
class Page:
    """One address with the view behind it."""

    route: str
    view: Any

    @property
    def action(self) -> str | None:
        return self.view.madang_action

    def address(self) -> str:
        parts = []
        for piece in self.route.split("/"):
            if not piece.startswith("<"):
                parts.append(piece)
                continue
            name = piece.strip("<>").split(":")[-1]
            kind = piece.strip("<>").split(":")[0]
            parts.append(str(EXAMPLES.get(name, 1 if kind == "int" else "x1")))
        return "/" + "/".join(parts)


def pages() -> list[Page]:
    def walk(patterns: list[Any], prefix: str) -> Iterator[Page]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern):
                yield Page(route, pattern.callback)

    return [page for page in walk(get_resolver().url_patterns, "") if not page.route.startswith("admin/")]


PAGES = pages()
IDS = [page.route or "front" for page in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_a_page_declares_what_it_needs_and_the_action_stands_in_a_table(page: Page) -> None:
    assert hasattr(page.view, "madang_action"), "mark the view with guarded(...) or open_to_all"
    assert page.action is None or page.action in declared()


@pytest.fixture
def on_the_day(settings):
    settings.MADANG_DAY = date(2020, 5, 21)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_sent_to_sign_in_or_told_nothing(on_the_day, method: str) -> None:
    for page in PAGES:
        if page.action is None or declared()[page.action].everyone:
            continue
        answer = getattr(Client(), method)(page.address())
        assert answer.status_code in {302, 404, 405}, page.route
        if answer.status_code == 302:
            assert answer["Location"].startswith("/accounts/login/"), page.route


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or "resident")
def test_a_person_without_the_role_is_refused_with_a_page_that_says_why(on_the_day, at, role: Role | None) -> None:
    actor = resident(at) if role is None else holder(role, at)
    client = Client()
    client.force_login(actor.person)
    for page in PAGES:
        who = declared().get(page.action or "")
        if who is None or who.everyone or who.any_signed_in or (role is not None and role in who.roles):
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(page.address())
            assert answer.status_code in REFUSED, (page.route, method)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role not in CITY_ROLES])
def test_a_district_role_opens_nothing_in_another_district(on_the_day, at, role: Role) -> None:
    client = Client()
    client.force_login(holder(role, at, district="nowon").person)
    for page in PAGES:
        who = declared().get(page.action or "")
        if who is None or not who.roles or "<slug:district>" not in page.route:
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(page.address())
            assert answer.status_code in REFUSED, (page.route, method, answer.status_code)


def test_no_action_is_open_to_everyone_that_changes_what_officers_decide() -> None:
    for name, who in declared().items():
        if who.everyone:
            assert not (who.roles & DISTRICT_STAFF), name
