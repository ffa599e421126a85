"""How rules say what they found: findings with clause, severity and reading from the register."""

from __future__ import annotations

from dataclasses import dataclass

from ..findings import PLAN, Finding, Measure, NotJudged, Place, Severity
from ..view import View


@dataclass(frozen=True, slots=True)
class Both:
    """A text in Korean and English."""

    ko: str
    en: str


def found(
    rule: str,
    view: View,
    where: Place,
    message: Both,
    remedy: Both,
    *,
    severity: Severity | None = None,
    measure: Measure | None = None,
    clause: str = "",
) -> Finding:
    """Return a finding of a rule; severity and clause are those of the register unless given."""
    entry = view.rules[rule]
    return Finding(
        rule,
        severity or Severity(entry.severity),
        where,
        clause or entry.clause,
        message.ko,
        message.en,
        remedy.ko,
        remedy.en,
        measure,
        entry.reading_ko,
        entry.reading_en,
    )


def left_out(rule: str, key: str, where: Place = PLAN) -> NotJudged:
    """Return that a rule is not judged because the document leaves a key out."""
    at_ko = "" if where == PLAN else f" ({where})"
    return NotJudged(rule, f"‘{key}’ 항목이 없어요{at_ko}", f"'{key}' is left out{at_ko}", where)
