"""Reading a plan of format madang-plan/1 (interfaces.md) into facts, listing everything that cannot be read at once."""

from __future__ import annotations

from typing import Any, cast

from .document import Problem, Reader, UnableToReadPlan, parse_json, step
from .facts import (
    CLASSES,
    DURABLE_GOODS,
    FLAGS,
    GENDERS,
    MEETING_FEE,
    PARTS,
    SOURCES,
    Class,
    Gender,
    JointOperation,
    Line,
    Member,
    Part,
    PlanFacts,
    Project,
    Task,
)
from .items import CODE, STATED, ItemTable, category
from .parameters import UnableToLoadRulebook
from .schedule import calendar
from .view import View, load, on

__all__ = ["FORMAT", "Problem", "UnableToReadPlan", "plan_from_dict", "plan_from_json"]

FORMAT = "madang-plan/1"
KEYS = (
    "format",
    "district",
    "planning_year",
    "fiscal_year",
    "rulebook",
    "city_grant",
    "members",
    "tasks",
    "projects",
)
MEMBER_KEYS = ("name", "class", "elected", "appointed", "gender")
PROJECT_KEYS = (
    "id",
    "title",
    "part",
    "task",
    "joint_operation",
    "transfer_reason",
    "run_by_administration_alone",
    "not_fundable",
    "lines",
)
JOINT_KEYS = ("departments", "private_partners", "when", "how")
LINE_KEYS = ("item", "basis", *SOURCES, "flags", "reason", "register_of_goods", "nature")
EXCLUSIONS = tuple(range(1, 6))


def plan_from_json(text: bytes | str, *, fiscal_year: int | None = None) -> PlanFacts:
    """Read a plan from JSON text; raises UnableToReadPlan with every problem at once."""
    return plan_from_dict(parse_json(text), fiscal_year=fiscal_year)


def plan_from_dict(document: Any, *, fiscal_year: int | None = None) -> PlanFacts:
    """Read a plan from a parsed madang-plan/1 document; `fiscal_year` takes the place of the document's own.

    Raises UnableToReadPlan with every problem at once, each with its JSON path and what was expected.
    """
    reader = Reader()
    found = reader.mapping(document, "$", KEYS)
    if not isinstance(document, dict):
        raise UnableToReadPlan(reader.problems)
    if reader.require(found, "format", "$") and found["format"] != FORMAT:
        reader.refuse("$.format", f"‘{FORMAT}’이어야 해요", f"expected '{FORMAT}'")
    view, planned, carried_out = _frame(reader, found, fiscal_year)
    if "members" not in found and "projects" not in found:
        reader.refuse(
            "$", "판단할 내용이 없어요: members나 projects가 있어야 해요", "expected members or projects to judge"
        )
    items = view.items(carried_out) if view and carried_out else None
    facts = PlanFacts(
        district=found.get("district", ""),
        planning_year=planned or 0,
        fiscal_year=carried_out or 0,
        city_grant=reader.whole(found["city_grant"], "$.city_grant") if "city_grant" in found else None,
        members=tuple(_member(reader, *row) for row in reader.rows(found, "members", "$"))
        if "members" in found
        else None,
        tasks=tuple(_task(reader, *row) for row in reader.rows(found, "tasks", "$")) if "tasks" in found else None,
        projects=tuple(_project(reader, *row, items, view) for row in reader.rows(found, "projects", "$"))
        if "projects" in found
        else None,
        rulebook=found.get("rulebook", "2020"),
    )
    _refuse_repeated(reader, "tasks", [task.id for task in facts.tasks or ()])
    _refuse_repeated(reader, "projects", [project.id for project in facts.projects or ()])
    if reader.problems:
        raise UnableToReadPlan(reader.problems)
    return facts


def _frame(
    reader: Reader, found: dict[str, Any], fiscal_year: int | None
) -> tuple[View | None, int | None, int | None]:
    """Read rulebook, district and years; return the view to judge by, the planning year and the fiscal year."""
    edition = found.get("rulebook", "2020")
    try:
        book = load(reader.text(edition, "$.rulebook"))
    except UnableToLoadRulebook:
        reader.refuse("$.rulebook", "아는 규정집이어야 해요 (2020)", "expected a known rulebook (2020)")
        book, edition = load(), "2020"
    district = ""
    if reader.require(found, "district", "$"):
        district = reader.text(found["district"], "$.district", empty=False)
    tables = sorted(book.items)
    planned = carried_out = None
    if reader.require(found, "planning_year", "$"):
        planned = reader.year(found["planning_year"], "$.planning_year", range(int(edition), max(tables) + 1))
    if fiscal_year is not None:
        carried_out = reader.year(fiscal_year, "--year", tables)
    elif reader.require(found, "fiscal_year", "$"):
        carried_out = reader.year(found["fiscal_year"], "$.fiscal_year", tables)
    if planned is None:
        return None, None, carried_out
    day = next(row.ends_on for row in calendar(planned, edition=edition) if row.key == "submission")
    return (on(day, district, edition=edition) if day else None), planned, carried_out


def _member(reader: Reader, value: Any, at: str) -> Member:
    """Read one member."""
    found = reader.mapping(value, at, MEMBER_KEYS)
    of_class: str | None = None
    if reader.require(found, "class", at):
        of_class = reader.choice(found["class"], f"{at}.class", CLASSES)
    return Member(
        member_class=cast(Class, of_class or CLASSES[0]),
        elected=reader.truth(found["elected"], f"{at}.elected") if "elected" in found else False,
        appointed=reader.truth(found["appointed"], f"{at}.appointed") if "appointed" in found else None,
        gender=cast(Gender, reader.choice(found.get("gender", "unknown"), f"{at}.gender", GENDERS)),
        name=reader.text(found.get("name", ""), f"{at}.name"),
    )


def _identity(reader: Reader, found: dict[str, Any], at: str) -> str:
    """Read the id of a task or project."""
    return reader.text(found["id"], f"{at}.id", empty=False) if reader.require(found, "id", at) else ""


def _task(reader: Reader, value: Any, at: str) -> Task:
    """Read one task."""
    found = reader.mapping(value, at, ("id", "title"))
    return Task(_identity(reader, found, at), reader.text(found.get("title", ""), f"{at}.title"))


def _project(reader: Reader, value: Any, at: str, items: ItemTable | None, view: View | None) -> Project:
    """Read one project with its lines."""
    found = reader.mapping(value, at, PROJECT_KEYS)
    part: str | None = None
    if reader.require(found, "part", at):
        part = reader.choice(found["part"], f"{at}.part", PARTS)
    lines: tuple[Line, ...] = ()
    if reader.require(found, "lines", at):
        lines = tuple(_line(reader, *row, items, view) for row in reader.rows(found, "lines", at))
    alone = "run_by_administration_alone"
    return Project(
        id=_identity(reader, found, at),
        part=cast(Part, part or PARTS[0]),
        lines=lines,
        title=reader.text(found.get("title", ""), f"{at}.title"),
        task=reader.text(found["task"], f"{at}.task") if "task" in found else None,
        joint_operation=_joint(reader, found["joint_operation"], f"{at}.joint_operation")
        if "joint_operation" in found
        else None,
        transfer_reason=reader.text(found["transfer_reason"], f"{at}.transfer_reason")
        if "transfer_reason" in found
        else None,
        run_by_administration_alone=reader.truth(found[alone], f"{at}.{alone}") if alone in found else None,
        not_fundable=_exclusions(reader, found, at) if "not_fundable" in found else None,
    )


def _exclusions(reader: Reader, found: dict[str, Any], at: str) -> tuple[int, ...]:
    """Read the numbers of BUDGET-12 that a reviewer found to apply."""
    numbers: list[int] = []
    for value, place in reader.rows(found, "not_fundable", at):
        if type(value) is not int or value not in EXCLUSIONS:
            reader.refuse(place, "1부터 5까지의 번호여야 해요", "expected a number from 1 to 5")
        elif value not in numbers:
            numbers.append(value)
    return tuple(sorted(numbers))


def _joint(reader: Reader, value: Any, at: str) -> JointOperation:
    """Read who plans and runs a project together, when and how; what is left out of it is not said."""
    found = reader.mapping(value, at, JOINT_KEYS)

    def names(key: str) -> tuple[str, ...]:
        return tuple(reader.text(*row) for row in reader.rows(found, key, at)) if key in found else ()

    return JointOperation(
        names("departments"),
        names("private_partners"),
        reader.text(found.get("when", ""), f"{at}.when"),
        reader.text(found.get("how", ""), f"{at}.how"),
    )


def _line(reader: Reader, value: Any, at: str, items: ItemTable | None, view: View | None) -> Line:
    """Read one budget line and hold its code, nature and flags against the item table of the fiscal year."""
    found = reader.mapping(value, at, LINE_KEYS)
    if found and not set(SOURCES) & set(found):
        reader.refuse(at, "금액(city, district, national, other)이 있어야 해요", "expected an amount of some source")
    amounts = {name: reader.whole(found.get(name, 0), f"{at}.{name}") for name in SOURCES}
    written = [reader.choice(*row, FLAGS) for row in (reader.rows(found, "flags", at) if "flags" in found else ())]
    flags = frozenset(flag for flag in written if flag is not None)
    nature = reader.choice(found["nature"], f"{at}.nature", tuple(STATED)) if "nature" in found else None
    code = reader.text(found["item"], f"{at}.item") if reader.require(found, "item", at) else ""
    if "item" in found and items and view:
        _refuse_code(reader, code, nature, at, items)
        _refuse_flags(reader, code, flags, at, view)
    return Line(
        item=code,
        city=amounts["city"],
        district=amounts["district"],
        national=amounts["national"],
        other=amounts["other"],
        basis=reader.text(found.get("basis", ""), f"{at}.basis"),
        flags=flags,
        reason=reader.text(found["reason"], f"{at}.reason") if "reason" in found else None,
        register_of_goods=reader.truth(found["register_of_goods"], f"{at}.register_of_goods")
        if "register_of_goods" in found
        else None,
        nature=nature,
    )


def _refuse_code(reader: Reader, code: str, nature: str | None, at: str, items: ItemTable) -> None:
    """Note a code that the year does not have, one that needs a stated nature, and a nature that contradicts it."""
    year, exists = items.fiscal_year, code in items.codes
    if exists or (CODE.fullmatch(code) and not items.complete and nature is not None):
        if nature is not None and items.contradicts(code, nature):
            reader.refuse(
                f"{at}.nature", f"{code}의 성격과 맞지 않아요", f"expected no nature other than the one {code} has"
            )
        return
    if not CODE.fullmatch(code):
        ko, en = "‘201-03’ 같은 통계목 코드여야 해요", "expected a code such as 201-03"
    elif items.complete:
        ko, en = f"{year}회계연도에 없는 통계목이에요", f"expected an item code of fiscal year {year}"
    else:
        ko = f"{year}회계연도 표(일부)에 없는 통계목이라서 성격(nature)을 적어야 해요"
        en = f"not in the partial table of fiscal year {year}: expected a stated nature"
    if near := items.nearest(code):
        ko, en = f"{ko} (가까운 코드: {near.code} {near.name})", f"{en}; nearest: {near.code} {near.name}"
    reader.refuse(f"{at}.item", ko, en)


def _refuse_flags(reader: Reader, code: str, flags: frozenset[str], at: str, view: View) -> None:
    """Note a flag that the code cannot carry."""
    for flag, key in ((DURABLE_GOODS, "budget.durable_goods_groups"), (MEETING_FEE, "budget.meeting_fee_groups")):
        allowed = view.groups(key)
        if flag in flags and category(code) not in allowed:
            groups = ", ".join(sorted(allowed))
            reader.refuse(
                f"{at}.flags",
                f"‘{flag}’ 표시는 {groups} 통계목에만 붙일 수 있어요",
                f"expected {flag} only on items of {groups}",
            )


def _refuse_repeated(reader: Reader, key: str, ids: list[str]) -> None:
    """Note an id that two entries share."""
    for number, name in enumerate(ids):
        if name and name in ids[:number]:
            reader.refuse(f"{step('$', key)}[{number}].id", "이미 쓴 id예요", "expected an id that is not repeated")
