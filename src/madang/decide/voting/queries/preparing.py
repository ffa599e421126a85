"""What was recorded of a vote, as facts for AGENDA-8."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from madang.decide.agendas.models import Agenda
from madang.decide.agendas.queries.judging import rulebook_of
from madang.decide.voting.models import Election
from madang.decide.voting.states import INSTRUCTIONS
from madang.engines import rulebook


def vote_facts(elections: Iterable[Election]) -> tuple[rulebook.VoteFacts, ...]:
    """Return votes as facts; each election has its forum, its preparation and the counts of ``with_options``."""
    return tuple(_facts(election) for election in elections)


def votes_about(agendas: Iterable[Agenda]) -> tuple[rulebook.VoteFacts, ...]:
    """Return the votes whose certified result decided about any of these agendas, in one query."""
    found = Election.objects.filter(options__agenda__in=list(agendas), state="certified").values("pk")
    return vote_facts(_with_options().filter(pk__in=found).order_by("pk"))


def judged_vote(election: Election) -> rulebook.Judgement:
    """Judge a vote by what was recorded of it (AGENDA-8)."""
    (facts,) = vote_facts(_with_options().filter(pk=election.pk))
    return rulebook.judge_vote(facts, rulebook_of(election.cycle, election.district))


def _with_options() -> QuerySet[Election]:
    return Election.objects.select_related("forum", "preparation").annotate(
        option_count=Count("options"), without_material=Count("options", filter=Q(options__material=""))
    )


def _facts(election: Election) -> rulebook.VoteFacts:
    told = getattr(election, "preparation", None)
    counts = {"options": election.option_count, "without_material": election.without_material}  # type: ignore[attr-defined]
    if told is None:
        return rulebook.VoteFacts(forum_kind=election.forum.kind, **counts)
    return rulebook.VoteFacts(
        forum_kind=election.forum.kind,
        material_days_before=(timezone.localdate(election.opens_at) - told.material_given_on).days,
        viewpoints=tuple(told.viewpoints),
        instructions=len(INSTRUCTIONS) if told.paper_instructions else 0,
        **counts,
    )
