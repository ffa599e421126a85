"""Tables of a forum with those who lead their talk, and who sits where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from madang.decide.forums.models import Forum, ForumTable, Registration
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo

MOST_TABLES = 40


class UnableToSetTables(UnableTo):
    """The tables cannot stand like this."""


def set_tables(*, forum: Forum, tables: Sequence[tuple[str, str]], actor: Actor, at: datetime) -> None:
    """Set the tables of a forum, numbered from 1: each with its topic and its facilitator.

    A table that is no longer there lets its people go. Raises ``UnableToSetTables`` when there are too many.
    """
    require(actor, "forums.plan", forum)
    if len(tables) > MOST_TABLES:
        raise UnableToSetTables(_("탁자는 %(most)d개까지예요.") % {"most": MOST_TABLES}, field="tables")
    _check_planned(forum)
    with operation("forums.set_tables", actor=actor, at=at):
        for number, (topic, facilitator) in enumerate(tables, start=1):
            ForumTable.objects.update_or_create(
                forum=forum, number=number, defaults={"topic": topic, "facilitator": facilitator}
            )
        ForumTable.objects.filter(forum=forum, number__gt=len(tables)).delete()


def seat_people(*, forum: Forum, seats: Mapping[int, int | None], actor: Actor, at: datetime) -> None:
    """Put people at tables: number of a registration → number on a table, or None for nowhere yet.

    Raises ``UnableToSetTables`` when a table or a person does not belong to the forum.
    """
    require(actor, "forums.plan", forum)
    _check_planned(forum)
    tables = {table.number: table for table in forum.tables.all()}
    people = {one.pk: one for one in _coming(forum)}
    if set(seats) - set(people) or {number for number in seats.values() if number is not None} - set(tables):
        raise UnableToSetTables(_("이 자리에 없는 탁자나 사람이에요."))
    with operation("forums.seat_people", actor=actor, at=at):
        changed = []
        for number, table in seats.items():
            people[number].table = tables[table] if table is not None else None
            changed.append(people[number])
        Registration.objects.bulk_update(changed, ["table"])


def spread_evenly(*, forum: Forum, actor: Actor, at: datetime) -> int:
    """Put everyone who has no table yet at the emptiest one in turn; returns how many. Raises ``UnableToSetTables``."""
    require(actor, "forums.plan", forum)
    _check_planned(forum)
    tables = list(forum.tables.all())
    if not tables:
        raise UnableToSetTables(_("먼저 탁자를 놓아 주세요."), field="tables")
    people = _coming(forum)
    seated = {table.pk: sum(one.table_id == table.pk for one in people) for table in tables}
    waiting = [one for one in people if one.table_id is None]
    with operation("forums.spread_evenly", actor=actor, at=at):
        for one in waiting:
            emptiest = min(tables, key=lambda table: (seated[table.pk], table.number))
            one.table = emptiest
            seated[emptiest.pk] += 1
        Registration.objects.bulk_update(waiting, ["table"])
    return len(waiting)


def _coming(forum: Forum) -> list[Registration]:
    return list(Registration.objects.filter(forum=forum, state="registered"))


def _check_planned(forum: Forum) -> None:
    if forum.state != "planned":
        raise UnableToSetTables(_("이미 마친 자리예요."))
