"""The walking board for those who run it, and the wall that everyone sees."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madang.decide.forums.forms import BoardForm, SlipForm
from madang.decide.forums.models import Board, Forum
from madang.decide.forums.operations import boards as running
from madang.decide.forums.operations import notes, themes
from madang.decide.forums.queries import board as boards
from madang.decide.forums.queries.qr import qr_code
from madang.decide.forums.states import BOARD, BRAINSTORMING
from madang.decide.forums.views.found import forum_for, forum_or_404
from madang.decide.forums.views.phones import clock
from madang.ground.people.guards import guarded, open_to_all
from madang.ground.workflow import UnableTo


@open_to_all
def wall(request: Any, district: str, number: int) -> HttpResponse:
    """Show a board on the wall, for a projector."""
    board = _opened_or_404(forum_or_404(district, number))
    join = request.build_absolute_uri(reverse("board:write", args=[board.code]))
    context = {**_wall(request, board), "join": join, "code": qr_code(join), "rules": BRAINSTORMING}
    context["join_at"] = request.build_absolute_uri(reverse("board:join")).split("//", 1)[1].rstrip("/")
    return render(request, "forums/wall.html", context)


@open_to_all
def wall_now(request: Any, district: str, number: int) -> HttpResponse:
    """Give what stands on the wall now, for the projector that asks every few seconds."""
    return render(request, "forums/_wall.html", _wall(request, _opened_or_404(forum_or_404(district, number))))


@guarded("forums.board")
def board(request: Any, district: str, number: int) -> HttpResponse:
    """Set up the board of a forum, open and close it, take notes down."""
    found = forum_for(request, "forums.board", district, number)
    kept = boards.board_of(found)
    initial = _written(kept) if kept else {}
    form = BoardForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            running.prepare_board(
                forum=found,
                title=data["title"],
                topics=form.sheets(),
                limit_each=data["limit_each"],
                minutes=data["minutes"],
                actor=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("판을 차렸어요. 시작할 때 열면 돼요."))
            return redirect("forums:board", district, number)
    context = {"district": found.district, "forum": found, "board": kept, "form": form, "life": BOARD}
    if kept is not None:
        join = request.build_absolute_uri(reverse("board:write", args=[kept.code]))
        context |= {
            "wall": boards.wall_of(kept, each=200),
            "slips": boards.slips_of(kept),
            "join": join,
            "code": qr_code(join),
            "clock": clock(boards.seconds_left(kept, request.at)),
        }
    return render(request, "forums/board.html", context)


@require_POST
@guarded("forums.board")
def board_step(request: Any, district: str, number: int) -> HttpResponse:
    """Open or close a board."""
    kept = _board_for(request, district, number)
    step = {"open": running.open_board, "close": running.close_board}.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    try:
        step(board=kept, actor=request.actor, at=request.at)
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason))
    return redirect("forums:board", district, number)


@require_POST
@guarded("forums.board")
def take_down(request: Any, district: str, number: int, note: int) -> HttpResponse:
    """Take a note off the board; a slip goes back into the box it was typed in."""
    kept = _board_for(request, district, number)
    one = boards.notes_up(kept).select_related("topic__board__forum").filter(pk=note).first()
    if one is None:
        raise Http404
    undo = request.POST.get("step") == "undo" and one.writer.on_paper
    reason = "undone slip" if undo else request.POST.get("reason", "").strip()
    if not reason:
        messages.error(request, _("내리는 까닭을 적어 주세요."))
        return redirect("forums:board", district, number)
    try:
        notes.take_down(note=one, actor=request.actor, at=request.at, reason=reason)
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason))
    if undo:
        typed = {"topic": one.topic.number, "text": one.text, "key": uuid.uuid4()}
        return _slips_page(request, kept, SlipForm(initial=typed))
    messages.success(request, _("의견을 내렸어요."))
    return redirect("forums:board", district, number)


@guarded("forums.board")
def slips(request: Any, district: str, number: int) -> HttpResponse:
    """Type paper slips: number of the topic, words, Enter; sent twice, a slip is put up once."""
    kept = _board_for(request, district, number)
    form = SlipForm(request.POST or None, initial={"key": uuid.uuid4()})
    quietly = request.headers.get("Accept") == "application/json"
    if request.method == "POST":
        error = _enter(request, kept, form)
        if quietly:
            if error:
                return JsonResponse({"refused": error}, status=409)
            return JsonResponse({"html": render_to_string("forums/_slips.html", _typed(kept), request)})
        if not error:
            return redirect("forums:slips", district, number)
    return _slips_page(request, kept, form)


@guarded("forums.board")
def theme_list(request: Any, district: str, number: int) -> HttpResponse:
    """Gather notes into themes."""
    kept = _board_for(request, district, number)
    if request.method == "POST":
        try:
            _theme_step(request, kept)
        except UnableTo as refusal:
            messages.error(request, str(refusal.reason))
        return redirect("forums:themes", district, number)
    loose: dict[Any, list[Any]] = {}
    for note in boards.notes_up(kept).filter(theme=None).order_by("topic__number", "id"):
        loose.setdefault(note.topic, []).append(note)
    context = {
        "district": kept.forum.district,
        "forum": kept.forum,
        "board": kept,
        "loose": list(loose.items()),
        "themes": boards.themes_of(kept),
    }
    return render(request, "forums/themes.html", context)


def _theme_step(request: Any, board: Board) -> None:
    step, who = request.POST.get("step"), {"board": board, "actor": request.actor, "at": request.at}
    chosen = [int(value) for value in request.POST.getlist("note") if value.isdigit()]
    if step == "group":
        title = request.POST.get("title", "").strip() or request.POST.get("known", "")
        themes.group_notes(numbers=chosen, title=title, **who)
    elif step == "ungroup":
        themes.ungroup_notes(numbers=chosen, **who)
    elif step == "take_up":
        taken = [int(value) for value in request.POST.getlist("theme") if value.isdigit()]
        themes.mark_taken_up(numbers=taken, **who)
        messages.success(request, _("결과에 담을 묶음을 저장했어요."))


def _enter(request: Any, board: Board, form: SlipForm) -> str:
    if not form.is_valid():
        return " ".join(str(error) for errors in form.errors.values() for error in errors)
    try:
        notes.enter_slip(board=board, actor=request.actor, at=request.at, **form.cleaned_data)
    except UnableTo as refusal:
        form.add_error(refusal.field, str(refusal.reason))
        return str(refusal.reason)
    return ""


def _slips_page(request: Any, board: Board, form: SlipForm) -> HttpResponse:
    context = {"form": form, "topics": list(board.topics.all()), **_typed(board)}
    return render(request, "forums/slips.html", context)


def _typed(board: Board) -> dict[str, Any]:
    return {
        "district": board.forum.district,
        "forum": board.forum,
        "board": board,
        "last": boards.last_slips(board),
        "count": boards.slips_of(board),
    }


def _wall(request: Any, board: Board) -> dict[str, Any]:
    return {
        "district": board.forum.district,
        "forum": board.forum,
        "board": board,
        "wall": boards.wall_of(board),
        "clock": clock(boards.seconds_left(board, request.at)),
        "life": BOARD,
    }


def _written(board: Board) -> dict[str, Any]:
    topics = "\n".join(topic.title for topic in board.topics.all())
    return {"title": board.title, "topics": topics, "limit_each": board.limit_each, "minutes": board.minutes}


def _opened_or_404(forum: Forum) -> Board:
    found = boards.board_of(forum)
    if found is None or forum.state == "cancelled":
        raise Http404
    return found


def _board_for(request: Any, district: str, number: int) -> Board:
    found = boards.board_of(forum_for(request, "forums.board", district, number))
    if found is None:
        raise Http404
    return found
