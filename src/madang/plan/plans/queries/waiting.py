"""What waits for somebody in the plan room."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.engines import rulebook
from madang.ground.bodies.models import Meeting
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import may
from madang.ground.people.todo import ToDo
from madang.ground.places.models import District
from madang.plan.plans.models import Plan, Waiver
from madang.plan.plans.queries.opinions import unanswered
from madang.plan.plans.queries.plans import chosen_agendas, plan_status

MOST_ASKED = 10


def waiting_for(actor: Actor, district: District | None, day: date) -> list[ToDo]:
    """Return what a district's staff have to do on its plan, and which meetings wait for a member of its council."""
    found = _to_waive(actor)
    if district is None:
        return found
    plan = Plan.objects.filter(district=district, fiscal_year=day.year + 1).select_related("district", "cycle").first()
    if plan is not None and plan.state != "submitted" and may(actor, "plans.write", plan):
        found += _to_write(plan) + _to_answer(plan)
    return found + _to_attend(actor, district, day)


def _to_write(plan: Plan) -> list[ToDo]:
    url = reverse("plans:plan", args=[plan.district.slug, plan.fiscal_year])
    last = rulebook.plan_day(plan.cycle.planning_year, plan.cycle.rulebook)
    waiting = chosen_agendas(plan).count()
    found: list[ToDo] = []
    if waiting:
        text = _("뽑힌 의제 %(count)d개가 아직 실행계획에 없어요.") % {"count": waiting}
        found.append(ToDo(_("의제를 세부사업으로 만들기"), text, url, last, "now", _("계획")))
    status = plan_status(plan)
    if not status.same:
        text = _("%(number)d판 초안은 아직 승인되지 않았어요.") % {"number": status.draft}
        found.append(ToDo(_("협치회의 승인 받기"), text, url, last, "warn", _("계획")))
    return found


def _to_answer(plan: Plan) -> list[ToDo]:
    count = unanswered(plan)
    if not count:
        return []
    url = reverse("plans:opinions", args=[plan.district.slug, plan.fiscal_year]) + "?waiting"
    text = _("답을 기다리는 의견이 %(count)d건 있어요.") % {"count": count}
    last = rulebook.plan_day(plan.cycle.planning_year, plan.cycle.rulebook)
    return [ToDo(_("초안에 들어온 의견에 답하기"), text, url, last, "now", _("계획"))]


def _to_waive(actor: Actor) -> list[ToDo]:
    """Return what districts ask the city to waive, the oldest first."""
    if not may(actor, "plans.waive"):
        return []
    asked = Waiver.objects.filter(state="asked").exclude(plan__state="submitted").select_related("plan__district")
    return [
        ToDo(
            _("%(district)s의 예외 요청을 살펴보기") % {"district": waiver.plan.district.name},
            f"{waiver.rule} · {waiver.asked_reason[:80]}",
            reverse("plans:waiver", args=[waiver.plan.district.slug, waiver.plan.fiscal_year, waiver.pk]),
            None,
            "now",
            _("예외"),
        )
        for waiver in asked.order_by("asked_at")[:MOST_ASKED]
    ]


def _to_attend(actor: Actor, district: District, day: date) -> list[ToDo]:
    """Return the coming meetings of the bodies in which the actor has a seat."""
    if not actor.is_signed_in:
        return []
    meetings = (
        Meeting.objects.filter(
            body__district=district, body__members__person=actor.person_id, state__in=("called", "in_session")
        )
        .select_related("body")
        .order_by("held_at")
        .distinct()[:5]
    )
    return [
        ToDo(
            meeting.title,
            f"{meeting.body.name} · {meeting.place}",
            reverse("bodies:meeting", args=[district.slug, meeting.body_id, meeting.pk]),
            timezone.localdate(meeting.held_at),
            "now" if meeting.state == "in_session" else "info",
            _("회의"),
        )
        for meeting in meetings
    ]
