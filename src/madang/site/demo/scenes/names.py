"""Invented names, drawn from a text: the same text gives the same name every time."""

from __future__ import annotations

from hashlib import sha256

FAMILIES = (
    "김이박최정강조윤장임한오서신권황안송류홍전고문손양배백허남심노하곽성차주우구민유진지엄채원천방공현함"
    "변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"
)
FIRST = "가나다라마바사아자하고노도로모보소오조호구누두루무부수우주유기니미시이지해세예윤은인진하한현혜채태"
SECOND = "람솔빛결름비늘봄나라온별린담찬울희연은율원준민서진아영수우경호주현선정미란숙자철식훈규섭"


def draw(text: str, below: int) -> int:
    """Return a number from 0 that only the text decides."""
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big") % below


def name_for(text: str, family: str = "") -> str:
    """Return an invented name, with a given family name where there is one."""
    family = family or FAMILIES[draw(f"{text}|1", len(FAMILIES))]
    return family + FIRST[draw(f"{text}|2", len(FIRST))] + SECOND[draw(f"{text}|3", len(SECOND))]
