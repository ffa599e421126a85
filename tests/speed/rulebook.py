"""The rulebook against its goals: judging a plan and a city, `madang check` as a process, the panel at a keystroke.

Run from the checkout: `.madang/venv/bin/python -m tests.speed.rulebook`. Goals, printed with the figures:
a plan of 30 projects × 40 lines is judged in under 20 ms; the whole city (25 such plans) in under half a second;
`madang check` answers for a small file in under 0.7 s, the interpreter's own start beside it; a keystroke in a plan of
12 projects × 12 lines is answered within 100 ms of server time. Medians of wall time and of processor time, which lie
apart on a machine that does other work. The engine waits for nothing, so it is held to its goals by processor time;
process and panel, which wait for the disk and the database, by wall time.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from madang.engines.rulebook import (
    JointOperation,
    Line,
    Member,
    PlanFacts,
    Project,
    Task,
    judge,
    on,
    summary,
)

CHECKOUT = Path(__file__).resolve().parents[2]
DISTRICTS, PROJECTS, LINES = 25, 30, 40
PANEL_PROJECTS, PANEL_LINES = 12, 12
RUNS = 15
STARTS = 5
CODES = ("101-04", "201-01", "201-03", "301-09", "307-02", "308-13", "401-02", "402-01", "405-01")
PANEL_CODES = ("201-01", "201-03", "301-09", "307-02", "401-01", "405-01")
NOON = datetime(2020, 5, 21, 12, tzinfo=ZoneInfo("Asia/Seoul"))


class Figure(NamedTuple):
    """What was measured, in milliseconds, and the goal (None for a yardstick)."""

    name: str
    wall: float
    processor: float | None
    goal: float | None
    waits: bool = True

    @property
    def met(self) -> bool:
        """Say whether the goal is met; a yardstick has none to miss."""
        spent = self.wall if self.waits or self.processor is None else self.processor
        return self.goal is None or spent < self.goal


def main() -> int:
    """Measure, print, and return 0 when every goal is met."""
    figures = [*engine(), *check()]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        figures += with_database(folder)
    print(f"{'':62} {'ms':>8} {'cpu ms':>8} {'goal':>6}")
    for figure in figures:
        name, wall, processor, goal, _waits = figure
        met = "" if goal is None else "met" if figure.met else "NOT MET"
        cpu = "" if processor is None else f"{processor:8.1f}"
        print(f"{name:62} {wall:8.1f} {cpu:>8} {'' if goal is None else f'{goal:.0f}':>6} {met}")
    return 0 if all(figure.met for figure in figures) else 1


def measured(run: Callable[[], object], *, runs: int = RUNS, prepare: Callable[[], object] | None = None) -> Figure:
    """Return the medians of some runs, after one that is not counted; `prepare` runs untimed before each."""
    walls, processors = [], []
    for number in range(runs + 1):
        if prepare:
            prepare()
        wall, processor = time.perf_counter(), time.process_time()
        run()
        if number:
            walls.append((time.perf_counter() - wall) * 1000)
            processors.append((time.process_time() - processor) * 1000)
    return Figure("", statistics.median(walls), statistics.median(processors), None)


def plan(seed: int) -> PlanFacts:
    """Return a plan with nothing worked out yet; every seed gives another."""
    dice = random.Random(seed)
    joint = JointOperation(("협치과",), ("마을모임",), "매달", "함께")
    projects = tuple(
        Project(
            f"S{number}",
            "sectoral" if number % 3 else "foundation",
            tuple(
                Line(dice.choice(CODES), city=dice.randint(1, 1200), district=dice.randint(0, 400), reason="까닭")
                for _ in range(LINES)
            ),
            task="T1",
            joint_operation=joint,
            transfer_reason="까닭",
            run_by_administration_alone=False,
            not_fundable=(),
        )
        for number in range(PROJECTS)
    )
    council = tuple(Member("private", gender="female" if number % 2 else "male") for number in range(40))
    return PlanFacts("도봉구", 2026, 2027, 1_000_000, council, (Task("T1"),), projects)


def engine() -> list[Figure]:
    """Judge one plan and 25, each read anew; and what the panel needs beside the findings."""
    view = on(date(2026, 7, 10), "도봉구")
    fresh: list[PlanFacts] = []

    def renew(count: int) -> None:
        fresh[:] = [plan(seed) for seed in range(count)]

    one = measured(lambda: judge(fresh[0], view), prepare=lambda: renew(1))
    city = measured(lambda: [judge(each, view) for each in fresh], prepare=lambda: renew(DISTRICTS), runs=5)
    both = measured(lambda: (judge(fresh[0], view), summary(fresh[0], view)), prepare=lambda: renew(1))
    size = f"{PROJECTS} projects × {LINES} lines"
    return [
        one._replace(name=f"engine: a plan of {size}", goal=20, waits=False),
        city._replace(name=f"engine: {DISTRICTS} such plans", goal=500, waits=False),
        both._replace(name="engine: the same plan with the panel's figures"),
    ]


def check() -> list[Figure]:
    """Start `madang check` for a small plan, in an environment without database or settings."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT / "src"), "PYTHONUTF8": "1"}
    projects = [
        {"id": f"S{number}", "part": part, "lines": [{"item": "201-03", "city": 1000}]}
        for number, part in enumerate(("sectoral", "foundation"))
    ]
    document = {"format": "madang-plan/1", "district": "도봉구", "planning_year": 2026, "fiscal_year": 2027}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.json"
        path.write_text(json.dumps(document | {"projects": projects}), "utf-8")
        command = [sys.executable, "-m", "madang.site.cli.main", "check", str(path)]
        answered = subprocess.run(command, env=environment, capture_output=True)
        if answered.returncode != 0:
            raise RuntimeError(f"madang check answered {answered.returncode}: {answered.stderr.decode()}")
        ours, alone = [], []
        for _run in range(STARTS):
            alone.append(process([sys.executable, "-c", "pass"], environment))
            ours.append(process(command, environment))
    return [
        Figure("madang check: the whole process, a small file", statistics.median(ours), None, 700),
        Figure("  yardstick: the interpreter's own start", statistics.median(alone), None, None),
    ]


def process(command: list[str], environment: dict[str, str]) -> float:
    """Return how long a process takes, in milliseconds."""
    began = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - began) * 1000


def with_database(folder: str) -> list[Figure]:
    """Start a database of its own, put a plan into it, and type."""
    from madang.site.serving.postgres import Cluster

    cluster = Cluster(Path(folder) / "postgres")
    try:
        urls = cluster.start()
        settings = {"DATABASE_URL": urls.owner, "DJANGO_SETTINGS_MODULE": "madang.site.settings"}
        os.environ.update(settings, MADANG_DATA=folder, MADANG_DAY=str(NOON.date()))
        return [panel()]
    finally:
        cluster.stop()


def panel() -> Figure:
    """Answer keystrokes in one cell of the budget of one project."""
    import django
    from django.core.management import call_command
    from django.test import Client

    django.setup()
    call_command("migrate", verbosity=0)
    person, address, form = typed()
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    amounts = iter(range(1000, 100_000))

    def keystroke() -> None:
        form["city-new1"] = f"{next(amounts):,}"
        answer = client.post(address, form, headers={"HX-Request": "true"})
        if answer.status_code != 200 or form["city-new1"].encode() not in answer.content:
            raise RuntimeError(f"{address} answered {answer.status_code}")

    size = f"{PANEL_PROJECTS} projects × {PANEL_LINES} lines"
    return measured(keystroke, runs=30)._replace(name=f"panel: a keystroke in a plan of {size}", goal=100)


def typed() -> tuple[object, str, dict[str, object]]:
    """Return who types, where, and the grid of one project as a browser sends it."""
    from madang.plan.plans import operations
    from madang.plan.plans.operations import LineInput
    from madang.plan.plans.testing import chosen_agenda, ready_room

    room = ready_room(NOON)
    who = {"actor": room.staff, "at": NOON}
    task = room.project().task
    while room.plan.projects.count() < PANEL_PROJECTS:
        agenda = chosen_agenda(room.plan.district, room.plan.cycle, NOON)
        operations.add_project_from_agenda(plan=room.plan, agenda=agenda, task=task, **who)
    lines = [
        LineInput(PANEL_CODES[number % len(PANEL_CODES)], "6회 × 500,000원", city_kwon=3000 + number, reason="까닭")
        for number in range(PANEL_LINES)
    ]
    for project in room.plan.projects.select_related("plan__district", "plan__cycle"):
        operations.save_budget(project=project, lines=lines, **who)
    form: dict[str, object] = {"row": [f"new{number}" for number in range(1, PANEL_LINES + 1)]}
    for number, line in enumerate(lines, 1):
        cells = {"item": line.item, "basis": line.basis, "city": line.city_kwon, "district": 0, "reason": line.reason}
        form |= {f"{name}-new{number}": value for name, value in cells.items()}
    chosen = room.project()
    address = f"/districts/{room.plan.district.slug}/plans/{room.plan.fiscal_year}/projects/{chosen.number}/budget/"
    return room.staff.person, address, form


if __name__ == "__main__":
    sys.exit(main())
