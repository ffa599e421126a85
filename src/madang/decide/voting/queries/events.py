from __future__ import annotations

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.decide.agendas.models import Agenda
from madang.decide.agendas.queries.events import Event
from madang.decide.voting.models import Election, Option


def vote_events(agenda: Agenda) -> list[Event]:
    """Return what happened to an agenda in priority votes: that it stood on the ballot, and its certified place."""
    found = Option.objects.filter(agenda=agenda, election__opened_at__isnull=False)
    options = found.select_related("election__district").annotate(among=Count("election__options"))
    events: list[Event] = []
    for option in options.order_by("election__opened_at"):
        election = option.election
        url = reverse("voting:election", args=[election.district.slug, election.slug])
        assert election.opened_at is not None
        events.append(Event(election.opened_at, "vote_opened", _("우선순위 투표에 올랐어요"), election.title, url))
        if election.certified_at is not None:
            events.append(
                Event(election.certified_at, "vote_result", _result_line(option), _fate(option, election), url)
            )
    return events


def _result_line(option: Option) -> str:
    return _("우선순위 투표 %(among)d개 의제 가운데 %(rank)d위") % {
        "among": option.among,  # type: ignore[attr-defined]
        "rank": option.rank,
    }


def _fate(option: Option, election: Election) -> str:
    fate = _("선정되었어요") if option.chosen else _("이번에는 선정되지 않았어요")
    return f"{election.title} · {fate}"
