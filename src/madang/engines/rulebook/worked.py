"""The worked examples of `cases/`: a short notation that an official can read, expanded to plans and judged.

This module alone needs a YAML reader; judging does not import it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from .facts import FLAGS, GENDERS, SOURCES, PlanFacts
from .findings import Finding, Judgement
from .judging import judge, judge_deposit, judge_handing_in, judge_records
from .reading import plan_from_dict
from .records import (
    CRITERIA,
    PROCESS_LAST_YEAR,
    PROCESS_THIS_YEAR,
    RESIDENT_WAYS,
    SECTIONS_OF,
    VIEWPOINTS,
    AgendaFacts,
    DepositPayment,
    HandingIn,
    PlanRecords,
    Sharing,
    Spreading,
    Transferred,
    VoteFacts,
)
from .schedule import submission_day
from .view import on
from .worked_bodies import BodyExample, body_examples

CASES = Path(__file__).parent / "cases"
KINDS = ("passes", "at the limit", "just beyond", "fails")

JOINT = {"departments": ["협치과"], "private_partners": ["마을모임"], "when": "매달", "how": "함께 계획하고 운영한다"}


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example of a rule: title, kind, the plan or council (None: records alone), what the rule finds in it."""

    rule: str
    kind: str
    ko: str
    en: str
    facts: PlanFacts | None
    findings: tuple[Finding, ...]


@lru_cache(maxsize=1)
def examples() -> Mapping[str, tuple[Example | BodyExample, ...]]:
    """Return the worked examples by rule, judged; the tests hold them to what their files say."""
    found: dict[str, tuple[Example | BodyExample, ...]] = {}
    for rule, case in all_cases():
        facts = None if of_records(case) else plan_from_dict(document(case))
        findings = judged(rule, case).findings
        one = Example(rule, case["kind"], case["title"], case["en"], facts, findings)
        found[rule] = (*found.get(rule, ()), one)
    for rule, more in body_examples().items():
        found[rule] = (*found.get(rule, ()), *more)
    return found


def all_cases() -> list[tuple[str, dict[str, Any]]]:
    """Return every worked example with its rule, as its file writes it."""
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        found += [(data["rule"], case) for case in data["cases"]]
    return found


def of_records(case: Mapping[str, Any]) -> bool:
    """Say whether a worked example is about the site's records, not about a plan file."""
    return not case.keys().isdisjoint(("records", "handing_in", "deposit"))


def judged(rule: str, case: Mapping[str, Any]) -> Judgement:
    """Return what a rule finds in a worked example."""
    if of_records(case):
        view = on(submission_day(case.get("planning_year", 2026)), "도봉구")
        if "handing_in" in case:
            return judge_handing_in(HandingIn(**case["handing_in"]), view)
        if "deposit" in case:
            return judge_deposit(DepositPayment(**case["deposit"]), view)
        return judge_records(records(case["records"]), view, only={rule})
    facts = plan_from_dict(document(case))
    return judge(facts, on(submission_day(facts.planning_year), facts.district), only={rule})


def records(given: Mapping[str, Any]) -> PlanRecords:
    """Return the records of a worked example; what it does not say is in order."""
    whole = replace(IN_ORDER, **{key: plain(value) for key, value in given.items() if key not in KINDS_OF_RECORD})
    nested = {key: KINDS_OF_RECORD[key](given[key]) for key in given if key in KINDS_OF_RECORD}
    return replace(whole, **nested)


def plain(value: Any) -> Any:
    """Return a list as a tuple, also inside."""
    return tuple(plain(one) for one in value) if isinstance(value, list) else value


def agenda(given: Mapping[str, Any]) -> AgendaFacts:
    """Return an agenda of "openness: 3 of 5" and what else is told of it."""
    found = {key: plain(value) for key, value in given.items() if key not in (*CRITERIA, "invited")}
    told = {one: str(given.get(one, "3 of 3")).split(" of ") for one in CRITERIA}
    reviews = [(one, int(met), int(whole)) for one, (met, whole) in told.items()]
    invited = tuple(given.get("invited", {}).items())
    return replace(AGENDA, reviews=tuple(reviews), invited=invited, **found)


AGENDA = AgendaFacts(name="도봉-2026-의1", forums=1, proposers=1, excluded=())
VOTE = VoteFacts(options=8, material_days_before=7, viewpoints=VIEWPOINTS, instructions=2)
IN_ORDER = PlanRecords(
    written=(*(one for found in SECTIONS_OF.values() for one in found), PROCESS_THIS_YEAR, PROCESS_LAST_YEAR),
    forum_kinds=("dong", "open"),
    parts=("base", "action"),
    base_years=(2027, 2029),
    transferred=Transferred(),
)
KINDS_OF_RECORD: Mapping[str, Callable[[Any], Any]] = {
    "agendas": lambda rows: tuple(agenda(row) for row in rows),
    "votes": lambda rows: tuple(replace(VOTE, **{key: plain(value) for key, value in row.items()}) for row in rows),
    "transferred": lambda row: Transferred(row["total"], tuple(row["open"])),
    "sharing": lambda row: Sharing(
        tuple((way, body) for way, body in row.get("rounds", [(way, "") for way in RESIDENT_WAYS])),
        tuple(row.get("groups", ())),
        row.get("opinions", 0),
        row.get("unanswered", 0),
    ),
    "spreading": lambda row: Spreading(**{key: plain(value) for key, value in row.items()}),
}


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
