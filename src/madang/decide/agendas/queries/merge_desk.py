"""What the merge desk reads: received proposals by pages, and the chosen ones side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from madang.decide.agendas.models import Agenda, Proposal
from madang.decide.agendas.queries.paging import Page, page_by_number
from madang.decide.forums.models import Forum
from madang.ground.cycles.models import Cycle
from madang.ground.places.models import District

PAGE_SIZE = 30
MOST_TOGETHER = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """Which received proposals the desk shows; empty parts do not narrow."""

    dong_id: int | None = None
    forum_id: int | None = None
    words: str = ""
    without: tuple[int, ...] = ()


def received_page(
    district: District, cycle: Cycle, choice: Choice, *, before: int | None = None, after: int | None = None
) -> Page[Proposal]:
    """Return one page of the proposals that wait to be merged."""
    rows = _narrowed(_readable(district, cycle).filter(state="received"), choice)
    return page_by_number(rows, PAGE_SIZE, before=before, after=after)


def chosen_proposals(district: District, cycle: Cycle, numbers: Iterable[int]) -> list[Proposal]:
    """Return proposals of a district's year by their numbers, whatever became of them; unknown numbers are left out."""
    return list(_readable(district, cycle).filter(number__in=set(numbers)).order_by("number"))


def open_agendas(district: District, cycle: Cycle) -> QuerySet[Agenda]:
    """Return the agendas that can still take in proposals."""
    rows = Agenda.objects.filter(district=district, cycle=cycle, state="gathered")
    return rows.select_related("district", "cycle").order_by("-number")


def forums_with_proposals(district: District, cycle: Cycle) -> QuerySet[Forum]:
    """Return the forums of a district's year that have been held, newest first."""
    return Forum.objects.filter(district=district, cycle=cycle, state="recorded").order_by("-starts_at")


def people_to_tell(proposals: Sequence[Proposal]) -> int:
    """Return how many different people will be told when the proposals are merged."""
    return len({proposal.proposer_id for proposal in proposals if proposal.proposer_id is not None})


def _readable(district: District, cycle: Cycle) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(district=district, cycle=cycle)
    return rows.select_related("district", "cycle", "dong", "forum", "proposer")


def _narrowed(rows: QuerySet[Proposal], choice: Choice) -> QuerySet[Proposal]:
    if choice.dong_id is not None:
        rows = rows.filter(dong_id=choice.dong_id)
    if choice.forum_id is not None:
        rows = rows.filter(forum_id=choice.forum_id)
    for word in choice.words.split()[:5]:
        rows = rows.filter(Q(title__icontains=word) | Q(problem__icontains=word) | Q(wish__icontains=word))
    return rows.exclude(number__in=choice.without) if choice.without else rows
