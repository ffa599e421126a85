"""A text as letters only: no spaces, signs or case, and without what is courtesy and not the matter.

Spaces are left out because people set them as they like in Korean; what is compared are neighbouring letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

# Stands where something was taken out, so that letters that were no neighbours do not become some.
CUT = "\n"
_NO_LETTER = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+")


def letters(text: str) -> str:
    """Return the letters and figures of a text, composed, in small letters, without anything between them."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).lower())


def matter(text: str) -> str:
    """Return the letters of a text with a CUT where words of courtesy stood."""
    return _courtesy().sub(CUT, letters(text))


def words(text: str) -> list[str]:
    """Return the words of a text as they are spaced, in small letters."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def words_at(text: str) -> list[tuple[int, int]]:
    """Return start and end of each word of a text."""
    return [found.span() for found in _WORD.finditer(text)]


def placed(text: str) -> tuple[str, list[int]]:
    """Return the letters of a text, and for each the place in the text where it stands."""
    parts = list(map(_of_one, text))
    return "".join(parts), [place for place, part in enumerate(parts) for _letter in part]


@cache
def _of_one(character: str) -> str:
    return letters(character)


def lines_of(name: str) -> list[list[str]]:
    """Return the lines of a data file of this room as words, without comments and empty lines."""
    content = (files(__package__) / "data" / name).read_text("utf-8")
    return [line.split() for line in content.splitlines() if line.strip() and not line.startswith("#")]


@cache
def _courtesy() -> re.Pattern[str]:
    """Return one pattern of all phrases of courtesy, longest first."""
    phrases = {phrase for line in lines_of("courtesy.txt") for phrase in line}
    return re.compile("|".join(map(re.escape, sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))))
