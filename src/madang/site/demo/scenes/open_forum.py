"""Dobong's open forum of May: registrations, material, tables, the door, the walking board, minutes, feedback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from madang.decide.forums.models import Board, Forum, Note
from madang.decide.forums.operations import arriving, boards, feedback, materials, notes, registering, tables, themes
from madang.decide.forums.states import COUNTED, QUESTIONS, Dimension
from madang.ground.people.actors import NOBODY
from madang.site.demo import content
from madang.site.demo.scenes import who
from madang.site.demo.scenes.scene import Scene

KEY = "open"
OFFICER = "hanjiwon"
# Every fourth note was written on paper and typed by an officer.
ON_PAPER = 4
PHONES = 15


def scenes() -> Iterator[Scene]:
    """Yield the steps of the open forum, from the material nine days before to the last answers."""
    entry = _entry()
    starts, ends = entry["starts_at"], entry["ends_at"]
    yield Scene(starts - timedelta(days=10), "open forum registrations", _register)
    yield Scene(starts - timedelta(days=entry["material"]["days_before"]), "open forum material", _send_material)
    yield Scene(starts - timedelta(days=1), "open forum tables", _set_tables)
    yield Scene(starts - timedelta(minutes=20), "open forum door", _open_door)
    yield Scene(starts + timedelta(minutes=30), "open forum board", _write)
    yield Scene(ends + timedelta(minutes=10), "open forum themes", _gather)
    yield Scene(ends + timedelta(hours=1), "open forum feedback", _answer)
    yield Scene(ends + timedelta(days=14), "open forum names erased", _erase_names)


def outcome() -> dict[str, Any]:
    """Return what the record of the open forum says beside its people: minutes, decisions, opinions taken up."""
    told = content.open_forum()
    taken = sum(len(theme["notes"]) for theme in told["theme"] if theme["taken_up"])
    return {
        "minutes": told["minutes_text"].strip(),
        "decisions": "\n".join(told["decisions"]),
        "opinions_taken_up": taken,
    }


@cache
def _entry() -> dict[str, Any]:
    return next(entry for entry in content.forums() if entry["key"] == KEY)


def _forum() -> Forum:
    return who.forum(KEY)


def _register(at: datetime) -> None:
    told, forum, officer = content.open_forum(), _forum(), who.acting(OFFICER, at)
    ages = {key for key, _label in COUNTED[Dimension.AGE]}
    for key in told["registered"]:
        person = who.people_by_key()[key]
        age = person.get("age", "unknown")
        registering.register(
            forum=forum,
            consent=True,
            gender=person.get("gender", "unknown"),
            age=age if age in ages else "60s",
            actor=who.acting(key, at),
            at=at,
        )
    for name in told["by_phone"]:
        registering.register_by_phone(forum=forum, name=name, phone="", consent=True, age="60s", actor=officer, at=at)
    someone = who.acting(told["withdrew"], at)
    registering.withdraw(registration=forum.registrations.get(person=someone.person), actor=someone, at=at)


def _send_material(at: datetime) -> None:
    material, officer = _entry()["material"], who.acting(OFFICER, at)
    made = materials.add_material(forum=_forum(), title=material["title"], text=material["text"], actor=officer, at=at)
    materials.send_material(material=made, actor=officer, at=at)
    made.refresh_from_db()
    materials.note_handed_out(material=made, actor=officer, at=at)


def _set_tables(at: datetime) -> None:
    officer = who.acting(OFFICER, at)
    standing = [(topic, name) for topic, name in content.open_forum()["tables"]]
    tables.set_tables(forum=_forum(), tables=standing, actor=officer, at=at)
    tables.spread_evenly(forum=_forum(), actor=officer, at=at)


def _open_door(at: datetime) -> None:
    officer = who.acting(OFFICER, at)
    home = [who.person(key).pk for key in content.open_forum()["stayed_home"]]
    coming = _forum().registrations.filter(state="registered").exclude(person_id__in=home)
    arriving.enter_sheet(forum=_forum(), numbers=coming.values_list("pk", flat=True), actor=officer, at=at)


def _write(at: datetime) -> None:
    told, officer = content.open_forum(), who.acting(OFFICER, at)
    board = boards.prepare_board(
        forum=_forum(),
        title=told["question"],
        topics=[topic["title"] for topic in told["topic"]],
        limit_each=told["limit_each"],
        minutes=told["minutes"],
        actor=officer,
        at=at,
    )
    boards.open_board(board=board, actor=officer, at=at)
    lines = [(number, text) for number, topic in enumerate(told["topic"], 1) for text in topic["notes"]]
    for place, (topic, text) in enumerate(lines):
        when = at + timedelta(seconds=30 * place)
        if place % ON_PAPER == 0:
            notes.enter_slip(board=board, topic=topic, text=text, key=_key(text), actor=officer, at=when)
            continue
        notes.write_note(
            board=board,
            topic=topic,
            text=text,
            key=_key(text),
            token=f"phone {place % PHONES}",
            actor=NOBODY,
            at=when,
        )
    boards.close_board(board=board, actor=officer, at=at + timedelta(minutes=told["minutes"]))


def _gather(at: datetime) -> None:
    told, officer = content.open_forum(), who.acting(OFFICER, at)
    board = Board.objects.select_related("forum").get(forum=_forum())
    numbers = dict(Note.objects.filter(topic__board=board).values_list("text", "pk"))
    taken = []
    for theme in told["theme"]:
        texts = [told["topic"][int(sheet) - 1]["notes"][int(place) - 1] for sheet, place in map(_split, theme["notes"])]
        made = themes.group_notes(
            board=board, numbers=[numbers[text] for text in texts], title=theme["title"], actor=officer, at=at
        )
        if theme["taken_up"]:
            taken.append(made.pk)
    themes.mark_taken_up(board=board, numbers=taken, actor=officer, at=at)


def _answer(at: datetime) -> None:
    forum = _forum()
    feedback.ask_for_feedback(forum=forum, actor=who.acting(OFFICER, at), at=at)
    for place, given in enumerate(content.open_forum()["feedback"]):
        answers = {name: mark for (name, _label), mark in zip(QUESTIONS, given["answers"], strict=True)}
        feedback.give_feedback(
            forum=forum,
            answers=answers,
            said=given.get("said", ""),
            token=f"answer {place}",
            actor=NOBODY,
            at=at + timedelta(minutes=7 * place),
        )


def _erase_names(at: datetime) -> None:
    registering.forget_everyone(forum=_forum(), actor=who.acting(OFFICER, at), at=at)


def _key(text: str) -> UUID:
    return uuid5(NAMESPACE_URL, text)


def _split(place: str) -> tuple[str, str]:
    sheet, _dot, order = place.partition(".")
    return sheet, order
