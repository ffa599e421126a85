from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.decide.agendas.models import Agenda
from madang.decide.agendas.queries.events import Event
from madang.engines import rulebook
from madang.ground.cycles.models import Cycle
from madang.ground.cycles.queries import deadline
from madang.ground.people.actors import Actor
from madang.ground.people.models import Appointment
from madang.ground.people.permissions import may
from madang.ground.people.roles import Role
from madang.ground.people.todo import ToDo
from madang.ground.places.models import District
from madang.plan.plans.models import Plan
from madang.plan.plans.queries import plan_status, rulebook_of
from madang.plan.review.models import LateSubmission, Submission


def last_instant(plan: Plan) -> datetime:
    """Return the instant at which the plan can no longer be submitted: the calendar's, or a later reopening's."""
    closes_at = deadline(plan.cycle, "submission")
    reopened = plan.reopenings.order_by("-until_at").values_list("until_at", flat=True).first()
    return max(closes_at, reopened) if reopened else closes_at


def handing_in(plan: Plan) -> rulebook.Judgement:
    """Judge whether the draft is exactly what the council approved (PLAN-9); its last day is judged as it is handed in.

    A late submission is kept whole before it is refused (CITY-8), so that the day is no part of this.
    """
    status = plan_status(plan)
    facts = rulebook.HandingIn(approved=status.approved, draft=status.draft, same=status.same)
    return rulebook.judge_handing_in(facts, rulebook_of(plan))


def said_of(findings: Iterable[rulebook.Finding]) -> str:
    """Say findings with what mends them and their clauses, in the reader's language."""
    lang = "en" if get_language() == "en" else "ko"
    return " ".join(f"{one.message(lang)} {one.remedy(lang)} ({one.clause})" for one in findings)  # type: ignore[arg-type]


def city_readers(at: datetime) -> list[int]:
    """Return the numbers of the officers to whom a received plan goes (CITY-2)."""
    roles = (Role.CITY_OFFICER, Role.BUDGET_OFFICER)
    return list(
        Appointment.objects.on(timezone.localdate(at)).filter(role__in=roles).values_list("person_id", flat=True)
    )


def received(cycle: Cycle) -> QuerySet[Submission]:
    """Return the plans the city has received in a cycle, the first first."""
    return Submission.objects.filter(plan__cycle=cycle).select_related("plan__district", "version")


def kept_late(cycle: Cycle) -> QuerySet[LateSubmission]:
    """Return the late submissions of a cycle that were refused and kept, the newest first."""
    return LateSubmission.objects.filter(plan__cycle=cycle).select_related("plan__district", "version")


def submission_of(plan: Plan) -> Submission | None:
    """Return the submission of a plan with its version, or None."""
    return Submission.objects.filter(plan=plan).select_related("version__approval__motion__meeting", "plan").first()


def submission_events(agenda: Agenda) -> list[Event]:
    """Return that the plan which an agenda stands in reached the city."""
    found = Submission.objects.filter(plan__projects__agenda=agenda).select_related("plan__district", "version")
    return [
        Event(
            at=submission.submitted_at,
            kind="submitted",
            title=_("계획이 서울시에 들어갔어요"),
            text=_("협치회의가 승인한 %(number)d판") % {"number": submission.version.number},
            url=reverse("plans:plan", args=[submission.plan.district.slug, submission.plan.fiscal_year]),
        )
        for submission in found
    ]


def waiting_for(actor: Actor, district: District | None, day: date) -> list[ToDo]:
    """Return approved plans to submit, for the district's staff, and plans that came in, for the city."""
    return [*_to_submit(actor, district, day), *_to_read(actor, day)]


def _to_submit(actor: Actor, district: District | None, day: date) -> list[ToDo]:
    plans = Plan.objects.filter(district=district, state="approved").select_related("district", "cycle")
    return [
        ToDo(
            title=_("승인된 계획을 서울시에 내 주세요"),
            text=_("%(year)d년 계획") % {"year": plan.fiscal_year},
            url=reverse("review:submit", args=[plan.district.slug, plan.fiscal_year]),
            due_on=timezone.localdate(deadline(plan.cycle, "submission")) - timedelta(days=1),
            tone="now",
            label=_("제출"),
        )
        for plan in plans
        if may(actor, "review.submit", plan)
    ]


def _to_read(actor: Actor, day: date) -> list[ToDo]:
    if not may(actor, "review.read_inbox"):
        return []
    count = Submission.objects.filter(plan__cycle__planning_year=day.year).count()
    late = LateSubmission.objects.filter(plan__cycle__planning_year=day.year, plan__submission=None).count()
    items = []
    if count:
        items.append(_inbox_item(_("들어온 계획 %(count)d건을 살펴봐 주세요") % {"count": count}, "info"))
    if late:
        items.append(_inbox_item(_("늦어서 받지 않은 계획 %(count)d건이 있어요") % {"count": late}, "warn"))
    return items


def _inbox_item(title: str, tone: str) -> ToDo:
    return ToDo(title=title, text="", url=reverse("inbox"), due_on=None, tone=tone, label=_("제출"))
