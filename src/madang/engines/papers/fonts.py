"""The Korean fonts a PDF is set in: which families a folder holds and which characters they can draw."""

import struct
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst

from madang.engines.papers.model import UnableToWritePaper

SANS = ("Noto Sans KR", "Noto Sans CJK KR")
SERIF = ("Noto Serif KR", "Noto Serif CJK KR")
MUST_DRAW = "가힣마당0123456789,%·–"


@dataclass(frozen=True)
class FontSet:
    """Fonts ready for typesetting: the family for the system's words, the one for people's words, what both draw."""

    fonts: typst.Fonts
    sans: str
    serif: str
    drawable: frozenset[int]


@lru_cache(maxsize=4)
def font_set(folder: Path) -> FontSet:
    """Find the Korean fonts in a folder; raises UnableToWritePaper when there is none that draws Hangul."""
    if not folder.is_dir():
        raise UnableToWritePaper(
            f"PDF 글꼴 폴더가 없어요: {folder}. There is no folder of PDF fonts there; build the front first."
        )
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    there = fonts.families()
    sans = next((family for family in SANS if family in there), None)
    if sans is None:
        raise UnableToWritePaper(
            f"{folder} 폴더에 한글 글꼴이 없어요(필요한 글꼴: {' 또는 '.join(SANS)}). "
            f"The folder holds no Korean font; it needs {' or '.join(SANS)} as TTF or OTF."
        )
    serif = next((family for family in SERIF if family in there), sans)
    used = [info for info in fonts.fonts() if info.family in (sans, serif) and info.weight in (400, 700) and info.path]
    drawable = frozenset.intersection(*(characters(Path(str(info.path)), info.index) for info in used))
    lacking = [char for char in MUST_DRAW if ord(char) not in drawable]
    if lacking:
        raise UnableToWritePaper(
            f"{sans} 글꼴에 필요한 글자가 없어요: {' '.join(lacking)}. The font lacks characters a paper needs."
        )
    return FontSet(fonts, sans, serif, drawable)


def drawn(text: str, drawable: frozenset[int]) -> str:
    """Return the text with each character the fonts lack named in brackets, so that nothing turns into a blank box.

    An emoji 🌙 reads [crescent moon]; joiners and variation marks that only change its look are left out.
    """
    if all(ord(char) in drawable or char == "\n" for char in text):
        return text
    return "".join(char if ord(char) in drawable or char == "\n" else named(char) for char in text)


def named(char: str) -> str:
    """Name one character that cannot be drawn; nothing for a mark without a look of its own."""
    if unicodedata.category(char) in ("Cf", "Mn", "Me") or 0x1F3FB <= ord(char) <= 0x1F3FF:
        return ""
    if unicodedata.category(char).startswith("Z"):
        return " "
    name = unicodedata.name(char, "").lower()
    return f"[{name}]" if name and "-" not in name else f"[U+{ord(char):04X}]"


def characters(path: Path, index: int) -> frozenset[int]:
    """Read from a TTF, OTF or TTC file which characters its `index`-th face can draw (cmap formats 4 and 12)."""
    data = path.read_bytes()
    start = struct.unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
    tables = struct.unpack_from(">H", data, start + 4)[0]
    for place in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * place)
        if tag == b"cmap":
            return _cmap(data, offset)
    return frozenset()


def _cmap(data: bytes, at: int) -> frozenset[int]:
    found: set[int] = set()
    for place in range(struct.unpack_from(">H", data, at + 2)[0]):
        offset = at + int(struct.unpack_from(">I", data, at + 8 + 8 * place)[0])
        kind = struct.unpack_from(">H", data, offset)[0]
        if kind == 12:
            count = struct.unpack_from(">I", data, offset + 12)[0]
            for first, last, _ in struct.iter_unpack(">III", data[offset + 16 : offset + 16 + 12 * count]):
                found.update(range(first, last + 1))
        elif kind == 4:
            found.update(_segments(data, offset))
    return frozenset(found)


def _segments(data: bytes, at: int) -> set[int]:
    """Read a format 4 subtable: segments of characters, leaving out those that point to the empty glyph."""
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", data, at + 16 + 4 * count)
    offsets_at = at + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", data, offsets_at)
    found: set[int] = set()
    for place, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for char in range(first, last + 1):
            if offset == 0:
                glyph = (char + delta) & 0xFFFF
            else:
                where = offsets_at + 2 * place + offset + 2 * (char - first)
                glyph = struct.unpack_from(">H", data, where)[0] if where + 2 <= len(data) else 0
            if glyph and char != 0xFFFF:
                found.add(char)
    return found
