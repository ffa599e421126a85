"""What is read of the rounds of a draft and of what people said (PLAN-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from madang.ground.bodies.models import Body
from madang.ground.bodies.states import BodyKind
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import may
from madang.ground.places.models import District
from madang.plan.plans.models import Opinion, OpinionRound, Plan
from madang.plan.plans.states import Way

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class OpinionPage:
    """One page of opinions, the oldest first, and the number after which the next page begins (None: the last)."""

    rows: list[Opinion]
    after: int | None


def may_read_opinions(plan: Plan, actor: Actor, day: date) -> bool:
    """Say whether somebody may read the rounds: everybody once one was open online or the plan stands in public."""
    if plan.is_public or may(actor, "plans.read_draft", plan):
        return True
    return plan.rounds.filter(way=Way.ONLINE, starts_on__lte=day).exists()


def rounds_of(plan: Plan) -> QuerySet[OpinionRound]:
    """Return the rounds of a plan with how many opinions each brought and how many wait, without their drafts."""
    return (
        plan.rounds.select_related("body", "plan__district", "plan__cycle")
        .defer("content")
        .annotate(said=Count("opinions"), waiting=Count("opinions", filter=Q(opinions__answer="")))
    )


def open_round(plan: Plan, day: date) -> OpinionRound | None:
    """Return the online round that is open on a day, or None."""
    found = plan.rounds.filter(way=Way.ONLINE, starts_on__lte=day, ends_on__gte=day)
    return found.select_related("plan__district", "plan__cycle").order_by("-pk").first()


def opinions_page(plan: Plan, *, after: int = 0, waiting: bool = False) -> OpinionPage:
    """Return one page of the opinions on a plan; with ``waiting`` only those without an answer."""
    rows = Opinion.objects.filter(round__plan=plan, pk__gt=after).select_related("round__body", "project")
    rows = rows.defer("round__content")
    found = list((rows.filter(answer="") if waiting else rows).order_by("pk")[: PAGE_SIZE + 1])
    return OpinionPage(found[:PAGE_SIZE], found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else None)


def working_groups(district: District, day: date) -> QuerySet[Body]:
    """Return the working groups that a district has on a day."""
    found = Body.objects.filter(district=district, kind=BodyKind.WORKING_GROUP, since_on__lte=day)
    return found.exclude(until_on__lt=day).order_by("name")


def open_rounds_of(district: District, day: date) -> QuerySet[OpinionRound]:
    """Return the online rounds of a district that are open on a day."""
    found = OpinionRound.objects.filter(plan__district=district, way=Way.ONLINE, starts_on__lte=day, ends_on__gte=day)
    return found.select_related("plan__district", "plan__cycle").defer("content")


def unanswered(plan: Plan) -> int:
    """Return how many opinions on a plan wait for an answer."""
    return Opinion.objects.filter(round__plan=plan, answer="").count()
