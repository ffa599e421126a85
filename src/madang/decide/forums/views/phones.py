"""The walking board on a phone: join by the code on the wall, write, see what others wrote. Nobody signs in."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.decide.forums.forms import CodeForm, NoteForm
from madang.decide.forums.models import Board
from madang.decide.forums.operations import notes
from madang.decide.forums.operations.notes import LETTERS_ON_PHONE
from madang.decide.forums.queries import board as boards
from madang.decide.forums.states import BRAINSTORMING
from madang.ground.people.guards import guarded
from madang.ground.workflow import UnableTo

ON_PHONE = 3
TWO_DAYS = 2 * 24 * 3600
SALT = "madang.forums.board"


@guarded("forums.write_note")
def join(request: Any) -> HttpResponse:
    """Ask for the code on the wall."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = "".join(letter for letter in form.cleaned_data["code"] if letter.isdigit())
        if boards.board_by_code(code) is not None:
            return redirect("board:write", code)
        form.add_error("code", _("이 번호의 판이 없어요. 화면의 여섯 자리를 다시 봐 주세요."))
    return render(request, "forums/join.html", {"form": form})


@guarded("forums.write_note")
def write(request: Any, code: str) -> HttpResponse:
    """Write on a board. What was typed comes back when it cannot be put up; sent again, it is not put up twice."""
    board = _board_or_404(code)
    token = request.get_signed_cookie(_cookie(board), default="", salt=SALT) or secrets.token_urlsafe(18)
    error = ""
    if request.method == "POST":
        error = _put_up(request, board, token)
        if request.headers.get("Accept") == "application/json":
            answer: HttpResponse = JsonResponse({"refused": error} if error else {}, status=409 if error else 200)
            return _with_cookie(answer, board, token)
        if not error:
            return _with_cookie(
                redirect(f"{reverse('board:write', args=[code])}?t={request.POST['topic']}"), board, token
            )
    answer = render(request, "forums/write.html", _page(request, board, token, error), status=409 if error else 200)
    return _with_cookie(answer, board, token)


@guarded("forums.write_note")
def others(request: Any, code: str) -> HttpResponse:
    """Give what others wrote and how long there is, for the phone that asks every few seconds."""
    board = _board_or_404(code)
    return render(request, "forums/_others.html", _shown(request, board))


def _put_up(request: Any, board: Board, token: str) -> str:
    """Put up the note that was sent and return nothing, or why it could not be."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _("생각을 적어 주세요.") if "text" in form.errors else _("주제를 골라 주세요.")
    try:
        notes.write_note(board=board, token=token, actor=request.actor, at=request.at, **form.cleaned_data)
    except UnableTo as refusal:
        return str(refusal.reason)
    return ""


def _page(request: Any, board: Board, token: str, error: str) -> dict[str, Any]:
    own = boards.written_by(notes.writer_of(board, token))
    chosen = request.POST.get("topic") or request.GET.get("t", "")
    shown = _shown(request, board)
    sheets = [(sheet, own.get(sheet.topic.number, 0)) for sheet in shown["wall"].sheets]
    return {
        **shown,
        "district": board.forum.district,
        "forum": board.forum,
        "sheets": sheets,
        "unseen": [sheet.topic.title for sheet, mine in sheets if not mine],
        "seen": sum(1 for _sheet, mine in sheets if mine),
        "left": max(0, board.limit_each - sum(own.values())),
        "chosen": int(chosen) if chosen.isdigit() else 1,
        "text": request.POST.get("text", "") if error else "",
        "key": request.POST.get("key") if error else uuid.uuid4(),
        "error": error,
        "letters": LETTERS_ON_PHONE,
        "rules": BRAINSTORMING,
    }


def _shown(request: Any, board: Board) -> dict[str, Any]:
    return {
        "board": board,
        "wall": boards.wall_of(board, each=ON_PHONE),
        "clock": clock(boards.seconds_left(board, request.at)),
        "writing": boards.seconds_left(board, request.at) > 0,
    }


def clock(seconds: int) -> str:
    """Write seconds as minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def _board_or_404(code: str) -> Board:
    board = boards.board_by_code(code)
    if board is None:
        raise Http404
    return board


def _cookie(board: Board) -> str:
    return f"madang_board_{board.pk}"


def _with_cookie(answer: HttpResponse, board: Board, token: str) -> HttpResponse:
    """Let the phone keep its own token: it is nobody's name, and leads to none."""
    answer.set_signed_cookie(
        _cookie(board),
        token,
        salt=SALT,
        max_age=TWO_DAYS,
        path="/b/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    answer["Cache-Control"] = "private, no-store"
    return answer
