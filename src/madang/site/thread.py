"""One thread on one page: from a resident's sentence to the line of the budget, and back."""

from __future__ import annotations

from dataclasses import dataclass

from madang.decide.agendas.models import Agenda, Proposal
from madang.decide.agendas.queries.agendas import agenda_events
from madang.decide.agendas.queries.events import Event
from madang.decide.agendas.queries.proposals import proposal_events
from madang.decide.voting.queries import vote_events
from madang.ground.cycles.models import Cycle
from madang.ground.places.models import District
from madang.plan.plans.queries import project_events
from madang.plan.plans.queries.plans import public_version
from madang.plan.review.queries import submission_events


@dataclass(frozen=True)
class BudgetLine:
    """One line of the budget in thousand won: what it is for, and where the money comes from."""

    label: str
    item: str
    city_kwon: int
    district_kwon: int
    total_kwon: int


@dataclass(frozen=True)
class Budget:
    """The money an agenda got, from the version that stands in public."""

    lines: tuple[BudgetLine, ...]

    @property
    def city_kwon(self) -> int:
        return sum(line.city_kwon for line in self.lines)

    @property
    def district_kwon(self) -> int:
        return sum(line.district_kwon for line in self.lines)

    @property
    def total_kwon(self) -> int:
        return sum(line.total_kwon for line in self.lines)


@dataclass(frozen=True)
class Thread:
    """A proposal, the agenda it flowed into (or none), and everything that happened, oldest first."""

    proposal: Proposal
    agenda: Agenda | None
    others: tuple[Proposal, ...]
    events: tuple[Event, ...]
    budget: Budget | None = None

    def milestones(self) -> list[Event]:
        """Return at most five events that tell the way in short: the sentence, the agenda, the vote, the plan."""
        wanted = ("proposed", "merged", "vote", "planned", "submitted")
        first = {kind: next((event for event in self.events if event.kind == kind), None) for kind in wanted}
        return [event for event in first.values() if event is not None]


def find_proposal(district: District, label: str) -> Proposal | None:
    """Return the proposal with the number in an address ("2020-0042"), or None."""
    year, _dash, number = label.partition("-")
    if not (year.isdigit() and number.isdigit() and len(year) == 4 and len(number) <= 7):
        return None
    cycle = Cycle.objects.filter(planning_year=int(year)).first()
    found = Proposal.objects.filter(district=district, cycle=cycle, number=int(number))
    return found.select_related("district", "cycle", "dong", "forum", "proposer").first()


def thread_of(proposal: Proposal) -> Thread:
    """Gather the life of a proposal from every room."""
    strand = proposal.strands.filter(undone_at=None).select_related("agenda__district", "agenda__cycle").first()
    agenda = strand.agenda if strand is not None else None
    events = list(proposal_events(proposal))
    others: tuple[Proposal, ...] = ()
    budget = None
    if agenda is not None:
        siblings = Proposal.objects.filter(strands__agenda=agenda, strands__undone_at=None).exclude(pk=proposal.pk)
        others = tuple(siblings.select_related("district", "cycle").order_by("proposed_at"))
        for source in (agenda_events, vote_events, project_events, submission_events):
            events.extend(source(agenda))
        budget = budget_of_agenda(agenda)
    unique = {(event.at, event.kind, event.title): event for event in events}
    return Thread(proposal, agenda, others, tuple(sorted(unique.values(), key=lambda event: event.at)), budget)


def budget_of_agenda(agenda: Agenda) -> Budget | None:
    """Return the budget lines of an agenda's project as the public version has them, or None before that."""
    project = agenda.projects.select_related("plan__district", "plan__submitted_version").first()
    version = public_version(project.plan) if project is not None else None
    if project is None or version is None:
        return None
    entries = [entry for entry in version.content["plan"]["projects"] if entry["id"] == project.number]
    return Budget(
        tuple(
            BudgetLine(
                label=line["basis"] or line["item"],
                item=line["item"],
                city_kwon=line["city"],
                district_kwon=line["district"],
                total_kwon=line["city"] + line["district"] + line["national"] + line["other"],
            )
            for entry in entries
            for line in entry["lines"]
        )
    )
