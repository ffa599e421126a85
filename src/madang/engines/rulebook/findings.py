"""What the rulebook says about a plan: findings, rules not judged, and both together as a judgement."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

Lang = Literal["ko", "en"]


class Severity(StrEnum):
    """How much a finding weighs: it blocks, it is allowed but shown, or it is advice."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


SEVERITY_ORDER = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a plan something is: the plan, its members, a project, or a line of a project.

    `position` and `line` count from 1; `ref` is the caller's own name of the line (a database id).
    """

    kind: Literal["plan", "members", "project", "line"] = "plan"
    project: str = ""
    position: int = 0
    line: int = 0
    ref: str = ""

    def __str__(self) -> str:
        if self.kind == "project":
            return f"project {self.project}"
        if self.kind == "line":
            return f"project {self.project} line {self.line}"
        return self.kind

    @property
    def order(self) -> tuple[int, int, int]:
        """Return the key by which places are sorted: plan, members, then projects with their lines."""
        return (0 if self.kind == "plan" else 1 if self.kind == "members" else 2, self.position, self.line)


PLAN = Place("plan")
MEMBERS = Place("members")


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured share: part of whole (thousand won or persons), printed percent, limit in percent.

    `largest` is the largest counted part that passes with all other lines as they are; None for a floor.
    """

    part: int
    whole: int
    percent: str | None
    limit: int
    largest: int | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found: where, by which clause, what was measured, and what would mend it."""

    rule: str
    severity: Severity
    where: Place
    clause: str
    message_ko: str
    message_en: str
    remedy_ko: str
    remedy_en: str
    measure: Measure | None = None
    reading_ko: str = ""
    reading_en: str = ""

    def message(self, lang: Lang = "ko") -> str:
        """Return what was found in one language."""
        return self.message_ko if lang == "ko" else self.message_en

    def remedy(self, lang: Lang = "ko") -> str:
        """Return what would mend it in one language."""
        return self.remedy_ko if lang == "ko" else self.remedy_en

    def as_dict(self, lang: Lang = "ko") -> dict[str, object]:
        """Return the finding in the form of `madang check --json` (interfaces.md)."""
        measure = self.measure
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "where": str(self.where),
            "clause": self.clause,
            "part": measure.part if measure else None,
            "whole": measure.whole if measure else None,
            "percent": measure.percent if measure else None,
            "limit": str(measure.limit) if measure else None,
            "largest": measure.largest if measure else None,
            "message": self.message(lang),
            "remedy": self.remedy(lang),
        }


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A rule that was not judged, wholly or at one place, and why."""

    rule: str
    why_ko: str
    why_en: str
    where: Place = PLAN

    def why(self, lang: Lang = "ko") -> str:
        """Return the reason in one language."""
        return self.why_ko if lang == "ko" else self.why_en

    def as_dict(self, lang: Lang = "ko") -> dict[str, str]:
        """Return the entry in the form of `madang check --json` (interfaces.md)."""
        return {"rule": self.rule, "why": self.why(lang)}


@dataclass(frozen=True, slots=True)
class Judgement:
    """All findings ordered by severity and place, the rules not judged, and the rulebook they rest on."""

    findings: tuple[Finding, ...]
    not_judged: tuple[NotJudged, ...]
    revision: str
    day: date
    place: str = ""
    rules: tuple[str, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Say whether nothing blocks."""
        return not any(found.severity is Severity.BLOCK for found in self.findings)

    def of(self, rule: str) -> tuple[Finding, ...]:
        """Return the findings of one rule."""
        return tuple(found for found in self.findings if found.rule == rule)

    def as_dict(self, lang: Lang = "ko") -> dict[str, object]:
        """Return the judgement in the form of `madang check --json` (interfaces.md)."""
        return {
            "ok": self.ok,
            "findings": [found.as_dict(lang) for found in self.findings],
            "not_judged": [entry.as_dict(lang) for entry in self.not_judged],
        }
