"""Notes gathered into themes by hand, after the board is closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from madang.decide.forums.models import Board, Note, Theme
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo


class UnableToGroup(UnableTo):
    """The notes cannot be gathered like this."""


def group_notes(*, board: Board, numbers: Iterable[int], title: str, actor: Actor, at: datetime) -> Theme:
    """Gather notes under a theme, new or known by its title; a note belongs to one theme.

    Raises ``UnableToGroup`` while the board is open, without a title, or without notes of this board.
    """
    require(actor, "forums.board", board)
    _check(board)
    name = " ".join(title.split())
    if not name or len(name) > 80:
        raise UnableToGroup(_("묶음의 이름을 여든 자 안으로 적어 주세요."), field="title")
    notes = Note.objects.filter(topic__board=board, pk__in=list(numbers), taken_down_at=None)
    if not notes.exists():
        raise UnableToGroup(_("묶을 의견을 골라 주세요."), field="notes")
    with operation("forums.group_notes", actor=actor, at=at):
        theme, _new = Theme.objects.get_or_create(board=board, title=name)
        notes.update(theme=theme)
        _drop_empty(board)
    return theme


def ungroup_notes(*, board: Board, numbers: Iterable[int], actor: Actor, at: datetime) -> None:
    """Take notes out of their themes; a theme without notes goes. Raises ``UnableToGroup``."""
    require(actor, "forums.board", board)
    _check(board)
    with operation("forums.ungroup_notes", actor=actor, at=at):
        Note.objects.filter(topic__board=board, pk__in=list(numbers)).update(theme=None)
        _drop_empty(board)


def mark_taken_up(*, board: Board, numbers: Iterable[int], actor: Actor, at: datetime) -> None:
    """Say which themes the outcome takes up, by number; the others are not. Raises ``UnableToGroup``."""
    require(actor, "forums.board", board)
    _check(board)
    chosen = list(numbers)
    with operation("forums.mark_themes", actor=actor, at=at):
        Theme.objects.filter(board=board, pk__in=chosen).update(taken_up=True)
        Theme.objects.filter(board=board).exclude(pk__in=chosen).update(taken_up=False)


def _check(board: Board) -> None:
    if board.state != "closed":
        raise UnableToGroup(_("판을 닫은 뒤에 묶어요."))
    if board.forum.state != "planned":
        raise UnableToGroup(_("이미 마친 자리예요."))


def _drop_empty(board: Board) -> None:
    Theme.objects.filter(board=board, notes=None).delete()
