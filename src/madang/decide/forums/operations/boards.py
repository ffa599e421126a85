"""The walking board: set up, opened for a time, closed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from madang.decide.forums.models import Board, Forum, Topic
from madang.decide.forums.models.board import MOST_TOPICS
from madang.decide.forums.states import BOARD
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo, advance

CODE_LENGTH = 6
# The first half of the two numbers that name our lock in the database, apart from all others.
LOCK = 20200523


class UnableToRunBoard(UnableTo):
    """The board cannot be set up, opened or closed like this."""


def prepare_board(
    *, forum: Forum, title: str, topics: Sequence[str], limit_each: int, minutes: int, actor: Actor, at: datetime
) -> Board:
    """Set up the board of a forum, or change it before it was opened: one to nine topics, notes a person, minutes.

    Raises ``UnableToRunBoard``.
    """
    require(actor, "forums.board", forum)
    titles = [topic.strip() for topic in topics if topic.strip()]
    if not 1 <= len(titles) <= MOST_TOPICS or len(set(titles)) < len(titles):
        raise UnableToRunBoard(_("서로 다른 주제를 한 개에서 아홉 개까지 적어 주세요."), field="topics")
    if forum.state != "planned":
        raise UnableToRunBoard(_("이미 마친 자리예요."))
    with operation("forums.prepare_board", actor=actor, at=at):
        fields = {"title": title, "limit_each": limit_each, "minutes": minutes}
        board, is_new = Board.objects.get_or_create(forum=forum, defaults={**fields, "code": _free_code()})
        if board.state != "prepared":
            raise UnableToRunBoard(_("이미 연 판은 바꿀 수 없어요."))
        if not is_new:
            Board.objects.filter(pk=board.pk).update(**fields)
            board.topics.all().delete()
        Topic.objects.bulk_create(Topic(board=board, number=n, title=title) for n, title in enumerate(titles, 1))
    board.refresh_from_db()
    return board


def open_board(*, board: Board, actor: Actor, at: datetime) -> None:
    """Open a board for its minutes, or once more after it was closed."""
    require(actor, "forums.board", board)
    if board.forum.state != "planned":
        raise UnableToRunBoard(_("이미 마친 자리예요."))
    with operation("forums.open_board", actor=actor, at=at):
        closes_at = at + timedelta(minutes=board.minutes)
        advance(board, BOARD, "open", opened_at=board.opened_at or at, closes_at=closes_at, closed_at=None)


def close_board(*, board: Board, actor: Actor, at: datetime) -> None:
    """Close a board: what was sent before is on it, what comes later is refused. Paper slips may still be typed."""
    require(actor, "forums.board", board)
    with operation("forums.close_board", actor=actor, at=at):
        hold(board, alone=True)
        advance(board, BOARD, "close", closed_at=at)


def hold(board: Board, *, alone: bool) -> None:
    """Keep a board from being closed until the transaction ends; ``alone`` waits for all who write at this moment."""
    function = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [LOCK, board.pk % 2**31])


def _free_code() -> str:
    while True:
        code = "".join(secrets.choice("0123456789") for _digit in range(CODE_LENGTH))
        if not Board.objects.filter(code=code).exists():
            return code
