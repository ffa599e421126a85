"""The worked examples of `cases/bodies/`: bodies and councils in the notation of `worked`, judged.

This module and `worked` alone need a YAML reader; judging does not import them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

import yaml

from .body_facts import STANDS_FOR, BodyFacts, CouncilFacts, OrdinanceFacts, Seat
from .body_judging import judge_body, judge_council
from .facts import GENDERS, Class
from .findings import Finding, Judgement
from .quorum import Quorum, Threshold
from .view import on

CASES = Path(__file__).parent / "cases" / "bodies"
DAY = date(2026, 7, 10)
DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class BodyExample:
    """A worked example about a body: title, kind, who sits on it, what its rule finds and whether it was judged."""

    rule: str
    kind: str
    ko: str
    en: str
    facts: BodyFacts | CouncilFacts
    findings: tuple[Finding, ...]
    judged: bool


@lru_cache(maxsize=1)
def body_examples() -> Mapping[str, tuple[BodyExample, ...]]:
    """Return the worked examples of bodies by rule; the tests hold them to what their files say."""
    found: dict[str, tuple[BodyExample, ...]] = {}
    for rule, case in body_cases():
        facts = facts_of(case)
        judgement = judgement_of(facts)
        judged = rule not in {one.rule for one in judgement.not_judged}
        one = BodyExample(rule, case["kind"], case["title"], case["en"], facts, judgement.of(rule), judged)
        found[rule] = (*found.get(rule, ()), one)
    return found


def body_cases() -> list[tuple[str, dict[str, Any]]]:
    """Return every worked example of a body with its rule, as its file writes it."""
    found = []
    for path in sorted(CASES.glob("*.yaml"), key=lambda one: int(one.stem.partition("-")[2])):
        data = yaml.safe_load(path.read_text("utf-8"))
        found += [(data["rule"], case) for case in data["cases"]]
    return found


def judgement_of(facts: BodyFacts | CouncilFacts) -> Judgement:
    """Return the judgement of a worked example on the last day of submission of 2026."""
    view = on(DAY, "도봉구")
    return judge_body(facts, view) if isinstance(facts, BodyFacts) else judge_council(facts, view)


def facts_of(case: Mapping[str, Any]) -> BodyFacts | CouncilFacts:
    """Return the facts of a worked example: a body, or a district's council at a step."""
    if "body" in case:
        return BodyFacts(
            case["body"], _seats(case["members"]), _seats(case.get("other_round", ())), case.get("step", "planning")
        )
    ordinance = case.get("ordinance")
    come = case.get("meeting")
    return CouncilFacts(
        step=case["step"],
        council=case.get("council", False),
        task_force=case.get("task_force", False),
        members=_seats(case.get("members", ())),
        ordinance=OrdinanceFacts(**{"enacted_on": date(2019, 1, 1), **ordinance}) if ordinance is not None else None,
        quorum=Quorum(Threshold.of(case["quorum"]), Threshold.of(case["quorum"])) if "quorum" in case else None,
        meeting=(come["came"], come["members"]) if come else None,
    )


def _seats(texts: Any) -> tuple[Seat, ...]:
    """Return the members of ["7 private female", "1 administration male ex-officio department", "private 김이웃"]."""
    return tuple(one for text in texts for one in seats(text))


def seats(text: str) -> list[Seat]:
    """Return the members of a text: number, class, then gender, ex-officio, elected, parts, since:day, @name."""
    count, of_class, *words = text.split()
    days = [date.fromisoformat(word.partition(":")[2]) for word in words if word.startswith("since:")]
    names = [word[1:] for word in words if word.startswith("@")]
    if of_class not in get_args(Class):
        raise ValueError(f"{of_class!r} is no class of members")
    one = Seat(
        of_class,  # type: ignore[arg-type]
        elected="elected" in words,
        appointed="ex-officio" not in words,
        gender=next((word for word in words if word in GENDERS), "unknown"),
        department=DEPARTMENT in words,
        stands_for=frozenset(word for word in words if word in STANDS_FOR),
        alias=names[0] if names else "",
        starts_on=days[0] if days else None,
    )
    return [replace(one) for _ in range(int(count))]
