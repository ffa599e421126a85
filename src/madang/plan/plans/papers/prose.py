"""Texts that people wrote, as blocks of a paper."""

from __future__ import annotations

import re

from madang.engines.papers import Block, Bullets, Heading, Note, Paragraph

# A dash or a middle dot needs a space after it, for either may begin a word; the other signs never do.
ITEM = re.compile(r"^\s*(?:[-–·*](?=\s)|[•○●◦▪■□])\s*(?=\S)")
LACKING = "적은 내용이 없다."


def prose(text: str, *, lacking: str = "") -> tuple[Block, ...]:
    """Return a text as paragraphs (blank lines part them) and lists (lines that begin with a sign of their own).

    Instead of an empty text ``lacking`` stands as a note, or nothing where that is empty too.
    """
    blocks: list[Block] = []
    lines: list[str] = []
    items: list[str] = []

    def close() -> None:
        if lines:
            blocks.append(Paragraph("\n".join(lines)))
        if items:
            blocks.append(Bullets(tuple(items)))
        lines.clear()
        items.clear()

    for line in text.replace("\r\n", "\n").split("\n"):
        sign = ITEM.match(line)
        if not line.strip() or (sign and lines) or (items and not sign):
            close()
        if line.strip():
            (items if sign else lines).append((line[sign.end() :] if sign else line).strip())
    close()
    return tuple(blocks) or ((Note(lacking),) if lacking else ())


def section(number: str, title: str, text: str, *, level: int) -> tuple[Block, ...]:
    """Return a heading with its text; an empty text is said to be empty, for the form asks for it."""
    return (Heading(title, level=level, number=number), *prose(text, lacking=LACKING))
