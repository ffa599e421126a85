"""A thousand damaged files: never a traceback, never a judgement of what was not understood.

Structure and values of JSON plans and of plan workbooks are changed at random, from fixed seeds. Whenever the check
judges instead of refusing, everything that stands in the file is found again in the facts that it judged.
"""

from __future__ import annotations

import copy
import io
import json
import random
import re
import unicodedata
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from madang.engines.rulebook import Line, PlanFacts, plan_from_dict
from madang.engines.rulebook.workbook import sheets_from_plan
from madang.engines.rulebook.worked import document
from madang.site.cli.check import main, read_plan

FILES = 500
EACH = 50
PLAN = document(
    {
        "members": ["2 private female appointed", "1 administration male ex-officio"],
        "plan": {
            "S1 sectoral": ["201-03 5000", {"item": "405-01", "city": 100, "flags": ["durable_goods"], "reason": "꼭"}],
            "F1 foundation": ["101-04 10"],
        },
    }
)
TEXT = json.dumps(PLAN, ensure_ascii=False)
JUNK: list[Any] = [
    None, True, False, 0, -1, 7, 10**30, 0.5, 5000.0, "", " ", "0", "5000", "５０００", "1e3", "=1+1",
    "2020-07-10", "예", "\u0000", "private", "S1", "401-99", [], [1], {}, {"city": 1}, ["lease_deposit"] * 2,
]  # fmt: skip
CELLS: list[Any] = [
    "",
    " ",
    0,
    -5,
    5000,
    0.5,
    1e18,
    True,
    "5,000",
    "５０００",
    "1,2,3",
    "많이",
    "S9",
    "2027",
    "예",
    "=1",
]
PLAN_KEYS = ("district", "planning_year", "fiscal_year", "rulebook", "city_grant")
MEMBER_KEYS = ("elected", "appointed", "gender", "name")
TRUTHS = {"True": "예", "False": "아니오"}
DEFAULTS: dict[str, Any] = {"rulebook": "2020", "gender": "unknown"}


def ways(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path in a document, the document itself left out."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [way] if way else []
    for key, one in inner:
        found += ways(one, (*way, key))
    return found


def damaged_document(dice: random.Random) -> str:
    """A plan with one to three places replaced, taken away, doubled or given a key nobody knows; or damaged text."""
    found = copy.deepcopy(PLAN)
    for _ in range(dice.randint(1, 3)):
        *way, last = dice.choice(ways(found))
        place: Any = found
        for step in way:
            place = place[step]
        what = dice.randrange(5)
        if what == 0:
            del place[last]
        elif what == 1 and isinstance(place, list):
            place.append(copy.deepcopy(place[last]))
        elif what == 2 and isinstance(place, dict):
            place[dice.choice(["projets", "City", "item ", "cityy", "basis", "x"])] = dice.choice(JUNK)
        else:
            place[last] = copy.deepcopy(dice.choice(JUNK))
    text = json.dumps(found, ensure_ascii=False)
    if dice.randrange(5) == 0:
        at = dice.randrange(len(text))
        text = text[:at] + dice.choice(["", ",", '"', "}", "NaN", "\\", "1"]) + text[at + dice.randrange(4) :]
    return text


def bare(value: Any, key: str = "") -> Any:
    """A document without what says nothing: empty texts and lists, zeros, what is taken for granted."""
    if isinstance(value, dict):
        return {name: left for name, one in value.items() if (left := bare(one, name)) not in ("", [], {}, None)}
    if isinstance(value, list):
        left = [bare(one) for one in value]
        return sorted(set(left)) if key == "flags" else left
    if value == DEFAULTS.get(key) or value is False or (type(value) is int and value == 0):
        return None
    return value.strip() if isinstance(value, str) else value


def told(facts: PlanFacts) -> dict[str, Any]:
    """The document that facts came from, worked out backwards."""
    return {
        "format": "madang-plan/1",
        **{key: getattr(facts, key) for key in PLAN_KEYS},
        "members": [
            {
                "class": one.member_class,
                **{key: getattr(one, key) for key in ("elected", "appointed", "gender", "name")},
            }
            for one in facts.members or ()
        ],
        "tasks": [{"id": one.id, "title": one.title} for one in facts.tasks or ()],
        "projects": [
            {
                **{key: getattr(one, key) for key in ("id", "part", "title", "task", "transfer_reason")},
                "run_by_administration_alone": one.run_by_administration_alone,
                "not_fundable": list(one.not_fundable or ()),
                "joint_operation": {
                    "departments": list(one.joint_operation.departments),
                    "private_partners": list(one.joint_operation.private_partners),
                    "when": one.joint_operation.when,
                    "how": one.joint_operation.how,
                }
                if one.joint_operation
                else None,
                "lines": [told_line(line) for line in one.lines],
            }
            for one in facts.projects or ()
        ],
    }


def told_line(line: Line) -> dict[str, Any]:
    names = ("item", "city", "district", "national", "other", "basis", "reason", "register_of_goods", "nature")
    return {**{key: getattr(line, key) for key in names}, "flags": sorted(line.flags)}


def answer(path: Path, capsys: pytest.CaptureFixture[str]) -> int:
    """Run the check; a refusal names the file and something that was expected."""
    status = main([str(path), "--json", "--lang", "en"])
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert "Traceback" not in err
    assert status in {0, 1, 2}
    assert found["ok"] is (status == 0)
    if status == 2:
        assert all(one["expected"] for one in found["errors"])
        assert str(path) in err
    return status


@pytest.mark.parametrize("batch", range(FILES // EACH))
def test_a_damaged_json_plan_is_refused_or_everything_in_it_was_understood(batch, tmp_path, capsys):
    statuses: Counter[int] = Counter()
    for number in range(EACH):
        text = damaged_document(random.Random(f"json {batch} {number}"))
        path = tmp_path / f"{number}.json"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        status = answer(path, capsys)
        statuses[status] += 1
        if status != 2:
            assert bare(json.loads(text)) == bare(told(read_plan(path))), text
    assert statuses[2] > EACH // 4
    assert statuses[0] + statuses[1] > 0


def damaged_workbook(dice: random.Random, path: Path) -> dict[str, list[list[Any]]]:
    """Write a plan workbook with one to three cells, rows or sheets changed, or its package damaged; return its sheets
    as they were before the package was."""
    sheets = sheets_from_plan(plan_from_dict(PLAN))
    for _ in range(dice.randint(1, 3)):
        damage(sheets, dice)
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    if dice.randrange(4) == 0:
        path.write_bytes(damaged_package(path.read_bytes(), dice))
    return sheets


def written(path: Path) -> dict[str, list[list[Any]]]:
    """What another reader finds in a workbook; nothing where damage beside the plan keeps it from reading."""
    try:
        book = load_workbook(path, data_only=True)
    except (ValueError, KeyError, OSError, zlib.error, zipfile.BadZipFile):
        return {}
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def damage(sheets: dict[str, list[list[Any]]], dice: random.Random) -> None:
    """Change one thing in the sheets."""
    name = dice.choice(list(sheets))
    rows, what = sheets[name], dice.randrange(8)
    if what == 0 and len(sheets) > 1:
        del sheets[name]
    elif what == 1:
        sheets[dice.choice(["메모", "예산2", "Sheet1"])] = [[dice.choice(CELLS)]]
    elif what == 2 and rows:
        rows.insert(dice.randint(0, len(rows)), list(dice.choice(rows)))
    elif what == 3 and rows:
        del rows[dice.randrange(len(rows))]
    elif rows:
        row = dice.choice(rows)
        row += [""] * dice.randrange(3)
        if row:
            row[dice.randrange(len(row))] = dice.choice(CELLS)


def damaged_package(content: bytes, dice: random.Random) -> bytes:
    """Damage the file below its sheets: bytes flipped or cut off, a part missing, the XML of a sheet changed."""
    what = dice.randrange(4)
    at = dice.randrange(len(content))
    if what == 0:
        return content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :]
    if what == 1:
        return content[:at]
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    chosen = dice.choice([name for name in source.namelist() if what == 2 or "worksheets/" in name])
    with zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            part = source.read(name)
            if name == chosen and what == 2:
                continue
            if name == chosen:
                old, new = dice.choice(
                    [(r"<v>(\d+)</v>", r"<v>\g<1>.5</v>"), (r't="s"', r't="e"'), (r"<v>", "<f>A1+1</f><v>"),
                     (r"<v>\d+</v>", "<f>1+1</f>"), (r"<v>\d+</v>", "<v>99999</v>"), (r"</row>", "")]
                )  # fmt: skip
                part = re.sub(old, new, part.decode(), count=1).encode()
            package.writestr(name, part)
    return target.getvalue()


def words(sheets: dict[str, list[list[Any]]]) -> Counter[tuple[str, str]]:
    """Every word and number in the sheets, however a spreadsheet writes it."""
    found: Counter[tuple[str, str]] = Counter()
    for name, rows in sheets.items():
        for row in rows:
            for cell in row:
                if isinstance(cell, float) and cell.is_integer():
                    cell = int(cell)
                text = "" if cell is None else TRUTHS.get(str(cell), str(cell))
                if text := re.sub("[,; ]", "", unicodedata.normalize("NFKC", text)):
                    found[name, text] += 1
    return found


@pytest.mark.parametrize("batch", range(FILES // EACH))
def test_a_damaged_workbook_is_refused_or_everything_in_it_was_understood(batch, tmp_path, capsys):
    statuses: Counter[int] = Counter()
    headings = {text for _sheet, text in words(sheets_from_plan(plan_from_dict(PLAN)))}
    for number in range(EACH):
        path = tmp_path / f"{number}.xlsx"
        sheets = damaged_workbook(random.Random(f"xlsx {batch} {number}"), path)
        status = answer(path, capsys)
        statuses[status] += 1
        if status != 2:
            unread = words(written(path) or sheets) - words(sheets_from_plan(read_plan(path)))
            assert [text for _sheet, text in unread if text not in headings] == [], number
    assert statuses[2] > EACH // 4
    assert statuses[0] + statuses[1] > 0
