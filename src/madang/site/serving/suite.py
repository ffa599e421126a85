"""Every check of the project, one after another, pytest last: what `./run test` runs.

Arguments are passed on to pytest; with any, only pytest runs, and in one process. Without any, pytest shares the
files out to as many processes as there are cores.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from madang.site.serving import browser, front, messages
from madang.site.serving.folders import CHECKOUT, data_folder

MOST_PROCESSES = 4
STRICT = ("states", "operations", "queries", "permissions")


def strict_files() -> list[str]:
    """The files that mypy judges: the engines, and every room's states, operations, queries and permissions."""
    source = CHECKOUT / "src" / "madang"
    files = set((source / "engines").rglob("*.py"))
    for name in STRICT:
        files |= {*source.rglob(f"{name}.py"), *source.rglob(f"{name}/*.py")}
    files |= {*(source / "site" / "serving").glob("*.py"), *(source / "site" / "cli").glob("*.py")}
    apart = {"tests", "migrations"}
    return sorted(str(path.relative_to(CHECKOUT)) for path in files if not apart & set(path.parts))


def checks() -> list[tuple[str, list[str]]]:
    """Name and command of every check before pytest."""
    tools = Path(sys.executable).parent
    python = sys.executable
    return [
        ("ruff check", [python, "-m", "ruff", "check", "."]),
        ("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        ("import contracts", [python, str(tools / "lint-imports"), "--no-logo"]),
        ("mypy", [python, "-m", "mypy", "--cache-dir", ".madang/mypy", *strict_files()]),
    ]


def prepare() -> None:
    """Brings in what the tests need beside the packages. Raises UnableToBuildFront, UnableToFindBrowser."""
    data = data_folder()
    print("madang: fonts and catalogues …", flush=True)
    front.build()
    messages.compile_catalogues()
    os.environ["MADANG_CHROMIUM"] = browser.ensure(data)
    print(f"madang: browser {os.environ['MADANG_CHROMIUM']}", flush=True)


def side_by_side() -> list[str]:
    """What makes pytest share the files out, a file always whole, in the order in which they are collected."""
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    return ["-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder", "--durations", "15"]


def run(name: str, command: list[str]) -> bool:
    """Runs one check with its output shown; whether it passed."""
    print(f"\n── {name} ──", flush=True)
    began = time.monotonic()
    passed = subprocess.run(command, cwd=CHECKOUT, stdin=subprocess.DEVNULL).returncode == 0
    print(f"── {name}: {'passed' if passed else 'FAILED'} ({time.monotonic() - began:.0f} s)", flush=True)
    return passed


def main(arguments: list[str]) -> int:
    """Runs everything; 1 when a check failed, with the failed ones named before pytest's own summary."""
    os.chdir(CHECKOUT)
    try:
        prepare()
    except (front.UnableToBuildFront, browser.UnableToFindBrowser) as problem:
        print(f"madang: {problem}", file=sys.stderr)
        return 1
    failed = [] if arguments else [name for name, command in checks() if not run(name, command)]
    if failed:
        print(f"\nmadang: failed: {', '.join(failed)}", flush=True)
    tests = run("pytest", [sys.executable, "-m", "pytest", *(arguments or side_by_side())])
    return 1 if failed or not tests else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
