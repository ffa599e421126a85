"""The recount of 300,000 ballots against its goals: verify.py, the visitor's browser, `madang recount` beside them.

Run from the checkout: `.madang/venv/bin/python -m tests.speed.recount [--ballots N]`. Goals, printed with the figures:
under 10 s by verify.py, under 30 s in Chromium. The three must agree on root, totals and result, or nothing is
measured. Making the simulated archive takes about half a minute; it is kept in the temporary folder for the next run.
Wall time and, for the two processes, processor time, which lie apart on a machine that does other work; the programs
wait for nothing, so they are held to the goal by processor time. The yardstick, a million hashes of 100 bytes in
Python, takes about 0.6 s of an idle machine.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import sync_playwright
from tests.faults.ledger_check import VERIFY
from tests.journeys.conftest import FLAGS
from tests.journeys.test_recount import RECOUNT, Files

from madang.engines.ledger.testing import Simulation
from madang.site.serving import browser as chromium
from madang.site.serving.folders import data_folder

BALLOTS = 300_000
PARTS = ("log", "ballots", "count")


class Figure(NamedTuple):
    """What was measured, in seconds, and the goal (None without one)."""

    name: str
    wall: float
    processor: float | None
    goal: float | None


def main() -> int:
    """Measure, print, and return 0 when every goal is met."""
    parser = argparse.ArgumentParser(prog="tests.speed.recount", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--ballots", type=int, default=BALLOTS)
    ballots = parser.parse_args().ballots
    archive = made(ballots)
    figures = [yardstick()]
    reports = []
    for name, command, goal in (
        ("verify.py", [sys.executable, "-I", str(VERIFY), str(archive)], 10.0),
        ("madang recount", [sys.executable, "-m", "madang.site.cli.main", "recount", "--json", str(archive)], None),
    ):
        figure, report = process(name, command, goal)
        figures.append(figure)
        reports.append(report)
    figure, report = in_the_browser(archive)
    figures.append(figure)
    reports.append(report)
    if any(not one["ok"] or any(one[part] != reports[0][part] for part in PARTS) for one in reports):
        print("the programs do not agree")
        return 1
    total, log = report["ballots"]["total"], report["log"]
    print(f"{total:,} ballots, log of {log['size']:,} leaves, root {log['root']}")
    print(f"{'':24} {'s':>7} {'cpu s':>7} {'goal':>5}")
    for name, wall, processor, goal in figures:
        cpu = "" if processor is None else f"{processor:7.1f}"
        met = "" if goal is None else "NOT MET" if missed(processor, wall, goal) else "met"
        print(f"{name:24} {wall:7.1f} {cpu:>7} {'' if goal is None else f'{goal:.0f}':>5} {met}")
    return 1 if any(missed(processor, wall, goal) for _name, wall, processor, goal in figures) else 0


def missed(processor: float | None, wall: float, goal: float | None) -> bool:
    """Say whether a goal is missed, by processor time where it is known."""
    return goal is not None and (wall if processor is None else processor) >= goal


def made(ballots: int) -> Path:
    """Return an archive with so many ballots, made once for each number and state of its writer."""
    source = Path(VERIFY).parent
    state = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(source.rglob("*.py")))).hexdigest()[:12]
    path = Path(tempfile.gettempdir()) / f"madang-recount-{ballots}-{state}.zip"
    if not path.is_file():
        election = Simulation(seed=1, voters=ballots * 5 // 4, receipts=False)
        path.write_bytes(election.run(batch_every=300, checkpoint_every=6).archive())
    return path


def yardstick() -> Figure:
    """Return the time of a million hashes."""
    wall, processor = time.perf_counter(), time.process_time()
    for _number in range(1_000_000):
        hashlib.sha256(bytes(100)).digest()
    return Figure("yardstick: 1M hashes", time.perf_counter() - wall, time.process_time() - processor, None)


def process(name: str, command: list[str], goal: float | None) -> tuple[Figure, dict[str, Any]]:
    """Run a program over the archive; return its times and its report."""
    before, wall = _spent(), time.perf_counter()
    run = subprocess.run(command, capture_output=True, text=True)
    figure = Figure(name, time.perf_counter() - wall, _spent() - before, goal)
    if not run.stdout:
        raise RuntimeError(f"{name}: {run.stderr}")
    return figure, json.loads(run.stdout)


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def in_the_browser(archive: Path) -> tuple[Figure, dict[str, Any]]:
    """Count the archive again in Chromium; return the time and the report."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.ensure(data_folder()), args=FLAGS)
        page = launched.new_page()
        page.set_default_timeout(300_000)
        page.goto(f"http://localhost:{server.server_port}/")
        page.set_input_files("input", str(archive))
        began = time.perf_counter()
        report = page.evaluate(RECOUNT, {"receipt": "", "without": ""})
        spent = time.perf_counter() - began
        launched.close()
    server.shutdown()
    if "unread" in report:
        raise RuntimeError(report["unread"])
    return Figure("the browser", spent, None, 30), report


if __name__ == "__main__":
    sys.exit(main())
