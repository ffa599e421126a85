"""Rolls of invented voters, as the files that an officer hands in: the same every time."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta

from madang.site.demo.scenes.names import draw, name_for

OLDEST = date(1934, 1, 1)
# Everybody born by then is fourteen on any closing day of the example.
YOUNGEST = date(2006, 1, 31)


def roll_file(seed: str, dongs: Sequence[str], number: int, known: Sequence[tuple[str, date, str]] = ()) -> bytes:
    """Return a roll of ``number`` voters as CSV; ``known`` people (name, birth, dong) stand first, no two are alike."""
    people: dict[tuple[str, date, str], None] = dict.fromkeys(known)
    attempt = 0
    while len(people) < number:
        attempt += 1
        text = f"{seed}|{attempt}"
        born = OLDEST + timedelta(days=draw(f"{text}|born", (YOUNGEST - OLDEST).days))
        people[name_for(text), born, dongs[draw(f"{text}|dong", len(dongs))]] = None
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["번호", "이름", "생년월일", "동"])
    for place, (name, born, dong) in enumerate(people, start=1):
        writer.writerow([reference(place), name, born.isoformat(), dong])
    return file.getvalue().encode()


def reference(place: int) -> str:
    """Return the voter's number of a place on the roll."""
    return f"20-{place:05}"


def in_turn(seed: str, number: int) -> list[str]:
    """Return the voters' numbers in the order in which they come to vote; the first on the roll is the first."""
    others = sorted(range(2, number + 1), key=lambda place: draw(f"{seed}|turn|{place}", 1 << 60))
    return [reference(place) for place in (1, *others)]
