"""Text as the pieces a PDF is set from, so that no Korean word is broken between two lines."""

import re
from collections.abc import Iterator
from typing import Any

from madang.engines.papers.model import Text
from madang.engines.papers.text import runs

# A plain text, {"bold": text}, or {"word": pieces} for a word that must stay whole.
Piece = str | dict[str, Any]

HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
WORD = re.compile(r"[^\s·/]+[·/]*|[·/]+|\s+")


def pieces(text: Text, *, whole: bool = True) -> list[Piece]:
    """Return a text's pieces: each word with Hangul kept whole, the rest as it stands.

    A word may hold a change of weight. Words may part after · and /. With `whole` false (text known to fit its line)
    nothing is kept whole, which sets faster.
    """
    if not whole:
        return [_piece(run.text, run.bold) for run in runs(text)]
    found: list[Piece] = []
    loose: list[tuple[str, bool]] = []
    for word in _words(text):
        letters = "".join(part for part, _ in word)
        if HANGUL.search(letters) and len(letters) > 1:
            found += _joined(loose)
            loose = []
            found.append({"word": _joined(word)})
        else:
            loose += word
    return found + _joined(loose)


def _words(text: Text) -> Iterator[list[tuple[str, bool]]]:
    """Yield words and blanks in order, each as its parts in one weight."""
    parts = runs(text)
    letters = "".join(run.text for run in parts)
    weights = [run.bold for run in parts for _ in run.text]
    for match in WORD.finditer(letters):
        word: list[tuple[str, bool]] = []
        start = match.start()
        for at in range(start + 1, match.end() + 1):
            if at == match.end() or weights[at] != weights[start]:
                word.append((letters[start:at], weights[start]))
                start = at
        yield word


def _joined(parts: list[tuple[str, bool]]) -> list[Piece]:
    """Join neighbours of one weight into pieces."""
    found: list[Piece] = []
    said, weight = "", False
    for text, bold in parts:
        if said and bold != weight:
            found.append(_piece(said, weight))
            said = ""
        said, weight = said + text, bold
    return [*found, _piece(said, weight)] if said else found


def _piece(text: str, bold: bool) -> Piece:
    return {"bold": text} if bold else text
