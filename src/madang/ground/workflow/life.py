from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Text = str | Promise


class UnableTo(Exception):
    """A use case that was refused; ``reason`` is said to the person, ``field`` names the place it belongs to."""

    def __init__(self, reason: Text, *, field: str | None = None) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.field = field


class UnableToMove(UnableTo):
    """The record is not in a state from which this step leads on."""


@dataclass(frozen=True)
class State:
    """One state of a record: its key, what staff read, what the public reads."""

    key: str
    staff: Text
    public: Text
    tone: str = ""


@dataclass(frozen=True)
class Move:
    """One step: from which states to which, by whom (an action of the permission table).

    ``clear`` names the rules that must have no blocking finding, ``deadline`` the calendar step by whose last day
    the step must be taken.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    who: str
    clear: tuple[str, ...] = ()
    deadline: str = ""


@dataclass(frozen=True)
class Life:
    """The whole life of a kind of record, as data."""

    name: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    _by_key: Mapping[str, State] = field(init=False, repr=False, compare=False)
    _by_name: Mapping[str, Move] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keys = {state.key: state for state in self.states}
        moves = {move.name: move for move in self.moves}
        if len(keys) != len(self.states) or len(moves) != len(self.moves):
            raise ValueError(f"{self.name}: a state or move is named twice")
        for move in self.moves:
            unknown = {*move.sources, move.target} - set(keys)
            if unknown:
                raise ValueError(f"{self.name}.{move.name}: unknown state {sorted(unknown)}")
        object.__setattr__(self, "_by_key", MappingProxyType(keys))
        object.__setattr__(self, "_by_name", MappingProxyType(moves))

    @property
    def first(self) -> str:
        return self.states[0].key

    def state(self, key: str) -> State:
        return self._by_key[key]

    def move(self, name: str) -> Move:
        return self._by_name[name]

    def choices(self) -> list[tuple[str, Text]]:
        return [(state.key, state.staff) for state in self.states]

    def constraint(self, column: str = "state") -> models.CheckConstraint:
        """Return the database constraint that admits only states of this life."""
        allowed = models.Q(**{f"{column}__in": sorted(self._by_key)})
        return models.CheckConstraint(condition=allowed, name=f"{self.name}_{column}_known")

    def moves_from(self, key: str) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if key in move.sources)

    def reach(self, key: str) -> set[str]:
        """Return every state that can still be reached from a state."""
        seen: set[str] = set()
        waiting = [key]
        while waiting:
            for move in self.moves_from(waiting.pop()):
                if move.target not in seen:
                    seen.add(move.target)
                    waiting.append(move.target)
        return seen


def advance(record: Any, life: Life, name: str, **changes: Any) -> None:
    """Take one step of a record's life, with further column changes, in one conditional UPDATE.

    Two people who take the step at the same time cannot both succeed. Raises ``UnableToMove`` when the record is
    not, or no longer, in a state from which the step leads on.
    """
    move = life.move(name)
    manager = type(record)._base_manager
    changed = manager.filter(pk=record.pk, state__in=move.sources).update(state=move.target, **changes)
    if not changed:
        record.refresh_from_db(fields=["state"])
        raise UnableToMove(_("지금은 「%(state)s」 상태라서 할 수 없어요.") % {"state": life.state(record.state).staff})
    record.state = move.target
    for column, value in changes.items():
        setattr(record, column, value)
