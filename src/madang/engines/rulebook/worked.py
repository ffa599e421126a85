"""The worked examples of `cases/`: a short notation that an official can read, expanded to plans and judged.

This module alone needs a YAML reader; judging does not import it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from .facts import FLAGS, GENDERS, SOURCES, PlanFacts
from .findings import Finding
from .judging import judge
from .reading import plan_from_dict
from .schedule import submission_day
from .view import on

CASES = Path(__file__).parent / "cases"
KINDS = ("passes", "at the limit", "just beyond", "fails")

JOINT = {"departments": ["협치과"], "private_partners": ["마을모임"], "when": "매달", "how": "함께 계획하고 운영한다"}


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example of a rule: title, kind, the plan or council, and what the rule finds in it."""

    rule: str
    kind: str
    ko: str
    en: str
    facts: PlanFacts
    findings: tuple[Finding, ...]


@lru_cache(maxsize=1)
def examples() -> Mapping[str, tuple[Example, ...]]:
    """Return the worked examples by rule, judged; the tests hold them to what their files say."""
    found: dict[str, tuple[Example, ...]] = {}
    for rule, case in all_cases():
        facts = plan_from_dict(document(case))
        view = on(submission_day(facts.planning_year), facts.district)
        findings = judge(facts, view, only={rule}).findings
        one = Example(rule, case["kind"], case["title"], case["en"], facts, findings)
        found[rule] = (*found.get(rule, ()), one)
    return found


def all_cases() -> list[tuple[str, dict[str, Any]]]:
    """Return every worked example with its rule, as its file writes it."""
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        found += [(data["rule"], case) for case in data["cases"]]
    return found


def document(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return the madang-plan/1 document of a worked example; what it does not say is in order."""
    found: dict[str, Any] = {
        "format": "madang-plan/1",
        "district": "도봉구",
        "planning_year": case.get("planning_year", 2026),
        "fiscal_year": case.get("fiscal_year", 2027),
        "city_grant": case.get("city_grant", 1_000_000),
    }
    if "members" in case:
        found["members"] = [one for text in case["members"] for one in members(text)]
    if "plan" in case:
        found["tasks"] = [{"id": "T1", "title": "함께 사는 마을"}]
        found["projects"] = [project(name, content) for name, content in case["plan"].items()]
    return found


def members(text: str) -> list[dict[str, Any]]:
    """Return the members of "7 private female appointed"."""
    count, of_class, *words = text.split()
    gender = next(word for word in words if word in GENDERS)
    one = {"class": of_class, "gender": gender, "appointed": "appointed" in words, "elected": "elected" in words}
    return [dict(one) for _ in range(int(count))]


def project(name: str, content: Any) -> dict[str, Any]:
    """Return a project from "S1 sectoral" and its lines."""
    code, part = name.split()
    given = content if isinstance(content, dict) else {"lines": content}
    standard = {
        "id": code,
        "part": part,
        "task": "T1",
        "joint_operation": JOINT,
        "transfer_reason": "주민이 직접 해야 한다",
        "run_by_administration_alone": False,
        "not_fundable": [],
    }
    return standard | given | {"lines": [line(one) for one in given["lines"]]}


def line(notation: Any) -> dict[str, Any]:
    """Return a line from "405-01 district 1000 durable_goods", or the line itself."""
    if isinstance(notation, dict):
        return notation
    code, *words = notation.split()
    source = next((word for word in words if word in SOURCES), "city")
    amount = next(int(word) for word in words if word.isdigit())
    return {"item": code, source: amount, "flags": [word for word in words if word in FLAGS]}
