from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

from django.db import connection, transaction

from madang.ground.audit.models import Entry


class ActsInLog(Protocol):
    """Whoever can stand in the log: has the number of a person, or None for the system itself."""

    @property
    def person_id(self) -> int | None: ...


_SETTINGS = (
    "madang.operation",
    "madang.operation_id",
    "madang.actor",
    "madang.on_behalf_of",
    "madang.at",
    "madang.reason",
)


@contextmanager
def operation(
    name: str,
    *,
    actor: ActsInLog | None,
    at: datetime,
    reason: str = "",
    on_behalf_of: int | None = None,
) -> Iterator[None]:
    """Run one use case in one transaction and sign every row it changes with its name, actor, time and reason.

    A use case inside another keeps the outer transaction and signs its own rows with its own name.
    """
    person_id = actor.person_id if actor is not None else None
    values = (name, str(uuid.uuid4()), _text(person_id), _text(on_behalf_of), at.isoformat(), reason)
    with transaction.atomic():
        outer = _swap(values)
        yield
        _swap(outer)


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _swap(values: tuple[str, ...]) -> tuple[str, ...]:
    """Set the transaction's signature and return the one that stood before, in one statement."""
    reads = ", ".join(f"coalesce(current_setting(%s, true), '') AS s{place}" for place in range(len(_SETTINGS)))
    writes = ", ".join("set_config(%s, %s, true)" for _ in _SETTINGS)
    pairs = [part for pair in zip(_SETTINGS, values, strict=True) for part in pair]
    # Materialized, what stood before is read whole before the first setting changes.
    query = f"WITH before AS MATERIALIZED (SELECT {reads}) SELECT before.*, {writes} FROM before"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, [*_SETTINGS, *pairs])
        return tuple(cursor.fetchone()[: len(_SETTINGS)])


def note(
    name: str, *, subject_type: str, subject_id: object, actor: ActsInLog | None, at: datetime, reason: str
) -> None:
    """Write an entry for an event that changes no row, such as a refusal worth keeping."""
    Entry.objects.create(
        at=at,
        operation=name,
        actor_id=actor.person_id if actor is not None else None,
        subject_type=subject_type,
        subject_id=str(subject_id),
        change="event",
        reason=reason,
    )
