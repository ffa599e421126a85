from __future__ import annotations

from datetime import date

from madang.engines import rulebook
from madang.ground.bodies.models import Body, Ordinance
from madang.ground.bodies.queries.seats import bodies_of, members_on, seat_facts
from madang.ground.bodies.states import BodyKind
from madang.ground.places.models import District


def ordinance_of(district: District, day: date) -> Ordinance | None:
    """Return a district's governance ordinance as it is in force on a day, or None without a record (BODY-13)."""
    return Ordinance.objects.filter(district=district, enacted_on__lte=day).first()


def quorum_of(body: Body, day: date) -> rulebook.Quorum:
    """Return how many open a meeting and decide: a council by its ordinance, every other body by the default."""
    found = ordinance_of(body.district, day) if body.kind == BodyKind.COUNCIL and body.district else None
    if found is None:
        return rulebook.default_quorum(rulebook.on(day, body.district.name if body.district else ""))
    return rulebook.Quorum(rulebook.Threshold.of(found.present), rulebook.Threshold.of(found.decides))


def ordinance_facts(ordinance: Ordinance) -> rulebook.OrdinanceFacts:
    """Return an ordinance as a fact."""
    return rulebook.OrdinanceFacts(
        enacted_on=ordinance.enacted_on,
        council_by_it=ordinance.council_by_it,
        size_min=ordinance.size_min,
        size_max=ordinance.size_max,
        term_years=ordinance.term_years,
    )


def standing(district: District, step: rulebook.CouncilStep, day: date) -> rulebook.Judgement:
    """Return what the rules say of a district's council when a step is taken on a day (BODY-7, BODY-13).

    A room that takes the step refuses it with what blocks and shows what warns.
    """
    bodies = {body.kind: body for body in bodies_of(district, day).order_by("since_on", "id")}
    council, ordinance = bodies.get(BodyKind.COUNCIL), ordinance_of(district, day)
    facts = rulebook.CouncilFacts(
        step=step,
        council=council is not None,
        task_force=BodyKind.TASK_FORCE in bodies,
        members=seat_facts(council, members_on(council, day), day) if council else (),
        ordinance=ordinance_facts(ordinance) if ordinance else None,
    )
    return rulebook.judge_council(facts, rulebook.on(day, district.name))


def coming(body: Body, came: int, members: int, day: date) -> rulebook.Judgement:
    """Return whether enough members came to open a meeting of a body on a day (BODY-13)."""
    facts = rulebook.CouncilFacts(step="planning", council=True, meeting=(came, members), quorum=quorum_of(body, day))
    return rulebook.judge_council(facts, rulebook.on(day, body.district.name if body.district else ""))
