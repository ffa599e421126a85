"""Plans for the tests: the short notation of the worked examples, expanded to madang-plan/1 documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from madang.engines.rulebook import FLAGS, GENDERS, SOURCES

CASES = Path(__file__).parent.parent / "cases"
KINDS = {"passes", "fails", "at the limit", "just beyond"}

JOINT = {"departments": ["협치과"], "private_partners": ["마을모임"], "when": "매달", "how": "함께 계획하고 운영한다"}


def all_cases() -> list[tuple[str, dict[str, Any]]]:
    """Every worked example with its rule."""
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        assert data["rule"] == path.stem
        found += [(data["rule"], case) for case in data["cases"]]
    return found


def document(case: dict[str, Any]) -> dict[str, Any]:
    """The madang-plan/1 document of a worked example."""
    planned = case.get("planning_year", 2026)
    found: dict[str, Any] = {
        "format": "madang-plan/1",
        "district": "도봉구",
        "planning_year": planned,
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
    """Members from "7 private female appointed"."""
    count, of_class, *words = text.split()
    gender = next(word for word in words if word in GENDERS)
    assert ("appointed" in words) != ("ex-officio" in words)
    one = {"class": of_class, "gender": gender, "appointed": "appointed" in words, "elected": "elected" in words}
    return [dict(one) for _ in range(int(count))]


def project(name: str, content: Any) -> dict[str, Any]:
    """A project from "S1 sectoral" and its lines; what is not said is in order."""
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
    """A line from "405-01 district 1000 durable_goods", or the line itself."""
    if isinstance(notation, dict):
        return notation
    code, *words = notation.split()
    source = next((word for word in words if word in SOURCES), "city")
    amount = next(int(word) for word in words if word.isdigit())
    return {"item": code, source: amount, "flags": [word for word in words if word in FLAGS]}
