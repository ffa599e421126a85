"""The figures of counting: whole commands beside the yardstick, reading beside the csv reader, memory.

Nothing here waits, so everything is held to its goal by processor time, which other work on the machine moves least.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import statistics
import subprocess
import sys
import time
from itertools import accumulate
from pathlib import Path

from madang.engines.counting.pabulib import read_election
from madang.engines.counting.rules import count

CHECKOUT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {"PYTHONPATH": str(CHECKOUT / "src")}
FASTER, READINGS, MEMORY_MB = 100, 5, 2048
LONGEST = 900
RUNS = 5


def measure(python: str, foreign: Path, files: list[Path], folder: Path) -> bool:
    """Print every figure beside its goal; return whether all are met."""
    generated = generate(folder / "generated.pb", voters=100_000, projects=100)
    largest = max(files, key=lambda file: file.stat().st_size, default=None)
    good = True
    for file in (largest, generated):
        if file is None:
            continue
        good = _readings(file) and good
        good = _ratio(python, foreign, file) and good
    return _memory(generate(folder / "million.pb", voters=1_000_000, projects=100)) and good


def generate(file: Path, *, voters: int, projects: int) -> Path:
    """Write an election in which some projects are far better known than others; seeded."""
    dice = random.Random(2020)
    budget = 10 * voters
    known = [1 / (place + 3) ** 0.7 for place in range(projects)]
    dice.shuffle(known)
    totals = list(accumulate(known))
    ids = [str(place + 1) for place in range(projects)]
    with file.open("w", encoding="utf-8") as out:
        out.write(f"META\nkey;value\nbudget;{budget}\nvote_type;approval\nmax_length;10\nPROJECTS\nproject_id;cost\n")
        out.writelines(f"{one};{dice.randint(budget // 200, budget // 8)}\n" for one in ids)
        out.write("VOTES\nvoter_id;vote\n")
        for voter in range(voters):
            chosen = dict.fromkeys(dice.choices(ids, cum_weights=totals, k=dice.randint(1, 10)))
            out.write(f"{voter + 1};{','.join(chosen)}\n")
    return file


def _readings(file: Path) -> bool:
    """Compare reading and counting by equal shares with the csv reader reading the same file; medians in turn."""
    reading, ours = [], []
    for _run in range(RUNS):
        start = time.process_time()
        with file.open(encoding="utf-8", newline="") as text:
            for _row in csv.reader(text, delimiter=";"):
                pass
        middle = time.process_time()
        count(read_election(file.read_bytes()), "equal-shares")
        reading.append(middle - start)
        ours.append(time.process_time() - middle)
    times = statistics.median(ours) / statistics.median(reading)
    print(
        f"{file.name}: read and counted by equal shares in {statistics.median(ours) * 1000:.0f} ms, "
        f"csv reader {statistics.median(reading) * 1000:.0f} ms: {times:.1f} times (goal: at most {READINGS})",
        flush=True,
    )
    return times <= READINGS


def _ratio(python: str, foreign: Path, file: Path) -> bool:
    """Compare whole commands, from the start of the process to its end; the yardstick once, ours as a median."""
    ours = [_command(file)[0] for _run in range(RUNS)]
    spent = statistics.median(ours)
    job = json.dumps({"file": str(file), "rule": "equal-shares", "stop": "overspend", "unit": 1, "grouped": False})
    start = _of_children()
    try:
        said = subprocess.run([python, str(foreign)], input=job, capture_output=True, text=True, timeout=LONGEST)
        ended = True
    except subprocess.TimeoutExpired:
        ended = False
    theirs = _of_children() - start
    same = ended and set(json.loads(said.stdout.splitlines()[-1])["winners"]) == set(_command(file)[1])
    word = ("same winners" if same else "OTHER WINNERS") if ended else "not finished, so at least"
    print(
        f"{file.name}: madang count {spent:.2f} s, pabutools {theirs:.1f} s ({word}): "
        f"{theirs / spent:.0f} times faster (goal: at least {FASTER})",
        flush=True,
    )
    return theirs / spent >= FASTER and (same or not ended)


def _command(file: Path) -> tuple[float, list[str]]:
    command = [sys.executable, "-m", "madang.site.cli.main", "count", str(file), "--rule", "equal-shares", "--json"]
    start = _of_children()
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=ENVIRONMENT)
    return _of_children() - start, json.loads(said.stdout)["winners"]


def _of_children() -> float:
    """Return the processor seconds of all processes started from here that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(file: Path) -> bool:
    """Count a million voters in a process of its own and print the most memory it held."""
    code = (
        "import resource, sys, time; start = time.perf_counter()\n"
        "from madang.site.cli.count import main; main([sys.argv[1], '--rule', 'equal-shares', '--json'])\n"
        "print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    command = [sys.executable, "-c", code, str(file)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=ENVIRONMENT)
    spent, most = said.stdout.splitlines()[-1].split()
    print(
        f"{file.name}: a million voters in {float(spent):.1f} s and {most} MB (goal: at most {MEMORY_MB})", flush=True
    )
    return int(most) <= MEMORY_MB
