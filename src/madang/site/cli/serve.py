"""madang serve: the production processes, set up by environment variables (docs/operations.md names them)."""

from __future__ import annotations

import argparse
import os
import sys
from urllib.parse import urlsplit

import psycopg

from madang.site.serving import messages, processes
from madang.site.serving.folders import data_folder, in_checkout
from madang.site.serving.supervisor import Stopped, Supervisor, UnableToRun

NEEDED = {
    "DATABASE_URL": "the address of the database for the site's own role (postgres://madang_app:…@host/madang)",
    "SECRET_KEY": "at least 40 random characters, the same on every machine",
    "ALLOWED_HOSTS": "the names the site is reached by, separated by commas",
}
SHORTEST_KEY = 40


class UnableToServe(Exception):
    """The environment does not allow serving; each argument says one reason in one line."""


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="madang serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--processes", choices=["all", "web", "worker"], default="all")
    parser.add_argument("--web-workers", type=int, default=max(2, os.cpu_count() or 2))
    return parser.parse_args(arguments)


def problems() -> list[str]:
    """Everything in the environment that forbids serving, one line each."""
    found = [f"{name} is not set: {meaning}." for name, meaning in NEEDED.items() if not os.environ.get(name)]
    if found:
        return found
    if len(os.environ["SECRET_KEY"]) < SHORTEST_KEY:
        found.append(f"SECRET_KEY is too short: {NEEDED['SECRET_KEY']}.")
    if "*" in os.environ["ALLOWED_HOSTS"].split(","):
        found.append("ALLOWED_HOSTS must not be '*': anyone could send letters with links to another host.")
    if os.environ.get("MADANG_DEMO") == "1":
        found.append("MADANG_DEMO is set: the demo lets anyone read everyone's letters; serve refuses it.")
    return found + database_problems(os.environ["DATABASE_URL"])


def database_problems(url: str) -> list[str]:
    """Whether the database answers and the role has no rights that would pass the rules by."""
    place = urlsplit(url).hostname or "this machine"
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            role = connection.execute(
                "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error as problem:
        lines = str(problem).strip().splitlines() or ["no reason given"]
        return [f"the database on {place} cannot be reached: {lines[0]}"]
    if role and role[1]:
        return [f"the role {role[0]} of DATABASE_URL may do everything; the site needs a role without such rights."]
    return []


def main(arguments: list[str]) -> int:
    """Serves until a signal arrives; 2 when the environment does not allow it."""
    chosen = read(arguments)
    found = problems()
    if found:
        for problem in found:
            print(f"madang serve: {problem}", file=sys.stderr)
        return 2
    supervisor = Supervisor()
    try:
        _run(supervisor, chosen)
    except Stopped:
        return 0
    except UnableToRun as problem:
        print(f"madang serve: {problem}", file=sys.stderr)
        return 1
    finally:
        supervisor.stop()
    return 0


def _run(supervisor: Supervisor, chosen: argparse.Namespace) -> None:
    """Prepares what this machine lacks, migrates when it may, and keeps the processes."""
    environment = {"MADANG_SECURE": "1", **os.environ}
    command = [sys.executable, "-m", "madang.site.cli.main"]
    for folder in ("media", "static"):
        (data_folder() / folder).mkdir(parents=True, exist_ok=True)
    if in_checkout():
        messages.compile_catalogues()
        supervisor.run("fetching the fonts", [*command, "front"], environment)
    if environment.get("DATABASE_OWNER_URL"):
        print("madang serve: bringing the database up to date …", file=sys.stderr, flush=True)
        supervisor.run("migrating the database", [*command, "migrate"], environment)
    # The running site has no need of the owner's password.
    environment.pop("DATABASE_OWNER_URL", None)
    if chosen.processes != "worker":
        supervisor.add(processes.web(environment, host=chosen.host, port=chosen.port, workers=chosen.web_workers))
    if chosen.processes != "web":
        supervisor.add(processes.worker(environment))
    print(f"madang serve: serving on {chosen.host}:{chosen.port}.", file=sys.stderr, flush=True)
    supervisor.keep()
