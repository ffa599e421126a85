"""A page of the site without its database: the same template with the same rows, read once and kept in memory.

Rendering it may not touch the database: a query raises, so the yardstick cannot become slow by accident.
"""

from __future__ import annotations

import threading
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.template.loader import get_template
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import instrumented_test_render

from madang.ground.people.guards import open_to_all

_capturing = threading.Lock()
_kept: dict[str, tuple[Template, dict[str, Any]]] = {}


@open_to_all
def yardstick(request: HttpRequest, address: str) -> HttpResponse:
    """Answer with the page at an address as it was when first asked for, rendered anew without a query."""
    asked = f"/{address}?{request.META['QUERY_STRING']}"
    with _capturing:
        if asked not in _kept:
            _kept[asked] = capture(asked)
    template, context = _kept[asked]
    with connection.execute_wrapper(refuse):
        return HttpResponse(template.render(Context(context)))


def capture(address: str) -> tuple[Template, dict[str, Any]]:
    """Ask for a page once and keep its template and everything that was put into it."""
    seen: list[tuple[Template, dict[str, Any]]] = []

    def keep(sender: object, template: Template, context: Context, **_signal: object) -> None:
        seen.append((template, context.flatten()))

    plain = Template._render
    Template._render = instrumented_test_render
    template_rendered.connect(keep)
    try:
        answer = Client(headers={"host": "localhost"}).get(address)
    finally:
        template_rendered.disconnect(keep)
        Template._render = plain
    if answer.status_code != 200:
        raise ValueError(f"{address} answered {answer.status_code}")
    template, context = seen[0]
    return get_template(template.name).template, context


def refuse(*_query: object) -> None:
    raise RuntimeError("the yardstick asked the database")
