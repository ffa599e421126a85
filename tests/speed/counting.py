"""Counting beside a yardstick: the same winners as pabutools, a hundred times faster, near the speed of reading.

Run from the checkout:

    .madang/venv/bin/python -m tests.speed.counting --foreign PYTHON --files FOLDER [--only winners|speed]

PYTHON (or the variable MADANG_PABUTOOLS_PYTHON) is a Python of its own with pabutools, which is under the GPL: it is
neither imported nor locked here, only run as a separate process with its exact numbers. FOLDER holds Pabulib files.
Winners are compared on every file and on 300 random small elections by every rule. Where one unit at a time would
keep the yardstick busy for hours, both raise by a larger unit, and the outcome at one unit is checked at its end: the
yardstick's plain outcomes with the last budgets and with one unit more. Goals of speed, printed with the figures:
equal shares (whole commands) 100 times faster on the largest file and on 100,000 voters × 100 projects; reading and
counting within 5 times the csv reader of the standard library; a million voters within 2 GB.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.speed import counting_figures

from madang.engines.counting.model import Election
from madang.engines.counting.outcome import Limits, tie_ranks
from madang.engines.counting.pabulib import read_election
from madang.engines.counting.purchases import Market
from madang.engines.counting.rules import RULES, Rule, count

FOREIGN = Path(__file__).with_name("counting_foreign.py")
INSTANCES = 300
PATIENCE = 60
JOBS: list[tuple[Rule, str]] = [(rule, "overspend") for rule in RULES] + [("equal-shares", "exhaustive")]


class Foreign:
    """The yardstick as a process that answers jobs."""

    def __init__(self, python: str) -> None:
        command = [python, str(FOREIGN)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ready: float = self._answer()["ready"]

    def winners(self, file: Path, rule: str, stop: str = "overspend", *, unit: int = 1, raised: int = 0) -> set[str]:
        """Return the yardstick's winners; ``raised``: by how much every voter has more in plain equal shares."""
        assert self.process.stdin is not None
        job = {"file": str(file), "rule": rule, "stop": stop, "unit": unit, "raised": raised}
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        return set(self._answer()["winners"])

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("The yardstick ended without an answer; its own message stands above.")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(10)


def main() -> int:
    """Compare, measure, print; 0 when all winners are equal and all goals met, 2 when there is no yardstick."""
    options = _read()
    python = options.foreign or os.environ.get("MADANG_PABUTOOLS_PYTHON", "")
    if not python or not Path(python).is_file():
        print("Nothing was compared: there is no Python with pabutools here. Name one with --foreign PYTHON or in the")
        print("variable MADANG_PABUTOOLS_PYTHON. It must be an environment of its own, outside this checkout.")
        return 2
    files = sorted(options.files.glob("*.pb")) if options.files else []
    good = True
    with tempfile.TemporaryDirectory() as folder:
        if options.only != "speed":
            foreign = Foreign(python)
            good = same_on_files(foreign, files, options.patience)
            good = same_on_random(foreign, Path(folder)) and good
            foreign.close()
        if options.only != "winners":
            good = counting_figures.measure(python, FOREIGN, files, Path(folder)) and good
    return 0 if good else 1


def _read() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--foreign", help="a Python that has pabutools")
    parser.add_argument("--files", type=Path, help="a folder of Pabulib files")
    parser.add_argument("--only", choices=("winners", "speed"))
    parser.add_argument("--patience", type=int, default=PATIENCE, help="more: smaller units on large files")
    return parser.parse_args()


def same_on_files(foreign: Foreign, files: list[Path], patience: int) -> bool:
    """Compare the winners on every file by every rule."""
    good = True
    for file in files:
        election = read_election(file.read_bytes())
        said = []
        for rule, stop in JOBS:
            outcome = count(election, rule, stop=stop)
            unit = _unit(election, outcome.steps, patience)
            ours = count(election, rule, stop=stop, unit=unit) if unit > 1 else outcome
            same = set(ours.winners) == foreign.winners(file, rule, stop, unit=unit)
            if unit > 1 and outcome.steps is not None:
                same = same and _same_runs(foreign, file, election, outcome.steps)
            name = rule if rule != "equal-shares" else f"{rule} --stop {stop}"
            said.append(f"{name}: {'same' if same else 'DIFFERENT'}{f' (unit {unit})' if unit > 1 else ''}")
            good = good and same
        print(f"{file.name}: {'; '.join(said)}", flush=True)
    return good


def _same_runs(foreign: Foreign, file: Path, election: Election, steps: int) -> bool:
    """Compare the last run that counts at one unit, and the one after it, with the yardstick's plain outcomes."""
    market = Market(election, tie_ranks(election), Limits())
    start = election.budget / election.ballots.voters
    return all(
        {election.projects[one].id for one in market.run(start + raised).numbers()}
        == foreign.winners(file, "equal-shares-plain", raised=raised)
        for raised in (steps, steps + 1)
    )


def _unit(election: Election, steps: int | None, patience: int) -> int:
    """Return the unit by which the yardstick ends in reasonable time."""
    marks = len(election.ballots.ballot)
    most = max(5, patience * 4_000 // max(marks, 1_000))
    return 1 if steps is None or steps <= most else -(-steps // most)


def same_on_random(foreign: Foreign, folder: Path) -> bool:
    """Compare the winners on random small elections, made to tie often, by every rule; seeded."""
    equal: Counter[str] = Counter()
    ties = differ = 0
    for number, text in enumerate(elections(random.Random(2020))):
        file = folder / f"{number}.pb"
        file.write_text(text, encoding="utf-8")
        election = read_election(text.encode())
        for rule, stop in JOBS:
            ours = count(election, rule, stop=stop)
            ties += bool(ours.ties)
            if set(ours.winners) == foreign.winners(file, rule, stop):
                equal[f"{rule} {stop}" if rule == "equal-shares" else rule] += 1
            else:
                differ += 1
                print(f"DIFFERENT by {rule} {stop}:\n{text}")
    print(f"Random elections, of {INSTANCES}: " + "; ".join(f"{name}: {same} same" for name, same in equal.items()))
    print(f"{ties} of these counts met a tie.")
    return not differ


def elections(dice: random.Random) -> Iterator[str]:
    """Yield random small elections as Pabulib texts: few voters, few different costs, so that ties are common."""
    for _number in range(INSTANCES):
        projects = [f"p{place}" for place in range(dice.randint(2, 9))]
        form = dice.choice(["approval", "approval", "approval", "ordinal", "cumulative", "scoring", "choose-1"])
        most = dice.choice([3, 10, 40])
        costs = [dice.randint(1, most) for _one in projects]
        budget = dice.randint(max(1, sum(costs) // 3), sum(costs))
        yield "\n".join(
            ["META", "key;value", f"budget;{budget}", f"vote_type;{form}", "PROJECTS", "project_id;cost"]
            + [f"{one};{cost}" for one, cost in zip(projects, costs, strict=True)]
            + ["VOTES", "voter_id;vote;points"]
            + [f"{voter};{_vote(dice, projects, form)}" for voter in range(dice.randint(2, 14))]
        )


def _vote(dice: random.Random, projects: list[str], form: str) -> str:
    chosen = dice.sample(projects, 1 if form == "choose-1" else dice.randint(1, min(4, len(projects))))
    points = [str(dice.randint(0, 3)) for _one in chosen] if form in {"cumulative", "scoring"} else []
    return f"{','.join(chosen)};{','.join(points)}"


if __name__ == "__main__":
    sys.exit(main())
