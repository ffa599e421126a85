from __future__ import annotations

import json
import subprocess
import sys

import pytest

from madang.site.cli.count import main

FILE = (
    "META\nkey;value\nbudget;100.5\nvote_type;approval\nPROJECTS\nproject_id;cost;name\na;60;놀이터\nb;30;도서관\n"
    "c;30;쉼터\nVOTES\nvoter_id;vote\n1;a,b\n2;a,c\n3;a,b,b\n4;c\n"
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "vote.pb"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_the_result_is_one_document_with_the_keys_that_are_promised(file, capsys):
    assert main([str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "rule": "approval",
        "budget": 100.5,
        "voters": 4,
        "winners": ["a", "b"],
        "cost": 90,
        "ties": [{"between": ["b", "c"], "chosen": "b", "won": ["b"]}],
    }


def test_a_file_with_an_order_decides_ties(file, tmp_path, capsys):
    order = tmp_path / "order.txt"
    order.write_text("c\n\nb\n", encoding="utf-8")
    assert main([str(file), "--json", "--ties", str(order)]) == 0
    assert json.loads(capsys.readouterr().out)["winners"] == ["a", "c"]


def test_an_order_with_a_stranger_is_refused_at_its_line(file, tmp_path, capsys):
    order = tmp_path / "order.txt"
    order.write_text("c\nx\nc\n", encoding="utf-8")
    assert main([str(file), "--ties", str(order), "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert f"{order}: line 2: expected a project_id of the file: x" in said
    assert f"{order}: line 3: expected each project_id once: c" in said


@pytest.mark.parametrize("rule", ["approval", "points", "equal-shares", "equal-shares-plain", "phragmen"])
def test_every_rule_answers_people_too(file, capsys, rule):
    assert main([str(file), "--rule", rule]) == 0
    said = capsys.readouterr().out
    assert f"규칙: {rule}" in said
    assert "두 번 적은 투표(한 번으로 셈): 1" in said
    assert "선정된 사업(선정 순서)\n  1. " in said


def test_what_cannot_be_read_is_named_with_file_and_line_and_answered_with_2(file, capsys):
    file.write_text(FILE.replace("4;c", "4;z"), encoding="utf-8")
    assert main([str(file), "--json", "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert f"{file}: line 15: expected a project_id of PROJECTS: z" in said.err
    errors = [{"file": str(file), "at": "line 15", "line": 15, "expected": "expected a project_id of PROJECTS: z"}]
    assert json.loads(said.out) == {"winners": None, "errors": errors}


def test_a_file_that_is_not_there_is_answered_with_2(tmp_path, capsys):
    assert main([str(tmp_path / "none.pb")]) == 2
    assert "읽을 수 있는 파일이어야 해요" in capsys.readouterr().err


def test_the_command_starts_without_the_site(file):
    code = (
        "import sys; from madang.site.cli.main import main; main(['count', sys.argv[1], '--json']);"
        "sys.exit(any(name in sys.modules for name in ('django', 'psycopg')))"
    )
    assert subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True).returncode == 0
