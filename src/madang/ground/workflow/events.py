"""News goes forward: a room announces what happened, later rooms listen; nothing is said before the commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

E = TypeVar("E")
_listeners: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def listen(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a function that is called with each event of a type after its transaction has committed."""

    def register(function: Callable[[E], None]) -> Callable[[E], None]:
        _listeners[event_type].append(function)
        return function

    return register


def announce(event: object) -> None:
    """Call the listeners of an event once the current transaction commits; a rolled-back change says nothing."""
    for function in _listeners[type(event)]:
        transaction.on_commit(lambda function=function: function(event))  # type: ignore[misc]
