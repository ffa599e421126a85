from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.decide.agendas.models import Agenda, DepartmentReview, Proposal, Strand
from madang.decide.agendas.queries.events import Event
from madang.decide.agendas.queries.paging import Page, page_by_number
from madang.decide.agendas.queries.reviews import reviews_for
from madang.decide.agendas.queries.stages import why_no_merging
from madang.decide.agendas.states import AGENDA
from madang.ground.cycles.models import Cycle
from madang.ground.cycles.queries import current_cycle
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import may
from madang.ground.people.todo import ToDo
from madang.ground.places.models import District

PAGE_SIZE = 24
MOST_TO_DO = 10
NUMBER = re.compile(r"(\d{4})-(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Batch:
    """Proposals that were merged into an agenda together: when, why, and whether that was undone."""

    merged_at: datetime
    reason: str
    strands: tuple[Strand, ...]

    @property
    def undone_at(self) -> datetime | None:
        return self.strands[0].undone_at

    @property
    def undone_reason(self) -> str:
        return self.strands[0].undone_reason


def agendas_page(
    district: District, cycle: Cycle, *, state: str = "", before: int | None = None, after: int | None = None
) -> Page[Agenda]:
    """Return one page of a district's agendas of a cycle with their number of proposals and the answers given."""
    answers = DepartmentReview.objects.exclude(verdict="").select_related("department")
    rows: QuerySet[Agenda] = (
        Agenda.objects.filter(district=district, cycle=cycle)
        .select_related("district", "cycle")
        .annotate(proposal_count=Count("strands", filter=Q(strands__undone_at=None)))
        .prefetch_related(Prefetch("department_reviews", queryset=answers, to_attr="answers"))
    )
    rows = rows.filter(state=state) if state else rows.exclude(state="undone")
    return page_by_number(rows, PAGE_SIZE, before=before, after=after)


def states_in_use(district: District, cycle: Cycle) -> list[str]:
    """Return the states that agendas of a district's year stand in, in the order of their life."""
    found = set(Agenda.objects.filter(district=district, cycle=cycle).values_list("state", flat=True).distinct())
    return [state.key for state in AGENDA.states if state.key in found]


def agenda_or_404(district: District, page_number: str) -> Agenda:
    """Return the agenda with a number as it stands in an address (2020-12); raises ``Http404``."""
    match = NUMBER.fullmatch(page_number)
    if match is None:
        raise Http404
    rows = Agenda.objects.filter(district=district, cycle__planning_year=int(match[1]), number=int(match[2]))
    agenda = rows.select_related("district", "cycle").first()
    if agenda is None or agenda.page_number != page_number:
        raise Http404
    return agenda


def strands_of(agenda: Agenda) -> QuerySet[Strand]:
    """Return every strand that ever led into the agenda, in the order in which the proposals were made."""
    related = ("proposal__district", "proposal__cycle", "proposal__dong", "proposal__forum", "proposal__proposer")
    return agenda.strands.select_related(*related).order_by("proposal__proposed_at", "id")


def batches_of(strands: Iterable[Strand]) -> list[Batch]:
    """Group strands by the moment in which they were merged, the first before the later."""
    moments: dict[datetime, list[Strand]] = {}
    for strand in strands:
        moments.setdefault(strand.merged_at, []).append(strand)
    return [Batch(at, rows[0].reason, tuple(rows)) for at, rows in sorted(moments.items())]


def answers_to(agenda: Agenda) -> QuerySet[DepartmentReview]:
    """Return the departments' answers that have been given; an open question stands in no public place."""
    return agenda.department_reviews.exclude(verdict="").select_related("department").order_by("answered_at", "id")


def agenda_events(agenda: Agenda) -> list[Event]:
    """Return what happened to an agenda in public, oldest first: merged, answered, judged, decided."""
    url = reverse("agendas:agenda", args=[agenda.district.slug, agenda.page_number])
    events = [_merged(batch, agenda, url) for batch in batches_of(agenda.strands.order_by("id"))]
    if agenda.state == "undone":
        events += [_undone(strand, url) for strand in agenda.strands.order_by("id")[:1]]
    for review in answers_to(agenda):
        title = _("%(department)s 검토: %(verdict)s") % {
            "department": review.department.name,
            "verdict": review.get_verdict_display(),
        }
        text = "\n".join(part for part in (review.reason, review.conditions) if part)
        events.append(Event(review.answered_at or agenda.created_at, "answered", title, text, url))
    return sorted([*events, *_decisions(agenda, url)], key=lambda event: event.at)


def _merged(batch: Batch, agenda: Agenda, url: str) -> Event:
    count = len(batch.strands)
    title = ngettext(
        "제안 %(count)s건이 「%(title)s」 의제로 모였어요", "제안 %(count)s건이 「%(title)s」 의제로 모였어요", count
    )
    return Event(batch.merged_at, "merged", title % {"count": count, "title": agenda.title}, batch.reason, url)


def _undone(strand: Strand, url: str) -> Event:
    return Event(
        strand.undone_at or strand.merged_at, "undone", _("의제로 모은 것을 되돌렸어요"), strand.undone_reason, url
    )


def _decisions(agenda: Agenda, url: str) -> list[Event]:
    events = []
    if agenda.concluded_at is not None and agenda.kept_reason:
        events.append(Event(agenda.concluded_at, "kept", _("올해는 목록에 남았어요"), agenda.kept_reason, url))
    elif agenda.concluded_at is not None:
        events.append(Event(agenda.concluded_at, "fit", _("네 가지 성격을 모두 갖춰 투표에 올라요"), "", url))
    if agenda.result_at is not None:
        title = AGENDA.state(agenda.state).public
        events.append(Event(agenda.result_at, agenda.state, str(title), "", url))
    return events


def waiting_for(actor: Actor, district: District | None, day: date) -> list[ToDo]:
    """Return what waits for somebody here: answers due, agendas to judge, proposals to merge, answers that are late."""
    if district is None:
        return []
    subject = Agenda(district=district)
    found: list[ToDo] = []
    if may(actor, "agendas.answer_review", subject):
        found += _answers_due(actor, district, day)
    cycle = current_cycle(day)
    if cycle is None:
        return found
    if may(actor, "agendas.judge", subject):
        found += _to_judge(actor, district, cycle)
    if may(actor, "agendas.merge", subject):
        found += _to_merge(district, cycle)
        found += _late_answers(district, cycle, day)
    return found


def _answers_due(actor: Actor, district: District, day: date) -> list[ToDo]:
    waiting = reviews_for(actor.departments(), district.pk).filter(verdict="", agenda__state="in_review")
    return [
        ToDo(
            title=_("「%(title)s」 의제를 검토해 주세요") % {"title": review.agenda.title},
            text=_("%(department)s · 할 수 있는지와 까닭을 답해요") % {"department": review.department.name},
            url=reverse("agendas:answer", args=[district.slug, review.pk]),
            due_on=review.due_on,
            tone="stop" if review.due_on < day else "now",
            label=_("부서검토"),
        )
        for review in waiting[:MOST_TO_DO]
    ]


def _to_judge(actor: Actor, district: District, cycle: Cycle) -> list[ToDo]:
    open_ones = (
        Agenda.objects.filter(district=district, cycle=cycle, state="in_review")
        .annotate(unanswered=Count("department_reviews", filter=Q(department_reviews__verdict="")))
        .filter(unanswered=0)
        .select_related("district", "cycle")
        .prefetch_related("criteria_reviews")
    )
    mine = [
        agenda
        for agenda in open_ones[: MOST_TO_DO * 5]
        if not any(
            row.round == agenda.round and row.reviewer_id == actor.person_id for row in agenda.criteria_reviews.all()
        )
    ]
    return [
        ToDo(
            title=_("「%(title)s」 의제가 네 가지 성격을 갖췄는지 판단해 주세요") % {"title": agenda.title},
            text=_("부서가 모두 답했어요"),
            url=reverse("agendas:judge", args=[district.slug, agenda.page_number]),
            tone="now",
            label=_("적격 검토"),
        )
        for agenda in mine[:MOST_TO_DO]
    ]


def _to_merge(district: District, cycle: Cycle) -> list[ToDo]:
    if why_no_merging(district, cycle) is not None:
        return []
    count = Proposal.objects.filter(district=district, cycle=cycle, state="received").count()
    if not count:
        return []
    title = ngettext("제안 %(count)s건이 모으기를 기다려요", "제안 %(count)s건이 모으기를 기다려요", count)
    return [
        ToDo(
            title=title % {"count": count},
            text=_("비슷한 제안을 나란히 보고 의제로 모아요"),
            url=reverse("agendas:merge_desk", args=[district.slug]),
            tone="info",
            label=_("합치기"),
        )
    ]


def _late_answers(district: District, cycle: Cycle, day: date) -> list[ToDo]:
    late = DepartmentReview.objects.filter(
        agenda__district=district, agenda__cycle=cycle, agenda__state="in_review", verdict="", due_on__lt=day
    ).select_related("agenda__district", "agenda__cycle", "department")
    return [
        ToDo(
            title=_("%(department)s의 답이 늦어요: %(title)s")
            % {"department": review.department.name, "title": review.agenda.title},
            text=_("의제 쪽에서 다시 알릴 수 있어요"),
            url=reverse("agendas:agenda", args=[district.slug, review.agenda.page_number]),
            due_on=review.due_on,
            tone="stop",
            label=_("부서검토"),
        )
        for review in late.order_by("due_on", "id")[:MOST_TO_DO]
    ]
