from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from madang.ground.people.actors import actor_for
from madang.ground.people.permissions import NotAllowed
from madang.ground.workflow import UnableTo
from madang.site import clock

Respond = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Give each request its instant and its actor; the appointments are read when first asked for."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at = clock.now()
        request.at = at  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: actor_for(request.user if request.user.is_authenticated else None, at)  # type: ignore[arg-type]
        )
        return self.get_response(request)


class RefusalMiddleware:
    """Answer a refusal that no view has caught with a page that says why."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            if exception.hidden:
                return HttpResponseNotFound(render(request, "404.html").content)
            return render(request, "403.html", {"reason": exception.reason}, status=403)
        if isinstance(exception, UnableTo):
            return render(request, "409.html", {"reason": exception.reason}, status=409)
        return None
