"""The plan or project that an address names, for those who may see it."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from madang.ground.people.permissions import require
from madang.ground.places.queries import district_or_404
from madang.plan.plans.models import Plan, Project
from madang.plan.plans.queries.plans import plan_or_404


def plan_for(request: Any, district: str, year: int) -> Plan:
    """Return the plan of an address; 404 for those who may not see it."""
    return plan_or_404(district_or_404(district), year, request.actor)


def plan_to_write(request: Any, district: str, year: int) -> Plan:
    """Return the plan of an address for somebody who may write it; refused with the reason to its other readers."""
    plan = plan_for(request, district, year)
    require(request.actor, "plans.write", plan)
    return plan


def project_to_write(request: Any, district: str, year: int, number: str) -> Project:
    """Return a project of the draft for somebody who may write it."""
    plan = plan_to_write(request, district, year)
    project = plan.projects.select_related("plan__district", "plan__cycle", "task").filter(number=number).first()
    if project is None:
        raise Http404
    return project
