from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils import timezone

from madang.decide.voting.models import Election, RollEntry, RollFile
from madang.decide.voting.rolls import RollCheck, Voter, check_roll, dong_key, read_roll
from madang.ground.places.queries import dongs_of

MOST_FOUND = 20


def check_file(election: Election, content: bytes, name: str) -> RollCheck:
    """Say what a roll file holds for a vote. Raises ``UnableToReadTable``."""
    closing_on = timezone.localdate(election.closes_at)
    dongs = {dong_key(dong.name): dong.pk for dong in dongs_of(election.district, closing_on)}
    rows = RollEntry.objects.filter(election=election).values_list("reference", "name", "birth_on", "dong_id")
    return check_roll(
        read_roll(content, name),
        dongs=dongs,
        known=[Voter(*row) for row in rows],
        age_least=election.age_least,
        closing_on=closing_on,
    )


def waiting_file(election: Election) -> RollFile | None:
    """Return the roll file that was handed in and waits to be taken in."""
    return RollFile.objects.filter(election=election, taken_at=None).exclude(content=b"").first()


@dataclass(frozen=True)
class RollSummary:
    """How many voters are on a roll, how many of them have an access code, and how many by dong."""

    size: int
    with_code: int
    by_dong: tuple[tuple[str, int], ...]


def roll_summary(election: Election) -> RollSummary:
    """Count the roll of a vote by dong."""
    voters = RollEntry.objects.filter(election=election)
    rows = voters.values_list("dong__name").annotate(number=Count("pk")).order_by("dong__name")
    by_dong = tuple((name, number) for name, number in rows)
    with_code = voters.exclude(access_code_hash="").count()
    return RollSummary(sum(number for _name, number in by_dong), with_code, by_dong)


def find_voters(
    election: Election, *, reference: str = "", name: str = "", birth_on: date | None = None
) -> list[RollEntry]:
    """Return the voters with a number, or with a name and a day of birth; nothing for less than that."""
    if reference.strip():
        wanted = Q(reference=reference.strip())
    elif name.strip() and birth_on is not None:
        wanted = Q(name=" ".join(name.split()), birth_on=birth_on)
    else:
        return []
    return list(RollEntry.objects.filter(wanted, election=election).select_related("dong")[:MOST_FOUND])
