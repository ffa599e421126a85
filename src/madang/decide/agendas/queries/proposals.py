from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.decide.agendas.models import NumberRange, Proposal, Strand
from madang.decide.agendas.queries.events import Event
from madang.decide.agendas.states import TAKING_STAGES, Origin
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.cycles.states import YEAR, Participation
from madang.ground.places.models import District

PAGE_SIZE = 30
OPENING_WORDS = 160
PAGE_NUMBER = re.compile(r"(\d{4})-(\d{4,8})")
CURSOR = re.compile(r"(\d{1,17})-(\d{1,17})")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NO_PROPOSALS = (Participation.OTHER_TYPE, Participation.NOT_TAKING_PART)


@dataclass(frozen=True)
class Page:
    """One page of a list, newest first; ``older`` and ``newer`` are the cursors of the pages beside it, or empty."""

    rows: list[Proposal]
    older: str = ""
    newer: str = ""


def years_of(district: District) -> list[DistrictYear]:
    """Return a district's years, newest first, each with ``proposals_given``: how many numbers were given in it."""
    given = NumberRange.objects.filter(
        district=OuterRef("district"), year=OuterRef("cycle__planning_year"), kind="proposal"
    ).values("last")[:1]
    years = DistrictYear.objects.filter(district=district).select_related("cycle")
    return list(years.annotate(proposals_given=Subquery(given)).order_by("-cycle__planning_year"))


def year_on(years: Iterable[DistrictYear], day: date) -> DistrictYear | None:
    """Return the year whose planning a day lies in, else the newest of them (newest first)."""
    listed = list(years)
    return next((year for year in listed if year.cycle.planning_year == day.year), listed[0] if listed else None)


def reason_not_taking(year: DistrictYear | None) -> str:
    """Say why a district takes no proposals now, or nothing when it takes them (C3)."""
    if year is None or year.participation in _NO_PROPOSALS:
        return _("올해 이 구는 협치 계획을 세우지 않아서 제안을 받지 않아요.")
    if year.state not in TAKING_STAGES:
        stage = YEAR.state(year.state).staff
        return _("지금은 「%(stage)s」 단계라 제안을 받지 않아요.") % {"stage": stage}
    return ""


def proposals_page(
    district: District,
    cycle: Cycle,
    *,
    state: str = "",
    dong_id: int | None = None,
    older_than: str = "",
    newer_than: str = "",
) -> Page:
    """Return one page of a district's proposals of a cycle by its cursor; an unreadable cursor is the first page."""
    rows = Proposal.objects.filter(district=district, cycle=cycle)
    if state:
        rows = rows.filter(state=state)
    if dong_id is not None:
        rows = rows.filter(dong_id=dong_id)
    rows = rows.select_related("dong").defer("problem", "wish").annotate(opening=Left("problem", OPENING_WORDS))
    back, forth = _read_cursor(newer_than), _read_cursor(older_than)
    found = _after(rows, back) if back else _before(rows, forth)
    more, shown = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    if back:
        shown.reverse()
    for row in shown:
        row.district, row.cycle = district, cycle
    if not shown:
        return Page([])
    has_newer, has_older = (more, True) if back else (forth is not None, more)
    return Page(shown, _cursor(shown[-1]) if has_older else "", _cursor(shown[0]) if has_newer else "")


Cursor = tuple[datetime, int]


def _before(rows: QuerySet[Proposal], cursor: Cursor | None) -> list[Proposal]:
    if cursor is not None:
        at, number = cursor
        rows = rows.filter(Q(proposed_at__lt=at) | Q(id__lt=number), proposed_at__lte=at)
    return list(rows.order_by("-proposed_at", "-id")[: PAGE_SIZE + 1])


def _after(rows: QuerySet[Proposal], cursor: Cursor) -> list[Proposal]:
    at, number = cursor
    rows = rows.filter(Q(proposed_at__gt=at) | Q(id__gt=number), proposed_at__gte=at)
    return list(rows.order_by("proposed_at", "id")[: PAGE_SIZE + 1])


def _cursor(proposal: Proposal) -> str:
    return f"{(proposal.proposed_at - EPOCH) // timedelta(microseconds=1)}-{proposal.pk}"


def _read_cursor(text: str) -> Cursor | None:
    match = CURSOR.fullmatch(text)
    if match is None:
        return None
    try:
        return EPOCH + timedelta(microseconds=int(match[1])), int(match[2])
    except OverflowError:
        return None


def find_proposal(district: District, page_number: str) -> Proposal | None:
    """Return the proposal with a number as it stands in an address (2020-0042), or None."""
    match = PAGE_NUMBER.fullmatch(page_number)
    if match is None:
        return None
    rows = Proposal.objects.select_related("cycle", "dong", "forum", "proposer", "batch")
    found = rows.filter(district=district, cycle__planning_year=int(match[1]), number=int(match[2])).first()
    if found is None or found.page_number != page_number:
        return None
    found.district = district
    return found


def proposal_or_404(district: District, page_number: str) -> Proposal:
    """Return the proposal with a number as it stands in an address; raises ``Http404``."""
    proposal = find_proposal(district, page_number)
    if proposal is None:
        raise Http404
    return proposal


def proposal_events(proposal: Proposal) -> list[Event]:
    """Return what happened to a proposal itself, oldest first; the agenda it flowed into tells its own events."""
    events = [Event(proposal.proposed_at, "proposed", _how_it_came(proposal))]
    strands = Strand.objects.filter(proposal=proposal).select_related("agenda__cycle")
    for strand in strands:
        events += _events_of_strand(strand, proposal.district)
    if proposal.closed_at is not None and proposal.state == "declined":
        title = _("이번에는 함께하지 못했어요")
        events.append(Event(proposal.closed_at, "declined", title, proposal.decline_reason))
    if proposal.closed_at is not None and proposal.state == "handed_over":
        title = _("구 주민참여예산에서 살펴봐요")
        events.append(Event(proposal.closed_at, "handed_over", title, proposal.decline_reason))
    if proposal.closed_at is not None and proposal.state == "withdrawn":
        events.append(Event(proposal.closed_at, "withdrawn", _("제안자가 거두었어요"), _("글은 그대로 남아 있어요.")))
    return sorted(events, key=lambda event: event.at)


def _how_it_came(proposal: Proposal) -> str:
    if proposal.origin == Origin.FORUM and proposal.forum is not None:
        return _("「%(forum)s」에서 나온 말이에요") % {"forum": proposal.forum.title}
    return {
        Origin.DESK.value: _("창구에서 받아 적었어요"),
        Origin.FORUM.value: _("공론장에서 나온 말이에요"),
        Origin.DEPARTMENT.value: _("부서가 제안했어요"),
        Origin.TRANSFERRED.value: _("시민참여예산에서 옮겨 왔어요"),
        Origin.IMPORTED.value: _("다른 곳에 낸 제안을 파일로 옮겨 왔어요"),
    }.get(proposal.origin, _("이웃이 제안했어요"))


def _events_of_strand(strand: Strand, district: District) -> list[Event]:
    agenda = strand.agenda
    url = reverse("agendas:agenda", args=[district.slug, agenda.page_number])
    title = {"title": agenda.title}
    events = [Event(strand.merged_at, "merged", _("「%(title)s」 의제로 모였어요") % title, strand.reason, url)]
    if strand.undone_at is not None:
        undone = _("「%(title)s」 의제로 모은 것을 되돌렸어요") % title
        events.append(Event(strand.undone_at, "undone", undone, strand.undone_reason, url))
    return events
