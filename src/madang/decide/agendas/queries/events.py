"""The dated events that make up the life of a proposal and of an agenda."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when (`at`, an aware instant), what `kind` ("merged"), and how it is told.

    `title` is one short line, `text` people's own or staff's words (may be empty), `url` the page of it (may be empty).
    """

    at: datetime
    kind: str
    title: str
    text: str = ""
    url: str = ""
