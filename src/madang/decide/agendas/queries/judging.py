"""Agendas, transferred proposals and what was recorded of them, as facts for the rules AGENDA-1 to 7."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from madang.decide.agendas.models import Agenda, CriteriaReview, ExclusionReview, Invitation, Proposal, Strand
from madang.decide.agendas.states import Criterion, InvitationStep, Origin
from madang.engines import rulebook
from madang.ground.cycles.models import Cycle
from madang.ground.places.models import District

# What has happened to an agenda in a state, so that its proposers should have been invited to it.
STEPS_COME: Mapping[str, tuple[str, ...]] = {
    "fit": (InvitationStep.DELIBERATION,),
    "not_chosen": (InvitationStep.DELIBERATION, InvitationStep.OPEN_FORUM),
    "chosen": (InvitationStep.DELIBERATION, InvitationStep.OPEN_FORUM),
}
UNDECIDED = ("gathered", "in_review", "fit")
MOST_NAMED = 20


def rulebook_of(cycle: Cycle, district: District) -> rulebook.View:
    """Return the rulebook by which a district's year is judged: that of the last day of submission."""
    return rulebook.on(rulebook.plan_day(cycle.planning_year, cycle.rulebook), district.name, edition=cycle.rulebook)


def agenda_facts(
    agendas: Iterable[Agenda], *, places: Mapping[int, rulebook.Place] | None = None
) -> tuple[rulebook.AgendaFacts, ...]:
    """Return agendas as facts in four queries whatever their number.

    ``places`` names by agenda the project it became: its proposers are then to be invited to the planning too.
    """
    agendas, places = list(agendas), places or {}
    numbers = [agenda.pk for agenda in agendas]
    reviews = _reviews(agendas)
    strands = _strands(numbers)
    invited = _invited(numbers)
    excluded = dict(
        ExclusionReview.objects.filter(agenda_id__in=numbers)
        .order_by("agenda_id", "-id")
        .distinct("agenda_id")
        .values_list("agenda_id", "points")
    )
    return tuple(
        rulebook.AgendaFacts(
            where=places.get(agenda.pk, rulebook.Place("plan")),
            name=agenda.public_number if places else "",
            reviews=reviews[agenda.pk],
            forums=len({strand.forum for strand in strands[agenda.pk] if strand.forum}),
            proposers=sum(strand.reachable for strand in strands[agenda.pk]),
            invited=tuple(
                (step, _count_invited(strands[agenda.pk], invited[agenda.pk, step]))
                for step in _steps_come(agenda, agenda.pk in places)
            ),
            excluded=None if agenda.pk not in excluded else tuple(sorted(excluded[agenda.pk])),
        )
        for agenda in agendas
    )


class _Reached(NamedTuple):
    """A proposal of an agenda: its number, the recorded forum it came from, and whether its proposer is known."""

    proposal: int
    forum: int | None
    reachable: bool


def _steps_come(agenda: Agenda, planned: bool) -> tuple[str, ...]:
    """Return the steps that an agenda has come to."""
    come = STEPS_COME.get(agenda.state, ())
    return (*(str(step) for step in come), *((InvitationStep.PLANNING.value,) if planned else ()))


def _count_invited(strands: list[_Reached], invited: set[int]) -> int:
    return sum(strand.reachable and strand.proposal in invited for strand in strands)


def _reviews(agendas: list[Agenda]) -> Mapping[int, tuple[tuple[str, int, int], ...]]:
    """Return by agenda how the reviewers of its present round judged each criterion."""
    rounds = {agenda.pk: agenda.round for agenda in agendas}
    tallies: dict[int, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    rows = CriteriaReview.objects.filter(agenda_id__in=rounds).values_list("agenda_id", "round", "criterion", "passed")
    for agenda_id, taken_up, criterion, passed in rows:
        if taken_up == rounds[agenda_id]:
            tallies[agenda_id][criterion].append(passed)
    found = {
        number: tuple((key, sum(judged[key]), len(judged[key])) for key in Criterion.values if judged[key])
        for number, judged in tallies.items()
    }
    return defaultdict(tuple, found)


def _strands(numbers: list[int]) -> Mapping[int, list[_Reached]]:
    """Return by agenda the proposals that it holds now."""
    found: dict[int, list[_Reached]] = defaultdict(list)
    rows = Strand.objects.filter(agenda_id__in=numbers, undone_at=None).select_related("proposal__forum")
    for strand in rows:
        proposal = strand.proposal
        forum = proposal.forum_id if proposal.forum and proposal.forum.state == "recorded" else None
        reachable = bool(proposal.proposer_id or proposal.proposer_name)
        found[strand.agenda_id].append(_Reached(proposal.pk, forum, reachable))
    return found


def _invited(numbers: list[int]) -> Mapping[tuple[int, str], set[int]]:
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    rows = Invitation.objects.filter(agenda_id__in=numbers).values_list("agenda_id", "step", "proposal_id")
    for agenda_id, step, proposal_id in rows:
        found[agenda_id, step].add(proposal_id)
    return found


def judged(agenda: Agenda) -> rulebook.Judgement:
    """Judge an agenda by what was recorded of it (AGENDA-1 to 4, 6 and 7)."""
    (facts,) = agenda_facts([agenda])
    return rulebook.judge_agenda(facts, rulebook_of(agenda.cycle, agenda.district))


def transferred_facts(district: District, cycle: Cycle) -> rulebook.Transferred:
    """Return the transferred proposals of a year and which have no outcome: received, or in an undecided agenda."""
    rows = Proposal.objects.filter(district=district, cycle=cycle, origin=Origin.TRANSFERRED)
    undecided = Q(state="received") | Q(state="merged", strands__undone_at=None, strands__agenda__state__in=UNDECIDED)
    open_ones = rows.filter(undecided).select_related("district", "cycle").order_by("number").distinct()
    return rulebook.Transferred(rows.count(), tuple(one.public_number for one in open_ones))


@dataclass(frozen=True, slots=True)
class Invited:
    """How many proposers were invited to a step, how many came, and on which days."""

    step: str
    label: str
    invited: int
    came: int
    how: tuple[str, ...]


def invitations_of(agenda: Agenda) -> list[Invited]:
    """Return the invitations of an agenda by step, without naming anybody."""
    rows: dict[str, list[Invitation]] = defaultdict(list)
    for row in agenda.invitations.all():
        rows[row.step].append(row)
    return [
        Invited(
            step.value,
            str(step.label),
            len(rows[step]),
            sum(bool(row.came) for row in rows[step]),
            tuple(dict.fromkeys(f"{row.invited_on.month}. {row.invited_on.day}. {row.how}" for row in rows[step])),
        )
        for step in InvitationStep
        if rows[step]
    ]


def proposals_to_invite(agenda: Agenda) -> list[Proposal]:
    """Return the proposals of an agenda whose proposers are known."""
    rows = agenda.strands.filter(undone_at=None).select_related(
        "proposal__proposer", "proposal__district", "proposal__cycle"
    )
    found = [strand.proposal for strand in rows.order_by("proposal__number")]
    return [one for one in found if one.proposer_id or one.proposer_name]


def exclusion_reviews(agenda: Agenda) -> list[ExclusionReview]:
    """Return what reviewers found of the ordinance's exclusions, the newest first."""
    return list(agenda.exclusion_reviews.all()[:MOST_NAMED])


def exclusions(view: rulebook.View) -> dict[int, rulebook.Parameter]:
    """Return the ordinance's exclusions by number."""
    keys = view.rules["AGENDA-7"].parameters
    return {view.number(key): view[key] for key in keys}
