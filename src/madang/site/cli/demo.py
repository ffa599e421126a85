"""madang demo: a city with an example year on this machine, until Ctrl-C."""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import secrets
import shutil
import sys
import time
from datetime import date
from pathlib import Path
from typing import IO

from madang.site.serving import messages, processes
from madang.site.serving.folders import data_folder, in_checkout
from madang.site.serving.postgres import Cluster, UnableToStartDatabase, Urls, write_private
from madang.site.serving.supervisor import Stopped, Supervisor, UnableToRun

FIRST_PORT = 8000
DEMO_DAY = date(2020, 7, 6)
MADE_BY_THE_DEMO = ("postgres", "media", "static", "logs", "secret-key")
# What a power cut would take from migrations and example year is made again at the next start: no waiting for the disk.
UNHURRIED = {"PGOPTIONS": "-c synchronous_commit=off"}


class UnableToStartDemo(Exception):
    """The demo cannot be started; the text says in one line why."""


def say(text: str) -> None:
    print(f"madang: {text}", file=sys.stderr, flush=True)


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="madang demo", description=__doc__)
    parser.add_argument("--port", type=_port, help=f"port of the site (else {FIRST_PORT} or the next free one)")
    parser.add_argument("--day", type=_day, default=DEMO_DAY, help=f"the demo's today, YYYY-MM-DD (else {DEMO_DAY})")
    parser.add_argument("--fresh", action="store_true", help="delete this checkout's demo data and begin anew")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (1 to 65535)")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day (YYYY-MM-DD)") from None


def main(arguments: list[str]) -> int:
    """Runs the demo; 0 when it was stopped by a signal, 1 when something kept it from running."""
    chosen = read(arguments)
    data = data_folder()
    supervisor = Supervisor()
    cluster = Cluster(data / "postgres")
    lock = None
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = take(data)
        port = choose_port(chosen.port)
        if chosen.fresh:
            delete_data(data)
        _run(supervisor, cluster, data=data, lock=lock, port=port, day=chosen.day)
    except Stopped:
        say("stopping …")
        return 0
    except (UnableToStartDemo, UnableToStartDatabase, UnableToRun) as problem:
        say(str(problem))
        return 1
    except OSError as problem:
        say(f"cannot use {data}: {problem}")
        return 1
    finally:
        supervisor.stop()
        cluster.stop()
        if lock is not None:
            (data / "demo.json").unlink(missing_ok=True)
            lock.close()
    return 0


def take(data: Path) -> IO[str]:
    """Holds the checkout's demo for this process. Raises UnableToStartDemo when one runs already."""
    lock = (data / "demo.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        running = lock.read().strip() or "it is still starting"
        lock.close()
        raise UnableToStartDemo(f"the demo of this checkout is already running ({running}).") from None
    lock.truncate(0)
    return lock


def choose_port(wanted: int | None) -> int:
    """The wanted port, else 8000 or the next free one. Raises UnableToStartDemo when the wanted one is taken."""
    if wanted is None:
        return processes.next_free_port(FIRST_PORT)
    if not processes.is_free(wanted):
        raise UnableToStartDemo(f"port {wanted} cannot be used here; choose another with --port, or leave it out.")
    return wanted


def delete_data(data: Path) -> None:
    """Deletes what earlier demos made, and nothing else."""
    say("deleting the demo's earlier data …")
    for name in MADE_BY_THE_DEMO:
        path = data / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def environment(data: Path, urls: Urls, *, port: int, day: date) -> dict[str, str]:
    """What the demo's processes are told."""
    for folder in ("media", "static"):
        (data / folder).mkdir(exist_ok=True)
    key = data / "secret-key"
    if not key.is_file():
        write_private(key, secrets.token_urlsafe(48))
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "madang.site.settings",
        "DATABASE_URL": urls.app,
        "SECRET_KEY": key.read_text(),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "MADANG_BASE_URL": f"http://localhost:{port}",
        "MADANG_DATA": str(data),
        "MADANG_DAY": day.isoformat(),
        "MADANG_DEMO": "1",
        "PYTHONUNBUFFERED": "1",
    }


def _run(supervisor: Supervisor, cluster: Cluster, *, data: Path, lock: IO[str], port: int, day: date) -> None:
    """Brings everything up in order and stays until a signal arrives."""
    began = time.monotonic()
    if in_checkout():
        messages.compile_catalogues()
    python = [sys.executable, "-m"]
    supervisor.run("fetching the fonts", [*python, "madang.site.cli.main", "front"], dict(os.environ))
    urls = cluster.start()
    for folder in cluster.opened:
        say(f"the database runs without rights of its own; it may now pass through {folder} (chmod o+x).")
    site = environment(data, urls, port=port, day=day)
    owner = {**site, "DATABASE_URL": urls.owner, "DATABASE_OWNER_URL": urls.owner}
    write_private(data / "demo.json", json.dumps({name: owner[name] for name in owner if name not in os.environ}))
    say("bringing the database up to date …")
    migrate = [*python, "madang.site.cli.main", "migrate", "--verbosity", "0"]
    supervisor.run("migrating the database", migrate, owner | UNHURRIED)
    example = supervisor.run("the example year", [*python, "madang.site.serving.example"], site | UNHURRIED)
    accounts = json.loads(example)
    say("starting the site …")
    server = processes.web(site, host=processes.HOST, port=port, workers=2, log=data / "logs" / "web.log")
    supervisor.add(server)
    supervisor.add(processes.worker(site, log=data / "logs" / "worker.log"))
    supervisor.wait_for(server, lambda: processes.answers(port))
    address = f"http://localhost:{port}/"
    print(f"{address}, process {os.getpid()}", file=lock, flush=True)
    say(f"ready after {time.monotonic() - began:.1f} s.")
    print(welcome(address, accounts, day), flush=True)
    supervisor.keep(lambda: None if cluster.running() else f"the database ended; see {cluster.folder / 'log'}.")


def welcome(address: str, accounts: list[list[str]], day: date) -> str:
    """What the terminal shows when the site is up."""
    lines = ["", f"  마당 Madang   {address}", f"  오늘 / today   {day.isoformat()}", ""]
    if accounts:
        width = max(len(email) for _role, email, _name in accounts)
        lines += [f"  로그인 코드는 {address}mailbox/ 에 와요. / Sign-in codes arrive at {address}mailbox/", ""]
        lines += [f"  {email:<{width}}  {role} · {name}" for role, email, name in accounts]
    return "\n".join([*lines, "", "  멈추려면 Ctrl-C / Ctrl-C stops everything", ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
