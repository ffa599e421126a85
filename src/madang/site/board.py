"""The 25 districts against the steps of the year, those that need a look first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.decide.agendas.models import Proposal
from madang.decide.forums.models import Forum
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.cycles.queries import deadline
from madang.ground.places.models import District
from madang.plan.review.models import LateSubmission, Submission
from madang.site.drawings.tiles import GROUP_OF, GROUPS, TAKING_PART

Text = str | Promise


@dataclass(frozen=True)
class Cell:
    """One step of one district: done, now, late, to come, or none for a district outside the year."""

    kind: str
    text: Text = ""

    @property
    def css(self) -> str:
        return {"now": "now", "late": "late", "to": "to", "none": "to"}.get(self.kind, "")


@dataclass(frozen=True)
class Row:
    """One district's steps; ``remark`` says what needs a look."""

    district: District
    cells: tuple[Cell, ...]
    remark: Text
    needs_look: bool


@dataclass(frozen=True)
class Figure:
    """One of the few figures above the board."""

    label: Text
    value: str
    unit: Text = ""


@dataclass(frozen=True)
class Board:
    """The whole board: a sentence, a few figures, the columns and the rows."""

    headline: Text
    tally: tuple[Figure, ...]
    columns: tuple[Text, ...]
    rows: tuple[Row, ...]


def city_board(cycle: Cycle, at: datetime) -> Board:
    """Return where each district stands, in seven queries whatever is in the database."""
    years = list(DistrictYear.objects.filter(cycle=cycle).select_related("district"))
    received = dict(Submission.objects.filter(plan__cycle=cycle).values_list("plan__district_id", "submitted_at"))
    late = set(LateSubmission.objects.filter(plan__cycle=cycle).values_list("plan__district_id", flat=True))
    closes_at = deadline(cycle, "submission")
    rows = [_row(year, received, late, at >= closes_at) for year in years]
    rows.sort(key=lambda row: (not row.needs_look, row.district.name))
    taking_part = sum(year.participation in TAKING_PART for year in years)
    counts = _counts(cycle)
    last = timezone.localdate(closes_at - timedelta(seconds=1))
    left = (last - timezone.localdate(at)).days
    return Board(
        headline=_headline(taking_part, len(received), left),
        tally=(
            Figure(_("계획을 낸 구"), str(len(received)), f"/ {taking_part}"),
            Figure(
                _("계획 제출 마감"), f"D-{left}" if left > 0 else (_("오늘") if left == 0 else _("끝남")), _short(last)
            ),
            Figure(_("나온 제안"), f"{counts['proposals']:,}", _("건")),
            Figure(_("기록한 공론장"), f"{counts['forums']:,}", _("번")),
        ),
        columns=tuple(group.label for group in GROUPS),
        rows=tuple(rows),
    )


def _short(day: date) -> str:
    return f"{day.month}. {day.day}."


def _headline(taking_part: int, received: int, left: int) -> str:
    waiting = taking_part - received
    if waiting == 0:
        return _("모든 구가 계획을 냈어요.")
    if left < 0:
        return ngettext("%(n)d개 구가 아직 내지 않았어요.", "%(n)d개 구가 아직 내지 않았어요.", waiting) % {
            "n": waiting
        }
    return ngettext(
        "계획 제출까지 %(left)d일, %(n)d개 구가 준비하고 있어요.",
        "계획 제출까지 %(left)d일, %(n)d개 구가 준비하고 있어요.",
        waiting,
    ) % {"left": left, "n": waiting}


def _counts(cycle: Cycle) -> dict[str, int]:
    return {
        "proposals": Proposal.objects.filter(cycle=cycle).count(),
        "forums": Forum.objects.filter(cycle=cycle).aggregate(n=Count("pk", filter=Q(state="recorded")))["n"],
    }


def _row(year: DistrictYear, received: dict[int, datetime], late: set[int], closed: bool) -> Row:
    if year.participation not in TAKING_PART:
        cells = tuple(Cell("none", "–") for _group in GROUPS)
        return Row(year.district, cells, year.get_participation_display(), False)
    step = GROUP_OF[year.state].step
    cells = tuple(_cell(group.step, step, year, received.get(year.district_id)) for group in GROUPS)
    missing = closed and year.district_id not in received
    remark: Text = ""
    if missing:
        remark = _("늦게 온 계획을 보관하고 있어요") if year.district_id in late else _("계획이 오지 않았어요")
        cells = (*cells[:-1], Cell("late", _("늦음")))
    return Row(year.district, cells, remark, missing)


def _cell(group: int, step: int, year: DistrictYear, submitted_at: datetime | None) -> Cell:
    if group == GROUPS[-1].step and submitted_at is not None:
        return Cell("done", _short(timezone.localdate(submitted_at)))
    if group < step:
        return Cell("done")
    if group == step:
        return Cell("now", _short(year.state_since) if year.state_since else "")
    return Cell("to")
