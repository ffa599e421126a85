"""The clauses of the guide spelt out: the letter of the source in words, in Korean and English."""

from __future__ import annotations

from .findings import Lang

SOURCES: dict[str, tuple[str, str]] = {
    "G": ("운영지침", "Guideline"),
    "A": ("협약서", "Agreement"),
    "P": ("운영계획", "Plan"),
    "S": ("전략사업계획", "Strategic"),
    "E": ("평가계획", "Evaluation"),
    "L": ("활성화계획", "Promotion"),
    "C1": ("안내서 1장", "Guide, chapter 1"),
    "C2": ("안내서 2장", "Guide, chapter 2"),
    "C3": ("안내서 3장", "Guide, chapter 3"),
    "C4": ("안내서 4장", "Guide, chapter 4"),
    "-": ("마당의 원칙", "Madang's own principle"),
}
# Places of the operating plan that have no number of their own.
PLACES: dict[str, tuple[str, str]] = {
    "guideline": ("편성기준", "budget guideline"),
    "scale": ("지원규모", "scale"),
    "review": ("요건 검토", "requirements check"),
    "requirements": ("참여 요건", "requirements"),
}
# Standards that are cited by their Korean names.
STANDARDS: dict[str, str] = {
    "지방자치단체 예산편성 운영기준": "Budgeting standards of local governments",
    "별표11": "annex 11",
    "행정안전부 훈령 제449호": "Ministry of the Interior and Safety, directive 449",
}


def spelt(clause: str, lang: Lang = "ko") -> str:
    """Return a clause with the letter of its source spelt out; one without a letter we know stays as it is."""
    column = 1 if lang == "en" else 0
    head, _space, rest = clause.partition(" ")
    if head in SOURCES:
        place = PLACES[rest][column] if rest in PLACES else rest
        return f"{SOURCES[head][column]} {place}".strip()
    if lang == "en":
        for korean, english in STANDARDS.items():
            clause = clause.replace(korean, english)
    return clause
