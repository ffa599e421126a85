"""The checker finds every planted fault, in published files and in whole elections, and nothing in an honest one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.faults.ledger_check import VERIFY, Judge
from tests.faults.ledger_faults import ELECTION_FAULTS, EXPECTED, PUBLISHED_FAULTS, dishonest, honest, tampered

from madang.engines.ledger.recount import recount
from madang.engines.ledger.testing import Simulation, rules_for

FOUND_AS = {
    "a leaf is lost": "checkpoint",
    "a ballot is not opened": "opening",
    "a ballot is opened twice": "opening",
    "a leaf stands twice": "log",
    "a ballot is altered": "opening",
    "the log is truncated": "checkpoint",
    "the log is reordered": "checkpoint",
    "ballots are swapped between channels": "channel",
    "voters are moved between channels": "channel",
    "a batch is changed after signing": "batch",
    "a witness is missing": "witness",
    "the result is altered": "count",
    "the rules are altered": "log",
}


@pytest.fixture(scope="module")
def election() -> Simulation:
    return Simulation(seed=5, voters=240).run()


def judged(election: Simulation, files: tuple[Any, Any, bytes], folder: Path) -> set[str]:
    clients, seen, archive = files
    path = folder / "archive.zip"
    path.write_bytes(archive)
    return {kind for kind, _where in Judge(clients, seen, path, str(election.log.key)).judge()}


def verified(path: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    """Run verify.py as a journalist would: the one file, with nothing of ours beside it."""
    run = subprocess.run([sys.executable, "-I", str(VERIFY), str(path), *arguments], capture_output=True, text=True)
    return run.returncode, json.loads(run.stdout) if run.stdout else {}


@pytest.mark.parametrize("seed", range(3))
def test_an_honest_election_passes(seed: int, tmp_path: Path) -> None:
    election = Simulation(seed=seed, voters=150, rules=rules_for(seats=2 + seed)).run()
    assert judged(election, honest(election), tmp_path) == set()


@pytest.mark.parametrize("fault", ELECTION_FAULTS)
def test_a_fault_of_a_whole_election_is_found_from_outside(election: Simulation, fault: str, tmp_path: Path) -> None:
    files = dishonest(election, fault)
    assert EXPECTED[fault] in judged(election, files, tmp_path)
    # The archive alone is in order: without receipts and witnesses nobody could tell.
    assert recount(files[2]).ok


@pytest.mark.parametrize("fault", PUBLISHED_FAULTS)
def test_a_fault_in_published_files_is_found_by_the_checker(election: Simulation, fault: str, tmp_path: Path) -> None:
    clients, seen, _archive = honest(election)
    assert FOUND_AS[fault] in judged(election, (clients, seen, tampered(election, fault)), tmp_path)


@pytest.mark.parametrize("fault", PUBLISHED_FAULTS)
def test_a_fault_in_published_files_is_found_by_both_programs(election: Simulation, fault: str, tmp_path: Path) -> None:
    archive = tampered(election, fault, seed=1)
    (tmp_path / "archive.zip").write_bytes(archive)
    status, report = verified(tmp_path / "archive.zip")
    assert status == 1
    assert FOUND_AS[fault] in {one["code"] for one in report["problems"]}
    assert FOUND_AS[fault] in {one.code for one in recount(archive).problems}


def test_a_witness_that_saw_another_log_tells(election: Simulation, tmp_path: Path) -> None:
    other = Simulation(seed=5, voters=240).run(batch_every=37)
    clients, _seen, archive = honest(election)
    seen = [note for notes in other.seen.values() for note in notes]
    assert "witnessed" in judged(election, (clients, seen, archive), tmp_path)


def test_an_earlier_ballot_that_counts_in_place_of_a_later_one_is_found(election: Simulation, tmp_path: Path) -> None:
    clients, seen, archive = honest(election)
    lines_of: dict[str, list[dict[str, Any]]] = {}
    for line in clients:
        if line["answer"] == "receipt" and line["person"]:
            lines_of.setdefault(line["person"], []).append(line)
    first, second = next(lines for lines in lines_of.values() if len(lines) == 2)
    for name in ("sent", "answered"):
        first[name], second[name] = second[name], first[name]
    assert "lost" in judged(election, (clients, seen, archive), tmp_path)
