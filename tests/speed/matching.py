"""Similar texts and searching against their goals, on the 4,892 real proposals that stand beside the checkout.

Run from the checkout: `.madang/venv/bin/python -m tests.speed.matching`. Goals, printed with the figures: what is
similar to a new text in under 50 ms; a search in under 30 ms, marks included; `madang similar` for the whole file, as a
process with reading and passages, in under 5 s and 500 MB; all pairs alone likewise. Medians of five rounds, of wall
time and of processor time, which lie apart on a machine that does other work: the engine waits for nothing, so it is
held to its goals by processor time. What comes out right is printed below: precision and recall of pairs, recall@10.
"""

from __future__ import annotations

import csv
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from madang.engines.matching import THRESHOLD, Entry, Row, SearchIndex, SimilarIndex, groups_of, rows_of

CHECKOUT = Path(__file__).resolve().parents[2]
FILE = CHECKOUT.parent / "shared" / "data" / "democracy_seoul" / "free_proposals.jsonl"
LABELS = CHECKOUT / "src" / "madang" / "engines" / "matching" / "tests"
RUNS = 5
ASKED = 100
COMMAND = """
import resource, sys, time
from madang.site.cli.main import main
status = main(["similar", sys.argv[1], "--json"])
usage = resource.getrusage(resource.RUSAGE_SELF)
print(f"{usage.ru_utime + usage.ru_stime} {usage.ru_maxrss / 1024} {status}", file=sys.stderr)
"""


class Figure(NamedTuple):
    """What was measured and its goal: milliseconds of wall and processor time, or megabytes."""

    name: str
    wall: float | None
    spent: float
    goal: float | None
    unit: str = "ms"

    @property
    def met(self) -> bool:
        return self.goal is None or self.spent < self.goal


def main() -> int:
    """Measure, print, and return 0 when every goal is met."""
    if not FILE.is_file():
        print(f"{FILE.name} does not stand beside the checkout.", file=sys.stderr)
        return 2
    rows = rows_of(FILE.read_bytes(), ".jsonl")
    figures = [*similar(rows), *searching(rows), *command()]
    print(f"{'':58} {'wall':>8} {'cpu':>8} {'goal':>6}")
    for figure in figures:
        wall = "" if figure.wall is None else f"{figure.wall:8.1f}"
        goal = "" if figure.goal is None else f"{figure.goal:.0f}"
        met = "" if figure.goal is None else "met" if figure.met else "NOT MET"
        print(f"{figure.name:58} {wall:>8} {figure.spent:8.1f} {goal:>6} {figure.unit} {met}")
    print("\n".join([*right_pairs(SimilarIndex(rows)), *right_answers(rows)]))
    return 0 if all(figure.met for figure in figures) else 1


def measured(name: str, run: Callable[[], object], goal: float | None, *, each: int = 1) -> Figure:
    """Return the medians of several rounds of a run, divided by how many things one round does."""
    walls, spent = [], []
    for _round in range(RUNS):
        wall, processor = time.perf_counter(), time.process_time()
        run()
        walls.append((time.perf_counter() - wall) * 1000 / each)
        spent.append((time.process_time() - processor) * 1000 / each)
    return Figure(name, statistics.median(walls), statistics.median(spent), goal)


def similar(rows: list[Row]) -> list[Figure]:
    """Measure laying out the texts, asking with one, adding one, all pairs and their groups."""
    index = SimilarIndex(rows)
    asked = rows[:: len(rows) // ASKED][:ASKED]
    grown = SimilarIndex(rows[30:])
    for row in rows[:30]:
        grown.add(row)
    pairs = index.pairs()
    return [
        measured(f"laying out {len(rows):,} texts to compare", lambda: SimilarIndex(rows), None),
        measured("similar ones for a new text", lambda: [index.similar(*_words(row)) for row in asked], 50, each=ASKED),
        measured(
            "the same, 30 texts added since", lambda: [grown.similar(*_words(row)) for row in asked], 50, each=ASKED
        ),
        measured(f"all pairs: {len(pairs):,}", index.pairs, 5000),
        measured(f"their groups: {len(groups_of(pairs)):,}", lambda: groups_of(pairs), None),
    ]


def _words(row: Row) -> tuple[str, str]:
    return row.title, row.text


def searching(rows: list[Row]) -> list[Figure]:
    """Measure laying out the entries and the hundred labelled queries, by their mean and the slowest."""
    entries = [Entry(row.id, row.title, row.text) for row in rows]
    index = SearchIndex(entries)
    queries = [query["query"] for query in _labels("queries.csv")]
    slowest = max(queries, key=lambda query: measured("", lambda: index.search(query), None).spent)
    return [
        measured(f"laying out {len(rows):,} entries to search", lambda: SearchIndex(entries), None),
        measured("a search, ten hits with marks", lambda: list(map(index.search, queries)), 30, each=len(queries)),
        measured("the slowest of the hundred", lambda: index.search(slowest), 30),
    ]


def command() -> list[Figure]:
    """Measure the whole command as a process of its own, and the most memory it took."""
    walls, spent, memory = [], [], 0.0
    for _round in range(RUNS):
        began = time.perf_counter()
        run = subprocess.run([sys.executable, "-c", COMMAND, str(FILE)], cwd=CHECKOUT / "src", capture_output=True)
        walls.append((time.perf_counter() - began) * 1000)
        seconds, most, status = map(float, run.stderr.decode().split())
        if status:
            raise RuntimeError(f"madang similar ended with {status:.0f}")
        spent.append(seconds * 1000)
        memory = max(memory, most)
    return [
        Figure("madang similar: the whole process", statistics.median(walls), statistics.median(spent), 5000),
        Figure("its memory at most", None, memory, 500, "MB"),
    ]


def right_pairs(index: SimilarIndex) -> list[str]:
    """Return precision and recall on the labelled pairs, of each half and of all."""
    lines = []
    for half in ("dev", "held", "all"):
        pairs = [pair for pair in _labels("pairs.csv") if half in {"all", pair["half"]}]
        above = [pair for pair in pairs if index.score(pair["a"], pair["b"]) >= THRESHOLD]
        right = sum(pair["label"] == "1" for pair in above)
        wanted = sum(pair["label"] == "1" for pair in pairs)
        lines.append(f"pairs, {half}: precision {right / len(above):.3f}, recall {right / wanted:.3f} of {len(pairs)}")
    return lines


def right_answers(rows: list[Row]) -> list[str]:
    """Return recall@10 on the labelled queries, of each half and of each kind."""
    index = SearchIndex(Entry(row.id, row.title, row.text) for row in rows)
    shares: dict[str, list[float]] = {}
    for query in _labels("queries.csv"):
        first = {hit.id for hit in index.search(query["query"], 10)}
        right = query["ids"].split()
        for group in ("all", query["half"], query["kind"]):
            shares.setdefault(group, []).append(len(first.intersection(right)) / len(right))
    return [f"recall@10, {group}: {statistics.mean(found):.3f} of {len(found)}" for group, found in shares.items()]


def _labels(name: str) -> list[dict[str, str]]:
    with (LABELS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    sys.exit(main())
