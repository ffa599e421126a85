"""Facts and findings as plain documents, so that what was judged can be kept and judged again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from madang.engines import rulebook
from madang.plan.plans.queries.documents import Document


def facts_document(facts: rulebook.PlanFacts, records: rulebook.PlanRecords) -> Document:
    """Return facts as a document, the members without their names."""
    members = facts.members and tuple(replace(member, name="") for member in facts.members)
    site = {key: value for key, value in _plain(records).items() if value is not None}
    return {"plan": _plain(replace(facts, members=members)), "site": site}


def _plain(value: Any) -> Any:
    """Return a value as JSON has it; what a fact works out for itself is no part of it."""
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.init}
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def facts_from_document(document: Document) -> tuple[rulebook.PlanFacts, rulebook.PlanRecords]:
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
    return facts, _records(document["site"])


def _records(site: Document) -> rulebook.PlanRecords:
    """Return the records of a document; what was not recorded at that time stays None."""
    told: dict[str, Any] = {key: _tuples(value) for key, value in site.items()}
    for key, kind in ONE.items():
        told[key] = _fact(kind, site.get(key))
    for key, kind in SEVERAL.items():
        told[key] = None if key not in site else tuple(_fact(kind, row) for row in site[key])
    return rulebook.PlanRecords(**told)


ONE: Mapping[str, Any] = {
    "transferred": rulebook.Transferred,
    "sharing": rulebook.Sharing,
    "spreading": rulebook.Spreading,
}
SEVERAL: Mapping[str, Any] = {"agendas": rulebook.AgendaFacts, "votes": rulebook.VoteFacts}


def _fact(kind: Any, row: Document | None) -> Any:
    """Return one fact of a document, its place made again."""
    if row is None:
        return None
    values = {key: _tuples(value) for key, value in row.items()}
    if "where" in row:
        values["where"] = rulebook.Place(**row["where"])
    return kind(**values)


def _tuples(value: Any) -> Any:
    """Return a list of a document as a tuple, also inside."""
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value


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
