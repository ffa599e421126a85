from __future__ import annotations

import json
import subprocess
import sys

import pytest

from madang.site.cli.similar import main

ROWS = [
    {
        "id": "1",
        "title": "공원에 의자를 놓아 주세요",
        "content": "중앙공원 산책로에 앉을 의자가 모자라 어르신이 쉬지 못합니다.",
    },
    {"id": "2", "title": "산책로 의자", "content": "어르신이 쉬도록 중앙공원 산책로에 의자가 있으면 좋겠습니다."},
    {"id": "3", "title": "골목길 가로등", "content": "밤에 어두운 골목길이 무섭습니다. 가로등을 더 밝게 해 주세요."},
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "proposals.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), "utf-8")
    return path


def test_pairs_groups_and_passages_come_as_one_json_document(file, capsys):
    assert main([str(file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    ((pair,), groups) = (answer["pairs"], answer["groups"])
    assert (pair["a"], pair["b"]) == ("1", "2")
    assert 0.5 <= pair["score"] <= 1
    assert "중앙공원 산책로에" in " ".join(pair["shared"])
    assert groups == [["1", "2"]]


def test_people_read_titles_and_passages(file, capsys):
    assert main([str(file)]) == 0
    told = capsys.readouterr().out
    assert "비슷한 짝 1개" in told
    assert "1 공원에 의자를 놓아 주세요" in told
    assert "같은 구절:" in told
    assert main([str(file), "--lang", "en"]) == 0
    assert "1 similar pairs, 1 groups" in capsys.readouterr().out


def test_the_threshold_cuts_by_score(file, capsys):
    assert main([str(file), "--json", "--threshold", "1"]) == 0
    assert json.loads(capsys.readouterr().out) == {"pairs": [], "groups": []}
    assert main([str(file), "--json", "--threshold", "0.01", "--top", "1"]) == 0
    assert [(pair["a"], pair["b"]) for pair in json.loads(capsys.readouterr().out)["pairs"]] == [("1", "2")]


def test_a_file_that_cannot_be_read_names_every_place(tmp_path, capsys):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"id": "1"}\nno\n', "utf-8")
    assert main([str(path), "--json", "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert [error["at"] for error in json.loads(told.out)["errors"]] == ["line 1, title", "line 1, content", "line 2"]
    assert f"{path}: line 2: expected one JSON object" in told.err


@pytest.mark.parametrize("name", ["none.csv", "folder.csv", "plan.xlsx"])
def test_what_is_no_file_of_proposals_is_refused(tmp_path, capsys, name):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "plan.xlsx").write_bytes(b"PK")
    assert main([str(tmp_path / name)]) == 2
    assert "파일을 읽지 못했어요." in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--top", "0"], ["--top", "two"], ["--threshold", "0"], ["--threshold", "nan"]])
def test_an_option_that_means_nothing_is_refused(file, option):
    with pytest.raises(SystemExit) as left:
        main([str(file), *option])
    assert left.value.code == 2


def test_comparing_loads_neither_django_nor_a_database_driver(file):
    code = (
        "import sys; from madang.site.cli.main import main\n"
        f"main(['similar', {str(file)!r}])\n"
        "raise SystemExit(bool({'django', 'psycopg'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
