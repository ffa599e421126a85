"""The interface exists whole in English: no text without a catalogue entry, no entry without a translation."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import polib
import pytest

from madang.site.serving import messages

SOURCE = Path(__file__).resolve().parents[2] / "src" / "madang"
ROOMS = sorted({path.parent for path in SOURCE.rglob("apps.py")})
HANGUL = re.compile(r"[가-힣]")


def room_name(room: Path) -> str:
    return str(room.relative_to(SOURCE))


@pytest.mark.parametrize("room", ROOMS, ids=room_name)
def test_every_text_of_a_room_is_in_its_english_catalogue(room: Path) -> None:
    assert messages.untranslated(room) == []


@pytest.mark.parametrize("room", ROOMS, ids=room_name)
def test_every_entry_is_translated_keeps_its_blanks_and_holds_no_hangul(room: Path) -> None:
    path = room / "locale" / "en" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        assert messages.collect(room) == []
        return
    for entry in polib.pofile(str(path)):
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        for text in texts:
            assert text.strip(), f"untranslated: {entry.msgid}"
            assert not HANGUL.search(text), f"Hangul in English: {text}"
        blanks = set(re.findall(r"%\(\w+\)[sd]", entry.msgid + entry.msgid_plural))
        used = set(re.findall(r"%\(\w+\)[sd]", " ".join(texts)))
        assert used <= blanks, f"unknown blank in: {entry.msgid}"


def test_no_hangul_stands_in_code_outside_gettext() -> None:
    """Spot texts that were written without gettext: Hangul in a template outside a translation tag."""
    tag = re.compile(
        r"{%\s*(?:blocktranslate|blocktrans)\b.*?{%\s*endblocktrans(?:late)?\s*%}|{%.*?%}|{{.*?}}|{#.*?#}", re.S
    )
    allowed = {"500.html", "page.html"}
    found = [
        (path.name, line.strip()[:60])
        for path in SOURCE.rglob("templates/**/*.html")
        if path.name not in allowed
        for line in tag.sub("", path.read_text(encoding="utf-8")).splitlines()
        if HANGUL.search(line)
    ]
    assert found == []


def test_a_text_has_one_english_in_all_rooms() -> None:
    """Gettext merges the rooms' catalogues and the later one wins, so that two English texts would hide each other.

    A text with a plural and the same text without one are two entries to it.
    """
    english: dict[tuple[str | None, str, bool], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for room in ROOMS:
        path = room / "locale" / "en" / "LC_MESSAGES" / "django.po"
        for entry in polib.pofile(str(path)) if path.exists() else ():
            text = " / ".join(entry.msgstr_plural.values()) if entry.msgid_plural else entry.msgstr
            english[entry.msgctxt, entry.msgid, bool(entry.msgid_plural)][text].append(room_name(room))
    differing = {msgid: dict(texts) for (_context, msgid, _plural), texts in english.items() if len(texts) > 1}
    assert differing == {}
