from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from madang.decide.agendas.models import Agenda
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import may
from madang.ground.places.models import District
from madang.plan.plans.models import Plan, PlanVersion
from madang.plan.plans.queries.documents import Document, content_hash, draft_content
from madang.plan.plans.states import PUBLIC

LIST_LENGTH = 20


@dataclass(frozen=True, slots=True)
class PlanStatus:
    """How the present draft stands to what the council approved.

    ``approved`` and ``submitted`` are numbers of versions or None. ``draft`` is the number that a version frozen now
    would carry; ``frozen`` says that the draft is exactly the newest version, ``same`` that it is exactly the
    approved one.
    """

    approved: int | None
    approved_at: datetime | None
    submitted: int | None
    draft: int
    frozen: bool
    same: bool


def plans_of(district: District, actor: Actor) -> list[Plan]:
    """Return a district's plans by year, newest first: all for those who may read drafts, else the public ones."""
    found = Plan.objects.filter(district=district).select_related("district", "cycle")
    if not may(actor, "plans.read_draft", _Subject(district.pk)):
        found = found.filter(state__in=PUBLIC)
    return list(found[:LIST_LENGTH])


def plan_of_year(district: District, fiscal_year: int) -> Plan | None:
    """Return a district's plan for a fiscal year, or None."""
    return (
        Plan.objects.filter(district=district, fiscal_year=fiscal_year)
        .select_related("district", "cycle", "submitted_version")
        .first()
    )


def plan_or_404(district: District, fiscal_year: int, actor: Actor) -> Plan:
    """Return a plan that the actor may read, at least in its approved version; raises ``Http404``."""
    plan = plan_of_year(district, fiscal_year)
    if plan is None or not (plan.is_public or may(actor, "plans.read_draft", plan)):
        raise Http404
    return plan


def read_plan(plan: Plan, actor: Actor) -> tuple[Document, PlanVersion | None]:
    """Return what an actor reads of a plan: the draft with None, or the approved content with its version."""
    if may(actor, "plans.read_draft", plan):
        return draft_content(plan), None
    version = public_version(plan)
    if version is None:
        raise Http404
    return version.content, version


def public_version(plan: Plan) -> PlanVersion | None:
    """Return the version that stands in public: the submitted one, else the newest that the council approved."""
    if not plan.is_public:
        return None
    return plan.submitted_version if plan.state == "submitted" else approved_version(plan)


def approved_version(plan: Plan) -> PlanVersion | None:
    """Return the newest version that the council approved, or None."""
    return plan.versions.filter(approval__isnull=False).select_related("approval__motion__meeting").first()


def latest_version(plan: Plan) -> PlanVersion | None:
    """Return the newest frozen version, or None."""
    return plan.versions.first()


def versions_of(plan: Plan) -> QuerySet[PlanVersion]:
    """Return a plan's versions, newest first, without their contents."""
    return plan.versions.select_related("approval__motion__meeting__body").defer("content")


def plan_status(plan: Plan, content: Document | None = None) -> PlanStatus:
    """Return how the draft stands to the approved version; ``content`` saves reading the draft again."""
    latest = plan.versions.defer("content").first()
    approved = plan.versions.filter(approval__isnull=False).select_related("approval").defer("content").first()
    sha256 = content_hash(content or draft_content(plan))
    frozen = latest is not None and latest.sha256 == sha256
    number = latest.number if latest else 0
    submitted = plan.submitted_version
    return PlanStatus(
        approved.number if approved else None,
        approved.approval.approved_at if approved else None,
        submitted.number if submitted else None,
        number if frozen else number + 1,
        frozen,
        approved is not None and approved.sha256 == sha256,
    )


def chosen_agendas(plan: Plan) -> QuerySet[Agenda]:
    """Return the agendas of the plan's year that were chosen and have no project in it yet."""
    taken = plan.projects.exclude(agenda=None).values("agenda_id")
    return (
        Agenda.objects.filter(district=plan.district, cycle=plan.cycle, state="chosen")
        .exclude(pk__in=taken)
        .select_related("district", "cycle")
    )


@dataclass(frozen=True, slots=True)
class _Subject:
    district_id: int
