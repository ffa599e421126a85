from __future__ import annotations

from madang.decide.agendas.models import Proposal
from madang.decide.agendas.queries.agendas import agenda_events
from madang.decide.agendas.queries.events import Event
from madang.decide.agendas.queries.proposals import proposal_events


def whole_life(proposal: Proposal) -> list[Event]:
    """Return what happened to a proposal and to the agenda that holds it now, oldest first."""
    events = proposal_events(proposal)
    strand = proposal.strands.filter(undone_at=None).select_related("agenda__cycle", "agenda__district").first()
    if strand is not None:
        # The proposal tells of its own merge; that others were merged with it stands on the agenda's page.
        events += [event for event in agenda_events(strand.agenda) if event.kind != "merged"]
    return sorted(events, key=lambda event: event.at)
