"""What must be there before a survey is published, without a database."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from madang.decide.survey.states import NEEDED, DoerKind, Heading, Way

# Who must have done something for the way of running to be true, and who cannot have.
PRESENT = {
    Way.TASK_FORCE: frozenset({DoerKind.TASK_FORCE}),
    Way.JOINT: frozenset({DoerKind.TASK_FORCE, DoerKind.CONTRACTOR}),
    Way.CONTRACTOR: frozenset({DoerKind.CONTRACTOR}),
}
ABSENT = {
    Way.TASK_FORCE: frozenset({DoerKind.CONTRACTOR}),
    Way.JOINT: frozenset[DoerKind](),
    Way.CONTRACTOR: frozenset[DoerKind](),
}


def unwritten(texts: Mapping[str, str]) -> list[Heading]:
    """Return the headings of the guide that have no findings yet, in its order (C3); the added one is free."""
    return [heading for heading in NEEDED if not texts.get(heading.value, "").strip()]


def missing_doers(way: str, kinds: Collection[str]) -> list[DoerKind]:
    """Return who must take part in a survey run this way and has no work on record, in the order of the kinds (C3)."""
    needed = PRESENT[Way(way)]
    return [kind for kind in DoerKind if kind in needed and kind.value not in kinds]


def unfit_doers(way: str, kinds: Collection[str]) -> list[DoerKind]:
    """Return who has work on record although a survey run this way has none of them (C3)."""
    barred = ABSENT[Way(way)]
    return [kind for kind in DoerKind if kind in barred and kind.value in kinds]
