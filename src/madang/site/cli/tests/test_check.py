"""madang check: what it prints, what it answers, and that it needs neither Django nor a database."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from madang.engines.rulebook import plan_from_dict
from madang.engines.rulebook.workbook import sheets_from_plan
from madang.site.cli.check import main

SOURCE = Path(__file__).parents[4]

PLAN = {
    "format": "madang-plan/1",
    "district": "도봉구",
    "planning_year": 2026,
    "fiscal_year": 2027,
    "rulebook": "2020",
    "city_grant": 1_000_000,
    "tasks": [{"id": "T1", "title": "함께 사는 마을"}],
    "projects": [
        {
            "id": "F1",
            "part": "foundation",
            "task": "T1",
            "not_fundable": [],
            "lines": [{"item": "201-01", "city": 300_000}],
        },
        {
            "id": "S1",
            "part": "sectoral",
            "task": "T1",
            "not_fundable": [],
            "lines": [{"item": "201-03", "city": 700_000}],
        },
    ],
}
FINDING_KEYS = [
    "rule",
    "severity",
    "where",
    "clause",
    "part",
    "whole",
    "percent",
    "limit",
    "largest",
    "message",
    "remedy",
]


@pytest.fixture
def written(tmp_path):
    def write(plan, name="plan.json"):
        path = tmp_path / name
        path.write_text(plan if isinstance(plan, str) else json.dumps(plan, ensure_ascii=False), "utf-8")
        return str(path)

    return write


def over(plan=PLAN):
    found = json.loads(json.dumps(plan))
    found["projects"][1]["lines"] = [{"item": "401-02", "city": 300_000}, {"item": "201-03", "city": 400_000}]
    return found


def test_a_plan_in_order_answers_0(written, capsys):
    assert main([written(PLAN), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is True
    assert answer["findings"] == []
    assert {"rule": "PLAN-8", "why": "사이트의 기록이 있어야 판단할 수 있어요"} in answer["not_judged"]


def test_a_plan_that_something_blocks_answers_1_with_the_figures(written, capsys):
    assert main([written(over()), "--json", "--lang", "en"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == ["ok", "findings", "not_judged"]
    first = answer["findings"][0]
    assert list(first) == FINDING_KEYS
    assert {key: first[key] for key in FINDING_KEYS[:9]} == {
        "rule": "BUDGET-4",
        "severity": "block",
        "where": "plan",
        "clause": "G 3.2.2(2)③",
        "part": 300_000,
        "whole": 700_000,
        "percent": "42.86",
        "limit": "40",
        "largest": 266_666,
    }
    assert "33,334 thousand won" in first["remedy"]


def test_the_text_names_rule_clause_and_remedy_and_the_totals(written, capsys):
    assert main([written(over())]) == 1
    text = capsys.readouterr().out
    for words in (
        "막는 것이 있어요",
        "BUDGET-4 · plan · G 3.2.2(2)③",
        "고치려면",
        "자본보조: 300,000 (30.00 %)",
        "401-02 시설비",
    ):
        assert words in text


def test_a_file_that_cannot_be_read_answers_2_and_lists_every_place(written, capsys):
    wrong = over() | {"projets": []}
    wrong["projects"][1]["lines"][0]["city"] = -1
    path = written(wrong)
    assert main([path, "--json"]) == 2
    out, err = capsys.readouterr()
    answer = json.loads(out)
    assert answer["ok"] is False
    assert [(one["file"], one["at"]) for one in answer["errors"]] == [
        (path, "$.projets"),
        (path, "$.projects[1].lines[0].city"),
    ]
    assert f"{path}: $.projects[1].lines[0].city" in err


@pytest.mark.parametrize("name", ["plan.txt", "plan"])
def test_another_kind_of_file_is_refused(written, capsys, name):
    assert main([written(PLAN, name)]) == 2
    assert name in capsys.readouterr().err


@pytest.fixture
def workbook(tmp_path):
    def write(sheets):
        path = tmp_path / "plan.xlsx"
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return str(path)

    return write


def test_the_plan_workbook_is_judged_like_the_same_plan_in_json(workbook, written, capsys):
    main([written(over()), "--json"])
    from_json = json.loads(capsys.readouterr().out)
    assert main([workbook(sheets_from_plan(plan_from_dict(over()))), "--json"]) == 1
    from_workbook = json.loads(capsys.readouterr().out)
    of_budget = [one for one in from_workbook["findings"] if one["rule"] != "BUDGET-6"]
    assert of_budget == from_json["findings"]
    assert {one["rule"] for one in from_workbook["findings"]} - {one["rule"] for one in of_budget} == {"BUDGET-6"}


def test_a_wrong_cell_of_the_workbook_is_named(workbook, capsys):
    sheets = sheets_from_plan(plan_from_dict(over()))
    sheets["예산"][2][3] = "많이"
    assert main([workbook(sheets), "--lang", "en"]) == 2
    assert "예산!D3: expected a whole number of thousand won" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "not a workbook", "PK\x03\x04 cut off"])
def test_what_is_not_a_workbook_is_refused(written, capsys, content):
    assert main([written(content, "plan.xlsx")]) == 2
    assert "plan.xlsx" in capsys.readouterr().err


def test_a_missing_file_is_refused(tmp_path, capsys):
    assert main([str(tmp_path / "none.json"), "--lang", "en"]) == 2
    assert "No such file" in capsys.readouterr().err


def test_the_fiscal_year_can_be_given(written, capsys):
    plan = {key: value for key, value in PLAN.items() if key != "fiscal_year"}
    assert main([written(plan)]) == 2
    assert main([written(plan), "--year", "2027"]) == 0
    assert main([written(plan), "--year", "2031", "--json"]) == 2
    assert "--year" in capsys.readouterr().out


def test_broken_text_is_shown_escaped(written, capsys):
    assert main([written('{"\\ud800": 1}'), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["errors"]


def test_it_runs_without_django_or_a_database(written):
    program = (
        "import sys\n"
        "from madang.site.cli.main import main\n"
        "status = main(['check', sys.argv[1], '--json'])\n"
        "assert not {'django', 'psycopg', 'yaml', 'python_calamine'} & set(sys.modules)\n"
        "sys.exit(status)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, written(over())], env={"PYTHONPATH": str(SOURCE)}, capture_output=True
    )
    assert done.returncode == 1, done.stderr.decode()
    assert json.loads(done.stdout.decode("utf-8"))["ok"] is False
