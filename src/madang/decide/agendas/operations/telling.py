"""Tell the people behind an agenda what happens to it, each in their own language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import translation

from madang.decide.agendas.models import Agenda
from madang.ground.notices.operations import tell
from madang.ground.people.models import Person

News = Callable[[], tuple[str, str]]


def agenda_link(agenda: Agenda) -> str:
    """Return the address of an agenda's page."""
    return reverse("agendas:agenda", args=[agenda.district.slug, agenda.page_number])


def proposers_of(agenda: Agenda) -> set[int]:
    """Return the numbers of the people whose proposals the agenda holds now."""
    rows = agenda.strands.filter(undone_at=None, proposal__proposer__isnull=False)
    return set(rows.values_list("proposal__proposer_id", flat=True))


def tell_people(*, person_ids: Iterable[int], key: str, news: News, link: str, at: datetime) -> int:
    """Tell people a piece of news; ``news`` returns subject and body and is asked once for every language."""
    by_language: dict[str, list[int]] = defaultdict(list)
    for person_id, language in Person.objects.filter(pk__in=set(person_ids)).values_list("pk", "language"):
        by_language[language].append(person_id)
    told = 0
    for language, ids in sorted(by_language.items()):
        with translation.override(language):
            subject, body = news()
        told += tell(person_ids=ids, key=key, subject=subject, body=body, link=link, at=at)
    return told


def tell_proposers(*, agenda: Agenda, key: str, news: News, at: datetime) -> int:
    """Tell the proposers of an agenda that something happened to it; this news cannot be switched off."""
    return tell_people(
        person_ids=proposers_of(agenda), key=f"agenda-{agenda.pk}-{key}", news=news, link=agenda_link(agenda), at=at
    )
