"""Searching the proposals and agendas of a district's year, through spaces and typing errors.

The words of proposals and agendas never change and their numbers are given in order, so each process keeps an index
in memory and only reads what came since. A district's year has some hundreds; of a very large one the newest are kept.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from madang.decide.agendas.models import Agenda, Proposal
from madang.decide.agendas.queries.passages import Piece
from madang.decide.agendas.queries.shelf import Shelf
from madang.engines.matching import Entry, Hit, SearchIndex
from madang.engines.matching import Piece as Part
from madang.ground.cycles.models import Cycle
from madang.ground.places.models import District

MOST_YEARS = 4
# About 35 kB of memory for each.
MOST_ENTRIES = 3_000
MOST_FOUND = 30
LONGEST = 60
PROPOSAL, AGENDA = "p", "a"


@dataclass(frozen=True)
class Found:
    """A proposal or an agenda that was found, with what was searched marked in title and text."""

    record: Proposal | Agenda
    title: list[Piece]
    text: list[Piece]

    @property
    def is_agenda(self) -> bool:
        return isinstance(self.record, Agenda)

    @property
    def url(self) -> str:
        name = "agendas:agenda" if self.is_agenda else "proposals:proposal"
        return reverse(name, args=[self.record.district.slug, self.record.page_number])


@dataclass(frozen=True)
class Answer:
    """What a search found, best first; ``newest_only`` says of how many newest texts when there were too many."""

    found: list[Found]
    newest_only: int = 0


class SearchedYear:
    """The words of one district's year; one thread at a time."""

    def __init__(self, district_id: int, cycle_id: int, most: int = MOST_ENTRIES) -> None:
        self._year = Q(district_id=district_id, cycle_id=cycle_id)
        self._most = most
        self._lock = threading.Lock()
        self._index: SearchIndex | None = None
        self._last = {PROPOSAL: 0, AGENDA: 0}
        self.cut = False

    def search(self, words: str, k: int) -> list[Hit]:
        """Return the k texts that fit best; ``id`` is p or a with the number."""
        with self._lock:
            new = [*self._new_agendas(), *self._new_proposals()]
            if self._index is None:
                self._index = SearchIndex(new)
            else:
                for entry in new:
                    self._index.add(entry)
            return self._index.search(words, k)

    def _new_proposals(self) -> Iterator[Entry]:
        rows = Proposal.objects.filter(self._year, number__gt=self._last[PROPOSAL]).order_by("-number")
        new = list(rows.values_list("number", "title", "problem", "wish")[: self._most + 1])
        self.cut = self.cut or len(new) > self._most
        for number, title, problem, wish in new[: self._most]:
            yield self._entry(PROPOSAL, number, title, f"{problem}\n{wish}")

    def _new_agendas(self) -> Iterator[Entry]:
        rows = Agenda.objects.filter(self._year, number__gt=self._last[AGENDA]).order_by("-number")
        for number, title, summary in rows.values_list("number", "title", "summary"):
            yield self._entry(AGENDA, number, title, summary)

    def _entry(self, kind: str, number: int, title: str, text: str) -> Entry:
        self._last[kind] = max(self._last[kind], number)
        return Entry(f"{kind}{number:08d}", title, text)


YEARS: Shelf[SearchedYear] = Shelf(SearchedYear, MOST_YEARS)


def search(district: District, cycle: Cycle, words: str) -> Answer:
    """Return the proposals and agendas of a district's year that fit some words best, thirty at most."""
    year = YEARS.of(district, cycle)
    hits = year.search(words[:LONGEST], MOST_FOUND)
    if not hits:
        return Answer([], MOST_ENTRIES if year.cut else 0)
    known = {
        **{(PROPOSAL, row.number): row for row in _rows(Proposal, hits, PROPOSAL, district, cycle)},
        **{(AGENDA, row.number): row for row in _rows(Agenda, hits, AGENDA, district, cycle)},
    }
    found = [
        Found(known[hit.id[0], int(hit.id[1:])], _pieces(hit.title), _pieces(hit.snippet))
        for hit in hits
        if (hit.id[0], int(hit.id[1:])) in known
    ]
    return Answer(found, MOST_ENTRIES if year.cut else 0)


def _rows(
    model: type[Proposal] | type[Agenda], hits: Sequence[Hit], kind: str, district: District, cycle: Cycle
) -> Iterator[Proposal | Agenda]:
    numbers = [int(hit.id[1:]) for hit in hits if hit.id[0] == kind]
    for row in model._default_manager.filter(district=district, cycle=cycle, number__in=numbers):
        row.district, row.cycle = district, cycle
        yield row


def _pieces(parts: Sequence[Part]) -> list[Piece]:
    return [Piece(part.text, 0 if part.marked else None) for part in parts]
