"""The engine's recount and verify.py agree on every kind of election, and say what became of a receipt's ballot."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madang.engines.ledger import recount
from madang.engines.ledger.recount import UnableToCountRules, count_ballots
from madang.engines.ledger.testing import Simulation, rules_for

VERIFY = Path(__file__).resolve().parents[1] / "verify.py"
SEATS = {"least_votes": 1, "limits": [], "seats": 4}
POINTS = {"kind": "points", "most": 4, "points": 10}
BUDGET = {
    "budget": 20_000,
    "least_votes": 3,
    "limits": [{"most": 1, "options": ["a1", "a2"]}, {"most": 2, "options": ["a3", "a4", "a5"]}],
    "name": "approval",
}
VOTES: dict[str, dict[str, Any]] = {
    "seats": rules_for(),
    "a budget with limits": rules_for(rule=BUDGET, ties="listed"),
    "points": rules_for(form=POINTS, rule=SEATS | {"name": "points"}),
    "a ranking": rules_for(form={"kind": "ranking", "most": 4}, rule=SEATS | {"name": "points"}),
    "shares of groups": rules_for(
        shares={"base": "votes", "by": "group", "parts": {"council": 40, "residents": 50, "school": 10}}
    ),
    "shares of channels": rules_for(
        shares={"base": "ballots", "by": "channel", "parts": {"mobile": 30, "on_site": 20, "online": 40, "paper": 10}}
    ),
}


def independent(archive: bytes, folder: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    path = folder / "archive.zip"
    path.write_bytes(archive)
    run = subprocess.run([sys.executable, "-I", str(VERIFY), str(path), *arguments], capture_output=True, text=True)
    return run.returncode, json.loads(run.stdout) if run.stdout else {}


@pytest.mark.parametrize("vote", VOTES)
def test_both_programs_count_the_same(vote: str, tmp_path: Path) -> None:
    archive = Simulation(seed=len(vote), voters=160, rules=VOTES[vote]).run().archive()
    status, theirs = independent(archive, tmp_path)
    ours = recount(archive).as_dict()
    assert (status, ours["problems"], theirs["problems"]) == (0, [], [])
    for part in ("election", "keys", "log", "ballots", "count", "decided"):
        assert ours[part] == theirs[part]
    assert ours["count"]["winners"]


def small_rules() -> Iterator[dict[str, Any]]:
    """Rules over four options where ties are frequent."""
    for ties, seats, form, name in product(
        ("decide", "listed"), (1, 3), ("approval", "ranking"), ("approval", "points")
    ):
        rule = {"least_votes": 1, "limits": [], "name": name, "seats": seats}
        yield rules_for(4, form={"kind": form, "most": 3}, rule=rule, ties=ties)
    for cost_limit in (3000, 5000):
        for limits in ([], [{"most": 1, "options": ["a1", "a3"]}]):
            yield rules_for(
                4,
                form={"kind": "points", "most": 3, "points": 9},
                rule={"budget": cost_limit, "least_votes": 2, "limits": limits, "name": "points"},
                ties="listed",
            )


@pytest.fixture(scope="module")
def published() -> Any:
    import importlib.util

    spec = importlib.util.spec_from_file_location("published_verify", VERIFY)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_opened(ballots: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Ballots as the published program keeps them: the text of what is on one, and its channel."""
    return [(json.dumps(one), "") for one in ballots]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["a1", "a2", "a3", "a4"]), max_size=4), max_size=12))
def test_both_programs_settle_every_tie_alike(published: Any, chosen: list[list[str]]) -> None:
    for rules in small_rules():
        points = rules["form"]["kind"] == "points"
        ballots = [{"choices": dict.fromkeys(one, len(one)) if points else one} for one in chosen]
        ours, refused = count_ballots(rules, ballots)
        published.problems.clear()
        assert ours == published.count(rules, as_opened(ballots))
        assert bool(refused) == bool(published.problems)
        assert len(ours["winners"]) + ours["open_seats"] <= rules["rule"].get("seats", 4)


@pytest.mark.parametrize(
    "choices",
    [[], ["a1", "a1"], ["a99"], ["a1", "a2", "a3", "a4", "a5"], "a1", None, {"a1": 1}, [["a1"]], [1]],
)
def test_a_ballot_the_form_does_not_allow_is_told_and_gives_nothing(published: Any, choices: Any) -> None:
    ballots = [{"choices": ["a1"]}, {"choices": choices}]
    counted, refused = count_ballots(rules_for(), ballots)
    assert refused == [1]
    assert sum(counted["scores"].values()) == 1
    if not isinstance(choices, str | dict):
        published.problems.clear()
        assert published.count(rules_for(), as_opened(ballots)) == counted
        assert published.problems


@pytest.mark.parametrize("points", [{"a1": 0}, {"a1": -1}, {"a1": True}, {"a1": "3"}, {"a1": 11}, {"a1": 6, "a2": 6}])
def test_points_that_cannot_be_given_are_told(published: Any, points: Any) -> None:
    rules = rules_for(form=POINTS, rule=SEATS | {"name": "points"})
    _counted, refused = count_ballots(rules, [{"choices": points}])
    assert refused == [0]
    published.problems.clear()
    published.count(rules, as_opened([{"choices": points}]))
    assert published.problems


def test_a_rule_that_cannot_be_counted_again_is_named(tmp_path: Path) -> None:
    rules = rules_for(rule={"budget": 9000, "least_votes": 0, "limits": [], "name": "equal-shares"}, ties="listed")
    election = Simulation(seed=1, voters=120, rules=rules).run()
    assert recount(election.archive()).ok
    status, report = independent(election.archive(), tmp_path)
    assert status == 1
    assert [one["code"] for one in report["problems"]] == ["uncounted"]
    with pytest.raises(UnableToCountRules):
        count_ballots(rules | {"rule": rules["rule"] | {"name": "dice"}}, [])


@pytest.fixture(scope="module")
def election() -> Simulation:
    return Simulation(seed=9, voters=200).run()


def receipts(election: Simulation, state: str) -> str:
    """A commitment that ended in a state, from the clients' files."""
    promised = [one["receipt"].split("\n")[3] for one in election.clients if one["receipt"] and one["person"]]
    counted = {"counted": election.book.live}.get(state, election.book.gone)
    return next(one for one in promised if one in counted and (state == "counted" or election.book.gone[one] == state))


@pytest.mark.parametrize("state", ["counted", "replace", "void"])
def test_a_receipt_finds_what_became_of_its_ballot(election: Simulation, state: str, tmp_path: Path) -> None:
    from madang.engines.ledger import receipt_code

    committed = receipts(election, state)
    for code in (committed, receipt_code(committed), receipt_code(committed).lower().replace("-", " ")):
        found = recount(election.archive(), code)
        assert found.ok
        assert found.receipt is not None
        assert found.receipt.state == state
        status, report = independent(election.archive(), tmp_path, code)
        assert (status, report["receipt"]["state"]) == (0, state)
        assert report["receipt"]["choices"] == found.receipt.choices
        assert (found.receipt.choices is None) == (state != "counted")


def test_a_receipt_that_is_not_there_is_a_problem(election: Simulation, tmp_path: Path) -> None:
    for code in ("0" * 64, "0000-0000-0000-0000-0000", "nonsense"):
        assert [one.code for one in recount(election.archive(), code).problems] == ["receipt"]
        status, report = independent(election.archive(), tmp_path, code)
        assert status == 1
        assert [one["code"] for one in report["problems"]] == ["receipt"]


def test_the_published_program_is_one_short_file_on_its_own() -> None:
    text = VERIFY.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    imported = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            imported |= {one.name.split(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert imported <= sys.stdlib_module_names | {"cryptography"}


def test_what_is_no_archive_cannot_be_read_by_the_published_program(tmp_path: Path) -> None:
    assert independent(b"x", tmp_path)[0] == 2
