"""`madang recount`: its three exit statuses, what it prints, and that it needs no site."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from madang.engines.ledger import receipt_code
from madang.engines.ledger.testing import Simulation
from madang.site.cli import recount


@pytest.fixture(scope="module")
def election() -> Simulation:
    return Simulation(seed=6, voters=120).run()


@pytest.fixture
def archive(election: Simulation, tmp_path: Path) -> Path:
    path = tmp_path / "archive.zip"
    path.write_bytes(election.archive())
    return path


def test_an_archive_in_order_ends_with_0(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert recount.main([str(archive)]) == 0
    assert "모두 맞아요." in capsys.readouterr().out
    assert recount.main([str(archive), "--lang", "en"]) == 0
    assert "Everything fits." in capsys.readouterr().out


def test_json_is_one_document_and_nothing_else(
    archive: Path, election: Simulation, capsys: pytest.CaptureFixture[str]
) -> None:
    committed = next(iter(election.book.live))
    assert recount.main([str(archive), "--json", "--receipt", receipt_code(committed)]) == 0
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    assert document["ok"]
    assert document["receipt"]["commitment"] == committed
    assert document["ballots"]["total"] == len(election.book.live)
    assert printed.err == ""


def test_a_receipt_that_is_not_in_it_ends_with_1(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert recount.main([str(archive), "--receipt", "0" * 64, "--lang", "en"]) == 1
    assert "[receipt]" in capsys.readouterr().out


@pytest.mark.parametrize("as_json", [False, True])
def test_what_cannot_be_read_ends_with_2_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    path = tmp_path / "other.zip"
    path.write_bytes(b"x")
    for name in (path, tmp_path / "missing.zip"):
        assert recount.main([str(name), "--lang", "en", *(["--json"] if as_json else [])]) == 2
        printed = capsys.readouterr()
        assert "expected" in printed.err
        if as_json:
            assert json.loads(printed.out)["errors"][0]["file"] == str(name)


def test_it_needs_neither_django_nor_a_database(archive: Path) -> None:
    program = (
        "import sys; from madang.site.cli.main import main; status = main(['recount', sys.argv[1], '--json']);"
        "assert not [one for one in sys.modules if one.split('.')[0] in ('django', 'psycopg')]; sys.exit(status)"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"}
    run = subprocess.run([sys.executable, "-c", program, str(archive)], env=environment, capture_output=True)
    assert run.returncode == 0, run.stderr.decode()
