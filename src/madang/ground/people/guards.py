"""Marks on views: which action a page needs. A page without a mark is refused by the contract test."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from madang.ground.people.permissions import NotAllowed, may

View = TypeVar("View", bound=Callable[..., HttpResponse])


def open_to_all(view: View) -> View:
    """Mark a page that anyone may read without signing in."""
    view.madang_action = None  # type: ignore[attr-defined]
    return view


def guarded(action: str) -> Callable[[View], View]:
    """Let only actors in who could take the action somewhere; the operation asks again about the very subject."""

    def mark(view: View) -> View:
        @wraps(view)
        def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = request.actor  # type: ignore[attr-defined]
            answer = may(actor, action)
            if answer:
                return view(request, *args, **kwargs)
            if not actor.is_signed_in:
                return redirect_to_login(request.get_full_path())
            if answer.hidden:
                raise Http404
            raise NotAllowed(answer.reason)

        guard.madang_action = action  # type: ignore[attr-defined]
        return cast(View, guard)

    return mark
