"""The written plan of the content as the sections and texts that the plan's room keeps."""

from __future__ import annotations

from typing import Any

from madang.plan.plans.states import PartyKind, TextPart

Sections = dict[tuple[str, str], str]
PLAIN = ("title", "one_line", "period", "links", "direction", "last_year", "publicity", "effects", "not_fundable")
ACTION = (
    "background",
    "purpose",
    "last_year_results",
    "last_year_limits",
    "improvements",
    "how_next_year_is_made",
    "district_participatory_budgeting",
    "evaluation",
)


def sections(written: dict[str, Any]) -> Sections:
    """Return the texts of base plan, action plan and process statement by part and key."""
    base, action = written["base_plan"], written["action_plan"]
    years = "\n".join(f"{step['year']}년 {step['text']}" for step in base["realisation"]["roadmap"])
    of_base = {
        **base["overview"],
        **{f"survey_{key}": text for key, text in base["survey"].items()},
        "evaluation": base["evaluation"]["text"],
        "funding": base["realisation"]["funding"],
        "roadmap": years,
    }
    of_action = {key: action[key] for key in ACTION}
    return {
        **{(TextPart.BASE.value, key): text for key, text in of_base.items()},
        **{(TextPart.ACTION.value, key): text for key, text in of_action.items()},
        **{(TextPart.PROCESS.value, key): text for key, text in written["process"].items()},
    }


def project_texts(entry: dict[str, Any]) -> dict[str, Any]:
    """Return what is written about a project, as the columns of the plan's room."""
    joint = entry["joint_operation"]
    return {
        **{name: entry[name] for name in PLAIN},
        "need": entry["background"],
        "goals": "\n".join(entry["goals"]),
        "schedule": entry["schedule"],
        "indicators": entry["indicators"],
        "parties": _parties(entry),
        "joint_departments": joint["departments"],
        "joint_partners": joint["private_partners"],
        "joint_when": joint["when"],
        "joint_how": joint["how"],
        "transfer_reason": entry["transfer_reason"],
    }


def _parties(entry: dict[str, Any]) -> list[dict[str, str]]:
    lead = [(PartyKind.LEAD, entry["lead"]["department"], entry["lead"]["role"])]
    cooperating = [(PartyKind.COOPERATING, party["department"], party["role"]) for party in entry["cooperating"]]
    partners = [(PartyKind.PARTNER, party["name"], party["role"]) for party in entry["partners"]]
    experts = [(PartyKind.EXPERT, party["name"], f"{party['people']}명") for party in entry["experts"]]
    return [
        {"kind": kind.value, "name": name, "role": role} for kind, name, role in lead + cooperating + partners + experts
    ]
