"""The text of a proposal as it is kept: what people wrote, without what nobody can see."""

from __future__ import annotations

import re
import unicodedata

TITLE_MOST = 200
TEXT_MOST = 30_000
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
# Control characters, halves of characters, and marks that turn the direction of what follows.
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """Return a text as one line without doubled or invisible blanks; Korean letters stand composed (NFC)."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def paragraphs(text: str) -> str:
    """Return a text with its own lines kept, without invisible blanks and blank lines at its ends."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in plain.split("\n")).strip()


def has_odd_characters(text: str) -> bool:
    """Whether a text holds characters that are no writing and must not be kept."""
    return _ODD.search(text) is not None
