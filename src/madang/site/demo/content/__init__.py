"""The written content of the example year (예시): TOML files, read here into plain data without a database.

Everything in the files is invented. Residents' own texts stay Korean; names the interface needs are in both languages.
"""

import copy
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).parent
SOURCES = ("city", "district", "national", "other")

Variant = Literal["mended", "broken"]
Table = dict[str, Any]

_NUMBER = re.compile(r"\d[\d,]*")


class UnableToReadContent(ValueError):
    """A file of the example year does not add up; the message names the file and the place."""


def districts() -> list[Table]:
    """Return the 25 districts of the example year with their stage, figures, agendas and forums."""
    return list(_read("districts.toml")["district"])


def people() -> list[Table]:
    """Return everyone with an account in the example year; ``key`` is how the other files name them."""
    return list(_read("dobong/people.toml")["person"])


def departments() -> list[Table]:
    """Return Dobong's departments with their key, Korean name and English name."""
    return list(_read("dobong/departments.toml")["department"])


def bodies() -> list[Table]:
    """Return Dobong's bodies: council, subcommittees, task force, secretariat and the twelve working groups."""
    return list(_read("dobong/bodies.toml")["body"])


def city_bodies() -> list[Table]:
    """Return the bodies of the city with their people; those without an account have a name of their own."""
    return list(_read("city.toml")["body"])


def forums() -> list[Table]:
    """Return the forums from January to May 2020 in the order of their dates."""
    return sorted(_read("dobong/forums.toml")["forum"], key=lambda forum: forum["starts_at"])


def open_forum() -> Table:
    """Return what happened at Dobong's open forum: who registered, its tables, board, minutes and feedback."""
    return copy.deepcopy(_read("dobong/open_forum.toml"))


def survey() -> Table:
    """Return the local survey: how it ran, findings, resources, projects, plans, questionnaires with their answers."""
    return copy.deepcopy(_read("dobong/survey.toml"))


def proposals() -> list[Table]:
    """Return the proposals in the order they came in, each with its permanent ``number`` (1, 2, 3 …)."""
    entries = _read("dobong/proposals.toml")["proposal"]
    return [{**entry, "number": place} for place, entry in enumerate(entries, start=1)]


def agendas() -> list[Table]:
    """Return the twelve agendas with merged proposals, department reviews and criteria judgements."""
    return list(_read("dobong/agendas.toml")["agenda"])


def vote() -> Table:
    """Return the priority vote: its days, channels, planned ballots and the weight of each option."""
    return copy.deepcopy(_read("dobong/vote.toml"))


def plan(variant: Variant = "mended") -> Table:
    """Return the plan with its texts, goals, tasks and projects; ``broken`` is the draft of 18 June 2020.

    Amounts of lines are thousand won under ``city``, ``district``, ``national`` and ``other``.
    """
    whole = copy.deepcopy(_read("dobong/plan.toml"))
    whole["project"] = [_complete(project) for project in _projects()]
    whole["item"] = copy.deepcopy(_read("dobong/items_2021.toml")["items"])
    if variant == "broken":
        whole["saved_at"] = broken()["saved_at"]
        _apply_changes(whole["project"], broken()["change"])
    return whole


def broken() -> Table:
    """Return what the draft of 18 June changes and the findings it must raise."""
    return copy.deepcopy(_read("dobong/broken.toml"))


def plan_document(variant: Variant = "mended") -> Table:
    """Return the plan as a ``madang-plan/1`` document, ready for the rulebook."""
    whole = plan(variant)
    council = next(body for body in bodies() if body["kind"] == "council")
    by_key = {person["key"]: person for person in people()}
    return {
        "format": "madang-plan/1",
        "district": "도봉구",
        "planning_year": whole["planning_year"],
        "fiscal_year": whole["fiscal_year"],
        "rulebook": "2020",
        "city_grant": whole["city_grant_kwon"],
        "members": [_document_member(seat, by_key[seat["person"]]) for seat in council["member"]],
        "tasks": [{"id": task["number"], "title": task["title"]} for task in whole["task"]],
        "projects": [_document_project(project) for project in whole["project"]],
    }


def basis_won(basis: str) -> int:
    """Return what a basis of calculation comes to in won: the product of its factors ("6회 × 500,000원" → 3,000,000).

    The last number of each part counts, so that a name may hold numbers too ("2022년 의제 찾는 공론장 20회" is 20).
    Raises UnableToReadContent when no amount in won stands at the end.
    """
    if not basis.endswith("원"):
        raise UnableToReadContent(f"the basis {basis!r} does not end with an amount in won")
    won = 1
    for part in basis.split(" × "):
        numbers = _NUMBER.findall(part)
        if not numbers:
            raise UnableToReadContent(f"the part {part!r} of the basis {basis!r} holds no number")
        won *= int(numbers[-1].replace(",", ""))
    return won


def line_kwon(line: Table) -> int:
    """Return a line's amount from all sources in thousand won."""
    return sum(int(line[source]) for source in SOURCES)


@cache
def _read(name: str) -> Table:
    path = FOLDER / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise UnableToReadContent(f"{name}: {error}") from error


def _projects() -> list[Table]:
    return [
        *copy.deepcopy(_read("dobong/projects.toml")["project"]),
        *copy.deepcopy(_read("dobong/foundation.toml")["project"]),
    ]


def _complete(project: Table) -> Table:
    project["lines"] = [_complete_line(line) for line in project["lines"]]
    return project


def _complete_line(line: Table) -> Table:
    empty: Table = {"national": 0, "other": 0, "flags": [], "reason": "", "register_of_goods": False}
    return {**empty, **line}


def _apply_changes(projects: list[Table], changes: list[Table]) -> None:
    by_key = {project["key"]: project for project in projects}
    for change in changes:
        by_key[change["project"]]["lines"][change["line"] - 1] = _complete_line(change["with"])


def _document_member(seat: Table, person: Table) -> Table:
    return {
        "name": person["name"],
        "class": seat["class"],
        "elected": seat.get("elected", False),
        "appointed": seat["appointed"],
        "gender": person["gender"],
    }


def _document_project(project: Table) -> Table:
    taken = ("title", "part", "task", "joint_operation", "transfer_reason", "not_fundable", "lines")
    document = {key: project[key] for key in taken}
    return {"id": project["key"], **document, "run_by_administration_alone": False}
