"""What waits for somebody, as every room hands it to their home page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do: a short ``title``, what it is about in ``text``, the ``url`` where it is done.

    ``due_on`` is the last day, if there is one; ``tone`` is ``now``, ``warn``, ``stop``, ``info`` or empty, and
    ``label`` the word that stands beside it ("부서검토").
    """

    title: str
    text: str
    url: str
    due_on: date | None = None
    tone: str = ""
    label: str = ""
