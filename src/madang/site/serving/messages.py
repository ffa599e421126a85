"""Korean texts of a room and their English catalogue, without GNU gettext.

A room's catalogue is locale/en/LC_MESSAGES/django.po in its own folder. It holds no dates and no line numbers,
and its entries stand in order of their text, so that two people's additions rarely meet on one line.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import polib
from babel.messages.extract import extract_python

PACKAGE = Path(__file__).resolve().parents[2]
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
KEYWORDS = (
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
    "npgettext_lazy",
)
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "en",
    "MIME-Version": "1.0",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


class Message(NamedTuple):
    """One text as the catalogue keys it; plural and context are empty where there is none."""

    text: str
    plural: str = ""
    context: str = ""


def room_of(path: Path) -> Path:
    """The nearest folder at or above a file that keeps a catalogue of its own."""
    return next(folder for folder in path.parents if (folder / "locale").is_dir())


def sources(room: Path) -> Iterator[Path]:
    """Python files and templates of a room, without its tests, migrations and inner rooms' catalogues."""
    for path in sorted(room.rglob("*")):
        parts = path.relative_to(room).parts
        if {"tests", "migrations", "locale", "front", "static", "__pycache__"} & set(parts[:-1]):
            continue
        inner = any((room.joinpath(*parts[:depth]) / "locale").is_dir() for depth in range(1, len(parts)))
        if not inner and (path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in parts)):
            yield path


def extract(path: Path) -> Iterator[Message]:
    """The texts that one Python file or template marks for translation."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        source = templatize(source, origin=str(path))
    stream = io.BytesIO(source.encode("utf-8"))
    for _line, function, arguments, _comments in extract_python(
        stream, dict.fromkeys(KEYWORDS), [], {"encoding": "utf-8"}
    ):
        values = arguments if isinstance(arguments, (tuple, list)) else (arguments,)
        message = _message(str(function), values)
        if message:
            yield message


def _message(function: str, arguments: Sequence[str | None]) -> Message | None:
    """A call's arguments as a message; None when its text is not a literal."""
    context = ""
    if function.lstrip("n").startswith("pgettext"):
        context, arguments = arguments[0] or "", arguments[1:]
    text = arguments[0] if arguments else None
    if not text:
        return None
    plural = arguments[1] if "ngettext" in function or function.startswith("np") else ""
    return Message(text, plural or "", context)


def collect(room: Path) -> list[Message]:
    """Every text of a room once, in order."""
    return sorted({message for path in sources(room) for message in extract(path)})


def _key(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgid, entry.msgctxt or ""


def add_missing(room: Path) -> tuple[int, int]:
    """Adds a room's new texts to its English catalogue and drops the ones no longer used and untranslated.

    Returns (texts added, texts still without English). A translated text that is no longer used stays until
    someone takes it out, since a changed Korean sentence often wants the same English.
    """
    path = room / CATALOGUE
    catalogue = read(path)
    wanted = {(message.text, message.context): message for message in collect(room)}
    known = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    added = [message for key, message in wanted.items() if key not in known]
    kept = [entry for key, entry in known.items() if key in wanted or _translated(entry)]
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = dict(HEADER)
    fresh.extend(sorted([*kept, *map(_entry, added)], key=_key))
    if fresh or path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.save(str(path))
    return len(added), sum(not _translated(entry) for entry in fresh)


def _entry(message: Message) -> polib.POEntry:
    flags = ["python-format"] if "%(" in message.text else []
    if message.plural:
        return polib.POEntry(
            msgid=message.text,
            msgid_plural=message.plural,
            msgstr_plural={0: "", 1: ""},
            msgctxt=message.context or None,
            flags=flags,
        )
    return polib.POEntry(msgid=message.text, msgstr="", msgctxt=message.context or None, flags=flags)


def _translated(entry: polib.POEntry) -> bool:
    if "fuzzy" in entry.flags:
        return False
    return all(entry.msgstr_plural.values()) if entry.msgid_plural else bool(entry.msgstr)


def read(path: Path) -> polib.POFile:
    """A catalogue as it stands in its file; empty when there is none."""
    return polib.pofile(str(path), wrapwidth=110) if path.exists() else polib.POFile(wrapwidth=110)


def rooms(package: Path = PACKAGE) -> list[Path]:
    """Every folder under the package that keeps a catalogue."""
    return sorted(folder.parent for folder in package.rglob("locale") if folder.is_dir())


def untranslated(room: Path) -> list[Message]:
    """Texts of a room that its English catalogue lacks or leaves empty."""
    translated = {_key(entry) for entry in read(room / CATALOGUE) if not entry.obsolete and _translated(entry)}
    return [message for message in collect(room) if (message.text, message.context) not in translated]


def compile_catalogues(package: Path = PACKAGE) -> int:
    """Writes the .mo beside every .po that is newer than it; returns how many were written."""
    written = 0
    for path in sorted(package.rglob("locale/*/LC_MESSAGES/*.po")):
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            partial = compiled.with_suffix(".mo.new")
            read(path).save_as_mofile(str(partial))
            partial.replace(compiled)
            written += 1
    return written
