from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat, Lower, Replace

from madang.decide.survey.models import Resource
from madang.ground.places.models import District

PAGE = 30
MOST_WORDS = 6


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for in the register; empty means everything."""

    kind: str = ""
    theme: str = ""
    dong: int | None = None
    text: str = ""


@dataclass(frozen=True)
class ResourcePage:
    """One page of resources, newest first; ``older`` is the number below which the next page begins, or None."""

    rows: Sequence[Resource]
    older: int | None


def listed(district: District, wanted: Wanted, before: int | None = None) -> ResourcePage:
    """Return a page of the public register; every word of the text must occur, whatever the spacing."""
    found = Resource.objects.filter(district=district, state="listed").select_related("dong")
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.theme:
        found = found.filter(theme=wanted.theme)
    if wanted.dong is not None:
        found = found.filter(dong_id=wanted.dong)
    found = _with_words(found, wanted.text.lower().split()[:MOST_WORDS])
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-pk")[: PAGE + 1])
    return ResourcePage(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None)


def _with_words(found: QuerySet[Resource], words: Sequence[str]) -> QuerySet[Resource]:
    if not words:
        return found
    said = Lower(Concat("title", Value(" "), "about", Value(" "), "place", output_field=TextField()))
    found = found.annotate(said=Replace(said, Value(" "), Value(""), output_field=TextField()))
    for word in words:
        found = found.filter(said__contains=word)
    return found


def suggested(district: District) -> QuerySet[Resource]:
    """Return the suggestions that wait for an officer, the oldest first."""
    return Resource.objects.filter(district=district, state="suggested").select_related("dong").order_by("pk")[:50]


def resource_in(district: District, number: int) -> Resource | None:
    """Return one resource of a district, or None."""
    found = Resource.objects.filter(district=district, pk=number)
    return found.select_related("district", "dong").first()
