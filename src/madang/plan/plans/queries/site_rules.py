"""What the site's records say of a plan, as facts for the rules that a plan file cannot answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q

from madang.decide.agendas.queries.judging import agenda_facts, transferred_facts
from madang.decide.forums.models import Forum
from madang.decide.voting.queries.preparing import votes_about
from madang.engines.rulebook import Place, PlanRecords, Sharing, Spreading
from madang.plan.plans.models import Opinion, Plan, Project
from madang.plan.plans.queries.documents import Document
from madang.plan.plans.queries.opinions import working_groups
from madang.plan.plans.queries.plans import approved_version
from madang.plan.plans.states import PartyKind, TextPart


def plan_records(plan: Plan, content: Document, *, day: date) -> PlanRecords:
    """Return what the records say on a day of a draft whose content was read, in a constant number of queries."""
    kinds = Forum.objects.filter(district=plan.district, cycle=plan.cycle, recorded_at__isnull=False)
    earlier = plan.district.years.filter(cycle__planning_year__lt=plan.cycle.planning_year)
    found = list(plan.projects.exclude(agenda=None).select_related("agenda__district", "agenda__cycle"))
    agendas = [project.agenda for project in found if project.agenda is not None]
    return PlanRecords(
        written=tuple(
            f"{part}/{key}" for part in TextPart.values for key in sorted(content.get(part, {}).get("texts", {}))
        ),
        first_year=not earlier.exists(),
        forum_kinds=tuple(sorted(set(kinds.values_list("kind", flat=True)))),
        unfinished=tuple(
            (entry["id"], position)
            for position, entry in enumerate(content["plan"]["projects"], 1)
            if not content["projects"][entry["id"]]["ends_within_year"]
        ),
        parts=_parts(content),
        base_years=(plan.base_first_year, plan.base_last_year),
        agendas=agenda_facts(agendas, places=_places(found, content)),
        transferred=transferred_facts(plan.district, plan.cycle),
        votes=votes_about(agendas),
        sharing=sharing_facts(plan, day),
        spreading=spreading_facts(plan, day),
    )


def _places(projects: Iterable[Project], content: Document) -> dict[int, Place]:
    """Return by agenda where its project stands in the content."""
    positions = {entry["id"]: position for position, entry in enumerate(content["plan"]["projects"], 1)}
    return {
        project.agenda_id: Place("project", project.number, positions.get(project.number, 0))
        for project in projects
        if project.agenda_id is not None
    }


def _parts(content: Document) -> tuple[str, ...]:
    """Return which of base plan and action plan hold anything (PLAN-1)."""
    base = content["base"]
    found = {"base": base["tasks"] or base["texts"], "action": content["plan"]["projects"]}
    return tuple(part for part, held in found.items() if held)


def sharing_facts(plan: Plan, day: date) -> Sharing:
    """Return how the draft went round until a day (PLAN-12)."""
    rounds = plan.rounds.filter(starts_on__lte=day).select_related("body").defer("content")
    counted = Opinion.objects.filter(round__plan=plan).aggregate(
        opinions=Count("pk"), unanswered=Count("pk", filter=Q(answer=""))
    )
    return Sharing(
        rounds=tuple((one.way, one.body.name if one.body else "") for one in rounds),
        groups=tuple(working_groups(plan.district, day).values_list("name", flat=True)),
        **counted,
    )


def spreading_facts(plan: Plan, day: date) -> Spreading:
    """Return what followed the approval until a day (PLAN-13)."""
    version = approved_version(plan)
    if version is None:
        return Spreading()
    return Spreading(
        approved=True,
        handed_out=plan.handouts.filter(handed_on__lte=day).count(),
        partners=partners_of(version.content),
        agreed=tuple(plan.agreements.values_list("partner", flat=True)),
    )


def partners_of(content: Document) -> tuple[str, ...]:
    """Return the private partners that carry out the projects of a content, each once."""
    found = {
        party["name"]: None
        for entry in content["plan"]["projects"]
        for party in content["projects"][entry["id"]]["parties"]
        if party.get("kind") == PartyKind.PARTNER and party.get("name")
    }
    return tuple(found)
