"""What became of an agenda in a plan, for the public thread of its life."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from madang.decide.agendas.models import Agenda
from madang.decide.agendas.queries.events import Event
from madang.plan.plans.models import PlanVersion, Project
from madang.plan.plans.queries.plans import public_version
from madang.plan.plans.states import PUBLIC


def project_events(agenda: Agenda) -> list[Event]:
    """Return how an agenda became a project with money, from the public version only; nothing while it is a draft."""
    events: list[Event] = []
    found = Project.objects.filter(agenda=agenda, plan__state__in=PUBLIC).select_related(
        "plan__district", "plan__cycle", "plan__submitted_version"
    )
    for project in found:
        version = public_version(project.plan)
        entry = _entry(version, project.number) if version else None
        if version is not None and entry is not None:
            events.append(_approved(version, project, entry))
    return events


def _entry(version: PlanVersion, number: str) -> dict[str, object] | None:
    """Return the project as the version has it, or None where the version does not."""
    projects = version.content["plan"]["projects"]
    return next((entry for entry in projects if entry["id"] == number), None)


def _approved(version: PlanVersion, project: Project, entry: dict[str, object]) -> Event:
    plan = project.plan
    lines: list[dict[str, int]] = entry["lines"]  # type: ignore[assignment]
    city = sum(line["city"] for line in lines)
    total = sum(line[source] for line in lines for source in ("city", "district", "national", "other"))
    return Event(
        at=version.approval.approved_at,
        kind="planned",
        title=_("%(year)d년 실행계획에 %(total)s천원으로 담겼어요") % {"year": plan.fiscal_year, "total": f"{total:,}"},
        text=_("%(title)s · 시비 %(city)s천원, 예산 %(lines)d줄")
        % {"title": entry["title"], "city": f"{city:,}", "lines": len(lines)},
        url=reverse("plans:project", args=[plan.district.slug, plan.fiscal_year, project.number]),
    )
