"""What everybody may read of an agenda's project: only from the version that stands in public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from madang.decide.agendas.models import Agenda
from madang.decide.agendas.queries.events import Event
from madang.engines import rulebook
from madang.plan.plans.models import PlanVersion, Project
from madang.plan.plans.models.projects import SOURCES
from madang.plan.plans.queries.plans import public_version
from madang.plan.plans.states import PUBLIC


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A line as the public reads it: what it is for, and thousand won."""

    label: str
    city_kwon: int
    district_kwon: int
    total_kwon: int


@dataclass(frozen=True, slots=True)
class Budget:
    """The money of an agenda's project in thousand won, with the page of the project."""

    lines: tuple[BudgetLine, ...]
    url: str

    @property
    def city_kwon(self) -> int:
        return sum(line.city_kwon for line in self.lines)

    @property
    def district_kwon(self) -> int:
        return sum(line.district_kwon for line in self.lines)

    @property
    def total_kwon(self) -> int:
        return sum(line.total_kwon for line in self.lines)


def project_events(agenda: Agenda) -> list[Event]:
    """Return how an agenda became a project with money, from the public version only; nothing while it is a draft."""
    found = _public_project(agenda)
    if found is None:
        return []
    project, version, entry = found
    budget = _budget(project, entry)
    approval = version.approval
    return [
        Event(
            at=approval.approved_at,
            kind="budget",
            title=_("%(year)d년 실행계획에 %(total)s천원으로 담겼어요")
            % {"year": project.plan.fiscal_year, "total": f"{budget.total_kwon:,}"},
            text=_("협치회의가 「%(title)s」 세부사업과 예산 %(lines)d줄을 승인했어요.")
            % {"title": entry["title"], "lines": len(budget.lines)},
            url=budget.url,
        )
    ]


def budget_of_agenda(agenda: Agenda) -> Budget | None:
    """Return the budget of an agenda's project as it stands in public, or None while there is none."""
    found = _public_project(agenda)
    return _budget(found[0], found[2]) if found else None


def _public_project(agenda: Agenda) -> tuple[Project, PlanVersion, dict[str, Any]] | None:
    """Return the newest project of an agenda in a public plan, with the version and what the version says of it."""
    found = Project.objects.filter(agenda=agenda, plan__state__in=PUBLIC).select_related(
        "plan__district", "plan__cycle", "plan__submitted_version__approval"
    )
    for project in found.order_by("-plan__fiscal_year"):
        version = public_version(project.plan)
        projects = version.content["plan"]["projects"] if version else []
        entry = next((one for one in projects if one["id"] == project.number), None)
        if version is not None and entry is not None:
            return project, version, entry
    return None


def _budget(project: Project, entry: dict[str, Any]) -> Budget:
    plan = project.plan
    items = rulebook.item_codes(plan.fiscal_year)
    lines = tuple(
        BudgetLine(
            label=line["basis"] or (item.name if (item := items.get(line["item"])) else line["item"]),
            city_kwon=line["city"],
            district_kwon=line["district"],
            total_kwon=sum(line[source] for source in SOURCES),
        )
        for line in entry["lines"]
    )
    return Budget(lines, reverse("plans:project", args=[plan.district.slug, plan.fiscal_year, project.number]))
