"""What motions are about: a later room says here what follows when its kind of motion is put and decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from madang.engines.rulebook import CouncilStep
from madang.ground.bodies.models import Meeting, Motion
from madang.ground.people.actors import Actor


@dataclass(frozen=True)
class Subject:
    """How a room takes part in the motions about one kind of its records.

    ``before`` raises ``UnableTo`` where the meeting may not decide on it; ``carried`` is called in the transaction
    that carries a motion; ``url`` gives the page of what is decided on; ``step`` names the step of the city's procedure
    that is taken, at which a council is asked for (BODY-7).
    """

    before: Callable[[Meeting, str, str, datetime], None]
    carried: Callable[[Motion, Actor, datetime], None]
    url: Callable[[Motion], str]
    step: CouncilStep | None = None


_subjects: dict[str, Subject] = {}


def register_subject(subject_type: str, subject: Subject) -> None:
    """Add a kind of subject; a kind named twice is an error."""
    if subject_type in _subjects:
        raise ValueError(f"subject {subject_type} is declared twice")
    _subjects[subject_type] = subject


def subject_of(subject_type: str) -> Subject | None:
    """Return how a kind of subject takes part, or None for a motion that stands for itself."""
    return _subjects.get(subject_type)
