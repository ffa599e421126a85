"""Facts and findings as plain documents, so that what was judged can be kept and judged again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from madang.engines import rulebook
from madang.plan.plans.queries.documents import Document
from madang.plan.plans.queries.site_rules import SiteFacts


def facts_document(facts: rulebook.PlanFacts, site: SiteFacts) -> Document:
    """Return facts as a document, the members without their names."""
    members = facts.members and tuple(replace(member, name="") for member in facts.members)
    return {"plan": _plain(replace(facts, members=members)), "site": _plain(site)}


def _plain(value: Any) -> Any:
    """Return a value as JSON has it; what a fact works out for itself is no part of it."""
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.init}
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def facts_from_document(document: Document) -> tuple[rulebook.PlanFacts, SiteFacts]:
    """Return the facts that a document of ``facts_document`` was made of."""
    plan = document["plan"]
    facts = rulebook.PlanFacts(
        **{
            **plan,
            "members": _each(rulebook.Member, plan["members"]),
            "tasks": _each(rulebook.Task, plan["tasks"]),
            "projects": None if plan["projects"] is None else tuple(_project(one) for one in plan["projects"]),
        }
    )
    site = document["site"]
    return facts, SiteFacts(
        tuple(site["written"]),
        site["first_year"],
        tuple(site["forum_kinds"]),
        tuple((number, position) for number, position in site["unfinished"]),
    )


def _each(kind: Any, rows: list[dict[str, Any]] | None) -> Any:
    return None if rows is None else tuple(kind(**row) for row in rows)


def _project(row: Mapping[str, Any]) -> rulebook.Project:
    joint, excluded = row["joint_operation"], row["not_fundable"]
    names = ("departments", "private_partners")
    return rulebook.Project(
        **{
            **row,
            "lines": tuple(rulebook.Line(**{**line, "flags": frozenset(line["flags"])}) for line in row["lines"]),
            "joint_operation": joint
            and rulebook.JointOperation(**joint | {name: tuple(joint[name]) for name in names}),
            "not_fundable": excluded if excluded is None else tuple(excluded),
        }
    )


def finding_document(found: rulebook.Finding) -> Document:
    """Return a finding as a document."""
    document: Document = _plain(found)
    return document | {"severity": str(found.severity)}


def finding_from_document(document: Document) -> rulebook.Finding:
    """Return the finding that a document of ``finding_document`` was made of."""
    measure = document["measure"]
    return rulebook.Finding(
        **{
            **document,
            "severity": rulebook.Severity(document["severity"]),
            "where": rulebook.Place(**document["where"]),
            "measure": measure and rulebook.Measure(**measure),
        }
    )


def decision_of(found: rulebook.Finding) -> tuple[object, ...]:
    """Return what a finding decides, without its wording."""
    place = found.where
    return (found.rule, found.severity, place.kind, place.position, place.line, found.clause, found.measure)
