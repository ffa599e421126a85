"""The site as it runs in production, for a browser: a database of its own, the web server and the worker.

The database's owner migrates and prepares people; the site runs with the application's role.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from madang.site.serving import front, processes
from madang.site.serving.postgres import Cluster, free_port
from madang.site.serving.supervisor import Child, end

HERE = Path(__file__).resolve().parent
PATIENCE = 60.0
HOST = "127.0.0.1"


class UnableToServe(Exception):
    """The site does not answer, or a step before it failed; the text holds the last words of its log."""


class Yard:
    """One running site in a folder; ``on`` puts it on another day."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cluster = Cluster(folder / "postgres", durable=False)
        self.port = free_port()
        self.base = f"http://{HOST}:{self.port}"
        self._web: Child | None = None
        self._worker: Child | None = None
        self._secret = secrets.token_urlsafe(48)

    def start(self) -> None:
        """Makes and migrates the database. Raises UnableToServe and UnableToStartDatabase."""
        front.build()
        for name in ("media", "static", "logs"):
            (self.folder / name).mkdir(parents=True)
        self.urls = self.cluster.start()
        self._run([sys.executable, "-m", "madang.site.cli.main", "migrate", "--verbosity", "0"], self.urls.owner)

    def prepare(self, script: str) -> dict[str, Any]:
        """Runs a script of this folder as the application's role and returns the JSON that it prints."""
        return json.loads(self._run([sys.executable, str(HERE / script)], self.urls.app))

    def on(self, day: date) -> None:
        """Serves the site as it is on a day; cookies, letters and the worker stay as they are."""
        if self._web is not None and self._web.process is not None:
            end(self._web.process)
        site = self._environment(self.urls.app) | {"MADANG_DAY": day.isoformat()}
        if self._worker is None:
            self._worker = processes.worker(site, log=self.folder / "logs" / "worker.log")
            self._worker.start()
        log = self.folder / "logs" / "web.log"
        self._web = processes.web(site, host=HOST, port=self.port, workers=1, log=log)
        self._web.start()
        deadline = time.monotonic() + PATIENCE
        while not processes.answers(self.port):
            if self._web.ended() or time.monotonic() > deadline:
                raise UnableToServe(self.last_words())
            time.sleep(0.05)

    def rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Asks the database itself, as its owner."""
        with psycopg.connect(self.urls.owner) as connection:
            return connection.execute(question, values).fetchall()

    def last_words(self) -> str:
        """The end of what web server and worker wrote."""
        logs = sorted((self.folder / "logs").glob("*.log"))
        return "\n".join(f"{log.name}:\n{log.read_text(errors='replace')[-3000:]}" for log in logs)

    def stop(self) -> None:
        """Ends what this yard has started, and nothing else."""
        for child in (self._web, self._worker):
            if child is not None and child.process is not None:
                end(child.process)
        self.cluster.stop()

    def _environment(self, database: str) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(HERE.parents[1] / "src"), str(HERE.parents[1])]),
            "DJANGO_SETTINGS_MODULE": "madang.site.settings",
            "DATABASE_URL": database,
            "DATABASE_OWNER_URL": self.urls.owner if database == self.urls.owner else "",
            "SECRET_KEY": self._secret,
            "ALLOWED_HOSTS": HOST,
            "MADANG_BASE_URL": self.base,
            "MADANG_DATA": str(self.folder),
            "MADANG_DEMO": "1",
            "PYTHONUNBUFFERED": "1",
        }

    def _run(self, command: list[str], database: str) -> str:
        environment = self._environment(database)
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            raise UnableToServe(done.stderr[-3000:])
        return done.stdout
