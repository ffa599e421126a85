"""Notes on a walking board: written on phones by many at once, typed from paper, taken down."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from madang.decide.forums.models import Board, Note, Topic, Writer
from madang.decide.forums.operations.boards import hold
from madang.ground.audit.operations import operation
from madang.ground.people.actors import NOBODY, Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo

LETTERS_ON_PHONE = 80
LETTERS_ON_PAPER = 200


class UnableToWriteNote(UnableTo):
    """The note cannot be put up; its text is still with the one who wrote it."""


def write_note(
    *, board: Board, topic: int, text: str, key: UUID, token: str, actor: Actor, at: datetime
) -> tuple[Note, bool]:
    """Put one thought under a topic and return it with whether it is new.

    ``token`` is the secret of the phone, ``key`` names the attempt: sent again, it gives the same note. Nobody is
    noted as its writer. Raises ``UnableToWriteNote`` when the board is not open, its time is over, the text is empty
    or too long, or the phone has written as many as it may.
    """
    require(actor, "forums.write_note", board)
    said = _tidy(text, LETTERS_ON_PHONE)
    with operation("forums.write_note", actor=NOBODY, at=at):
        hold(board, alone=False)
        board.refresh_from_db(fields=["state", "closes_at"])
        writer = _writer(board, _hash(board, token))
        attempt = _attempt(key, topic, said)
        known = Note.objects.filter(writer=writer, key=attempt).first()
        if known is not None:
            return known, False
        check_open(board, at)
        if notes_of(writer) >= board.limit_each:
            raise UnableToWriteNote(_("한 사람이 %(n)d장까지 쓸 수 있어요. 다 쓰셨어요.") % {"n": board.limit_each})
        return _put_up(board, topic, said, writer, attempt, at), True


def enter_slip(*, board: Board, topic: int, text: str, key: UUID, actor: Actor, at: datetime) -> tuple[Note, bool]:
    """Type one paper slip and return its note with whether it is new; slips know no limit and no end of time.

    Raises ``UnableToWriteNote`` before the board was opened and once the forum is recorded.
    """
    require(actor, "forums.board", board)
    said = _tidy(text, LETTERS_ON_PAPER)
    if board.state == "prepared":
        raise UnableToWriteNote(_("먼저 판을 열어 주세요."))
    if board.forum.state != "planned":
        raise UnableToWriteNote(_("이미 마친 자리예요."))
    with operation("forums.enter_slip", actor=actor, at=at):
        writer = _writer(board, _hash(board, f"paper:{actor.person_id}"), on_paper=True)
        attempt = _attempt(key, topic, said)
        known = Note.objects.filter(writer=writer, key=attempt).first()
        if known is not None:
            return known, False
        return _put_up(board, topic, said, writer, attempt, at), True


def take_down(*, note: Note, actor: Actor, at: datetime, reason: str) -> None:
    """Take a note off the board and its text out of the database: a slip typed wrongly, or what hurts somebody.

    The reason stands in the log. Raises ``UnableToWriteNote`` once the forum is recorded.
    """
    require(actor, "forums.board", note)
    if note.topic.board.forum.state != "planned":
        raise UnableToWriteNote(_("이미 마친 자리예요."))
    with operation("forums.take_down_note", actor=actor, at=at, reason=reason):
        up = Note.objects.filter(pk=note.pk, taken_down_at=None)
        up.update(taken_down_at=at, text="", theme=None)


def check_open(board: Board, at: datetime) -> None:
    """Raise ``UnableToWriteNote`` unless phones may write on the board now."""
    if board.state == "prepared":
        raise UnableToWriteNote(_("아직 열지 않았어요. 조금만 기다려 주세요."))
    if board.state == "closed" or board.closes_at is None or at >= board.closes_at:
        raise UnableToWriteNote(_("쓰는 시간이 끝났어요. 남은 생각은 진행자에게 말해 주세요."))


def notes_of(writer: Writer) -> int:
    """Return how many notes of a writer were put up, those taken down included."""
    return Note.objects.filter(writer=writer).count()


def writer_of(board: Board, token: str) -> Writer | None:
    """Return the writer behind the token of a phone, or None when it has written nothing."""
    return Writer.objects.filter(board=board, key_hash=_hash(board, token)).first()


def _writer(board: Board, key_hash: str, *, on_paper: bool = False) -> Writer:
    """Return the writer, locked: what one phone sends at once is written one after the other."""
    Writer.objects.bulk_create([Writer(board=board, key_hash=key_hash, on_paper=on_paper)], ignore_conflicts=True)
    return Writer.objects.select_for_update().get(board=board, key_hash=key_hash)


def _put_up(board: Board, topic: int, text: str, writer: Writer, key: UUID, at: datetime) -> Note:
    sheet = Topic.objects.filter(board=board, number=topic).first()
    if sheet is None:
        raise UnableToWriteNote(_("주제를 골라 주세요."), field="topic")
    return Note.objects.create(topic=sheet, writer=writer, key=key, text=text, written_at=at)


def _attempt(key: UUID, topic: int, said: str) -> UUID:
    """Return the name of an attempt; a browser that brings back an old key with other words loses none of them."""
    return uuid5(key, f"{topic} {said}")


def _tidy(text: str, most: int) -> str:
    said = " ".join(text.split())
    if not said:
        raise UnableToWriteNote(_("생각을 적어 주세요."), field="text")
    if len(said) > most:
        raise UnableToWriteNote(_("한 장에 %(n)d자까지 쓸 수 있어요. 나누어 적어 주세요.") % {"n": most}, field="text")
    return said


def _hash(board: Board, token: str) -> str:
    return hashlib.sha256(f"madang board {board.pk} {token}".encode()).hexdigest()
