"""What every format shares about text and figures: cleaning, thousands separators and the writers' own few words."""

import dataclasses
import re
import unicodedata
from typing import Any, TypeVar

from madang.engines.papers.model import ColumnKind, Language, Run, Span, Text

Clean = TypeVar("Clean")

# Controls but line feed, lone surrogates, noncharacters, and the marks that reorder or hide text on a signed paper.
UNWANTED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u2060\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)

WORDS: dict[Language, dict[str, str]] = {
    "ko": {"unit": "단위: {unit}", "seal": "(인)", "sign": "(서명)", "page": "쪽", "sheet": "표"},
    "en": {"unit": "Unit: {unit}", "seal": "(seal)", "sign": "(signature)", "page": "page", "sheet": "Table"},
}


def plain(text: str) -> str:
    """Return the text composed (NFC), tabs as spaces, line ends as line feeds, without controls or hidden marks."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", UNWANTED.sub("", text))


def cleaned(part: Clean) -> Clean:
    """Return the same paper (or any part of it) with every text in it made plain."""
    return _cleaned(part)  # type: ignore[no-any-return]


def _cleaned(part: Any) -> Any:
    if isinstance(part, str):
        return plain(part)
    if isinstance(part, tuple):
        return tuple(_cleaned(item) for item in part)
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        fields = dataclasses.fields(part)
        return type(part)(**{field.name: _cleaned(getattr(part, field.name)) for field in fields})
    return part


def runs(text: Text) -> tuple[Run, ...]:
    """Return a text as runs, leaving out the empty ones."""
    whole = (Run(text),) if isinstance(text, str) else text
    return tuple(run for run in whole if run.text)


def words(text: Text) -> str:
    """Return a text's words without weights."""
    return text if isinstance(text, str) else "".join(run.text for run in text)


def figure(value: int, kind: ColumnKind = "number") -> str:
    """Write a figure as it reads in every format: 1234567 as 1,234,567; a percent of 695 tenths as 69.5%."""
    if kind != "percent":
        return f"{value:,}"
    whole, tenth = divmod(abs(value), 10)
    return f"{'-' if value < 0 else ''}{whole:,}.{tenth}%"


def tenths_of_percent(part: int, whole: int) -> int | None:
    """Return part of whole in tenths of a percent, rounded half away from zero; None when the whole is 0."""
    if whole == 0:
        return None
    sign = -1 if (part < 0) != (whole < 0) else 1
    return sign * ((abs(part) * 2000 + abs(whole)) // (2 * abs(whole)))


def cell_words(cell: str | int | Span | None, kind: ColumnKind) -> str:
    """Return what a table cell reads, in every format alike."""
    if cell is None:
        return ""
    if isinstance(cell, Span):
        return cell.text
    return cell if isinstance(cell, str) else figure(cell, kind)


def unit_words(unit: str, language: Language) -> str:
    """Return the unit caption (단위: 천원), or nothing when there is no unit."""
    return WORDS[language]["unit"].format(unit=unit) if unit else ""


def head_words(record_number: str, status_mark: str) -> str:
    """Return what stands at the right of every page's head: record number · status."""
    return " · ".join(part for part in (record_number, status_mark) if part)
