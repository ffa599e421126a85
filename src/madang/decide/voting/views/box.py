"""The way of a ballot through its pages, the same online and at a desk: choose, look again, cast."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from madang.decide.voting import operations, queries
from madang.decide.voting.models import Election, RollEntry
from madang.decide.voting.operations.casting import Receipt, already_voted, check_choices
from madang.decide.voting.states import DESK_CHANNELS, Channel
from madang.ground.workflow import UnableTo


@dataclass(frozen=True)
class Way:
    """One voter on the way to a receipt: by which channel, and in whose order the options stand."""

    election: Election
    voter: RollEntry
    channel: Channel
    seed: str

    @property
    def at_desk(self) -> bool:
        return self.channel in DESK_CHANNELS


def ballot_page(request: Any, way: Way) -> HttpResponse | Receipt:
    """Answer the page of a ballot's next step, or the receipt once it is cast."""
    step = request.POST.get("step", "")
    choices = [_number(text) for text in request.POST.getlist("choice")]
    key = request.POST.get("key") or secrets.token_urlsafe(24)
    if step == "cast":
        return _cast(request, way, choices, key)
    if way.voter.state == "spent":
        return _spent(request, way)
    if step != "review":
        return _choose(request, way, choices, key)
    try:
        check_choices(way.election, choices)
    except UnableTo as refusal:
        return _choose(request, way, choices, key, str(refusal.reason))
    picked = [option for option in queries.shuffled_options(way.election, way.seed) if option.pk in choices]
    return render(request, "voting/review.html", {**_context(way, key), "picked": picked})


def _cast(request: Any, way: Way, choices: list[int], key: str) -> HttpResponse | Receipt:
    try:
        return operations.cast_ballot(
            election=way.election,
            entry=way.voter,
            choices=choices,
            channel=way.channel,
            key=key,
            actor=request.actor,
            at=request.at,
        )
    except operations.UnableToCast as refusal:
        way.voter.refresh_from_db()
        if way.voter.state == "spent":
            return _spent(request, way)
        return _choose(request, way, choices, key, str(refusal.reason))


def _choose(request: Any, way: Way, choices: list[int], key: str, error: str = "") -> HttpResponse:
    options = queries.shuffled_options(way.election, way.seed)
    left = way.election.picks_most - len(set(choices))
    context = {
        **_context(way, key),
        "options": options,
        "choices": choices,
        "error": error,
        "left": left,
        "over": -left,
        "dots": [number < len(set(choices)) for number in range(way.election.picks_most)],
    }
    return render(request, "voting/ballot.html", context, status=422 if error else 200)


def _spent(request: Any, way: Way) -> HttpResponse:
    context = {**_context(way, ""), "already": already_voted(way.voter)}
    return render(request, "voting/spent.html", context, status=409 if request.method == "POST" else 200)


def _context(way: Way, key: str) -> dict[str, Any]:
    return {
        "district": way.election.district,
        "election": way.election,
        "way": way,
        "voter": way.voter,
        "key": key,
    }


def _number(text: str) -> int:
    """Return the number of an option, or 0, which no option has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
