"""One thread on one page: from a resident's sentence to the line of the budget, and back."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from madang.decide.agendas.models import Agenda, Proposal
from madang.decide.agendas.queries.events import Event
from madang.decide.agendas.queries.lives import whole_life
from madang.decide.voting.queries import vote_events
from madang.ground.cycles.models import Cycle
from madang.plan.plans.queries.public import Budget, budget_of_agenda, project_events
from madang.plan.plans.states import PUBLIC
from madang.plan.review.queries import submission_events

# The way in short: the sentence, the agenda, the vote, the money, the city.
MILESTONES = ("proposed", "merged", "vote_result", "budget", "submitted")
# The vote tells its own result with the rank; the agenda's line would say it a second time.
TOLD_BY_THE_VOTE = frozenset({"chosen", "not_chosen"})


@dataclass(frozen=True)
class Thread:
    """A proposal, the agenda it flowed into (or none), and everything that happened, oldest first."""

    proposal: Proposal
    agenda: Agenda | None
    others: tuple[Proposal, ...]
    events: tuple[Event, ...]
    budget: Budget | None = None

    def milestones(self) -> list[Event]:
        """Return at most five events that tell the way in short."""
        first = {event.kind: event for event in reversed(self.events)}
        return [first[kind] for kind in MILESTONES if kind in first]


def thread_of(proposal: Proposal) -> Thread:
    """Gather the life of a proposal from every room."""
    strand = proposal.strands.filter(undone_at=None).select_related("agenda__district", "agenda__cycle").first()
    if strand is None:
        return Thread(proposal, None, (), tuple(whole_life(proposal)))
    agenda = strand.agenda
    voted = vote_events(agenda)
    told = TOLD_BY_THE_VOTE if any(event.kind == "vote_result" for event in voted) else frozenset()
    events = [event for event in whole_life(proposal) if event.kind not in told]
    events += [*voted, *project_events(agenda), *submission_events(agenda)]
    siblings = Proposal.objects.filter(strands__agenda=agenda, strands__undone_at=None).exclude(pk=proposal.pk)
    return Thread(
        proposal,
        agenda,
        tuple(siblings.select_related("district", "cycle").order_by("proposed_at")),
        tuple(sorted(events, key=lambda event: event.at)),
        budget_of_agenda(agenda),
    )


def furthest_thread(cycle: Cycle | None) -> Thread | None:
    """Return the thread of a proposal that has come furthest in a cycle: into a public plan, with most beside it."""
    public = Agenda.objects.filter(cycle=cycle, projects__plan__state__in=PUBLIC)
    agenda = (
        public.annotate(joined=Count("strands", filter=Q(strands__undone_at=None), distinct=True))
        .order_by("-joined", "pk")
        .first()
    )
    if agenda is None:
        return None
    strands = agenda.strands.filter(undone_at=None).select_related(
        "proposal__district", "proposal__cycle", "proposal__forum", "proposal__proposer"
    )
    strand = strands.order_by("proposal__proposed_at").first()
    return thread_of(strand.proposal) if strand is not None else None
