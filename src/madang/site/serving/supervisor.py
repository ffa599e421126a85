"""Keeps the processes of the site: runs steps one after another, then children that live until they are told to end.

Every child leads a process group of its own, so that a key press in the terminal reaches this process only and ending
a child ends what it started. Should this process be killed, the system tells the children to end.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from madang.site.serving.account import ends_with_parent

PATIENCE = 10.0
LARGEST_LOG = 5_000_000
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class UnableToRun(Exception):
    """A step or a child failed; the text says in one line what."""


class Stopped(Exception):
    """A signal asked this process to end."""


@dataclass
class Child:
    """One process that is started again when it ends, unless it keeps ending at once.

    log: the file its output goes to; None for this process's own output.
    """

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = field(default=0)

    def start(self) -> None:
        output: IO[bytes] | None = None
        if self.log is not None:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            large = self.log.exists() and self.log.stat().st_size > LARGEST_LOG
            output = self.log.open("wb" if large else "ab")
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=ends_with_parent(signal.SIGTERM),
        )
        if output is not None:
            output.close()

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def last_words(self) -> str:
        """The last line of the child's log; nothing when it has none of its own."""
        if self.log is None or not self.log.exists():
            return ""
        lines = self.log.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""


class Supervisor:
    """Runs steps and keeps children until a signal arrives."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.stopping = False
        for number in STOPPING_SIGNALS:
            signal.signal(number, self._ask_to_stop)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def check(self) -> None:
        """Raises Stopped when a signal has arrived."""
        if self.stopping:
            raise Stopped

    def run(self, name: str, command: list[str], environment: dict[str, str]) -> str:
        """Runs one step to its end and returns what it printed; its errors go to the terminal as they come.

        Raises UnableToRun when it fails and Stopped when a signal arrives meanwhile.
        """
        self.check()
        step = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=ends_with_parent(signal.SIGTERM),
        )
        while True:
            try:
                printed = step.communicate(timeout=0.1)[0].decode(errors="replace")
                break
            except subprocess.TimeoutExpired:
                if self.stopping:
                    end(step)
                    raise Stopped from None
        self.check()
        if step.returncode:
            last = printed.strip().splitlines()[-1:] or ["see above"]
            raise UnableToRun(f"{name} failed: {last[0]}")
        return printed

    def add(self, child: Child) -> None:
        """Starts a child and keeps it."""
        self.check()
        child.start()
        self.children.append(child)

    def wait_for(self, child: Child, ready: Callable[[], bool], seconds: float = 60) -> None:
        """Waits until a child does its work. Raises UnableToRun and Stopped."""
        deadline = time.monotonic() + seconds
        while not ready():
            self.check()
            if child.ended():
                raise UnableToRun(f"the {child.name} ended at once. {child.last_words()}".strip())
            if time.monotonic() > deadline:
                raise UnableToRun(f"the {child.name} does not answer. {child.last_words()}".strip())
            time.sleep(0.1)

    def keep(self, also: Callable[[], str | None] = lambda: None) -> None:
        """Stays until a signal arrives, starting children again that ended.

        also: asked every moment; a text it returns is the reason to give up.
        Raises Stopped, and UnableToRun when a child ends at once five times in a row.
        """
        while True:
            self.check()
            reason = also()
            if reason:
                raise UnableToRun(reason)
            for child in self.children:
                if child.ended():
                    self._restart(child)
            time.sleep(0.2)

    def _restart(self, child: Child) -> None:
        assert child.process is not None
        end_group(child.process)
        child.failures = child.failures + 1 if time.monotonic() - child.started < 30 else 1
        if child.failures >= 5:
            raise UnableToRun(f"the {child.name} keeps ending. {child.last_words()}".strip())
        print(
            f"madang: the {child.name} ended (status {child.process.returncode}); starting it again.", file=sys.stderr
        )
        time.sleep(min(child.failures, 3) * 0.5)
        child.start()

    def stop(self) -> None:
        """Ends every child, the last one started first."""
        for child in reversed(self.children):
            if child.process is not None:
                end(child.process)
        self.children.clear()


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and its group: politely, then by force."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    end_group(process)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Ends what a process of ours left in its own group."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
