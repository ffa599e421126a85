from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import Http404

from madang.decide.agendas.models import Agenda
from madang.decide.forums.models import Forum
from madang.decide.forums.states import ForumKind
from madang.decide.voting.models import Election, Option
from madang.ground.cycles.models import Cycle
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import may
from madang.ground.places.models import District

MOST_LISTED = 100


def elections_of(district: District, actor: Actor) -> list[Election]:
    """Return the votes of a district, the newest first; those being prepared only to people who work on them."""
    found = Election.objects.filter(district=district).select_related("district", "cycle", "forum")
    if not may(actor, "voting.see_drafts", Election(district=district)):
        found = found.exclude(state="draft")
    return list(found.annotate(option_count=Count("options"))[:MOST_LISTED])


def election_or_404(district: District, slug: str, actor: Actor) -> Election:
    """Return one vote of a district; a vote being prepared does not exist for the public. Raises ``Http404``."""
    election = (
        Election.objects.filter(district=district, slug=slug).select_related("district", "cycle", "forum").first()
    )
    if election is None or (election.state == "draft" and not may(actor, "voting.see_drafts", election)):
        raise Http404
    return election


def options_of(election: Election) -> list[Option]:
    """Return the options of a vote in the order that was made public."""
    return list(election.options.select_related("agenda__cycle", "agenda__district").order_by("place"))


def shuffled_options(election: Election, seed: str) -> list[Option]:
    """Return the options in an order of the visitor's own, the same on every look, so that no place gains votes."""
    return sorted(options_of(election), key=lambda option: hashlib.sha256(f"{seed}:{option.pk}".encode()).digest())


def open_forums(district: District) -> QuerySet[Forum]:
    """Return the open forums of a district to which a vote can belong."""
    found = Forum.objects.filter(district=district, kind=ForumKind.OPEN).exclude(state="cancelled")
    return found.select_related("cycle").order_by("-starts_at")


@dataclass(frozen=True)
class Candidate:
    """An agenda that may stand on a ballot, and how it stands there now; ``place`` is empty when it does not."""

    agenda: Agenda
    place: int | None
    material: str


def agendas_to_choose(election: Election) -> list[Candidate]:
    """Return the fit agendas of a vote's year and those on its ballot, in ballot order and then by number."""
    options = {option.agenda_id: option for option in options_of(election)}
    fit = Agenda.objects.filter(district_id=election.district_id, cycle_id=election.cycle_id, state="fit")
    on_ballot = [Candidate(option.agenda, option.place, option.material) for option in options.values()]
    others = [
        Candidate(agenda, None, agenda.summary)
        for agenda in fit.select_related("cycle", "district").order_by("number")
        if agenda.pk not in options
    ]
    return on_ballot + others


def cycles_with_votes(district: District) -> QuerySet[Cycle]:
    """Return the years in which a district has votes."""
    return Cycle.objects.filter(elections__district=district).distinct()
