"""The site's own processes: the web server and the worker, and how they are found to be ready."""

from __future__ import annotations

import errno
import socket
import sys
import urllib.error
import urllib.request
from pathlib import Path

from madang.site.serving.supervisor import Child

HOST = "127.0.0.1"
# Requests that one web process works on at once; each may hold a connection to the database.
THREADS = 8
# Connections that one web process keeps, most of them idle in somebody's browser; granian holds further ones back.
CONNECTIONS = 2048


def web(environment: dict[str, str], *, host: str, port: int, workers: int, log: Path | None = None) -> Child:
    """The web server, which starts its own worker processes again when they fail."""
    command = [
        sys.executable, "-m", "granian", "madang.site.wsgi:application", "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", str(workers), "--respawn-failed-workers", "--no-ws",
        "--blocking-threads", str(THREADS),
        "--backpressure", str(CONNECTIONS), "--workers-kill-timeout", "8", "--log-level", "warning",
    ]  # fmt: skip
    return Child("web server", command, environment, log)


def worker(environment: dict[str, str], *, log: Path | None = None) -> Child:
    """The worker that does the jobs put aside by requests (letters, reminders, exports)."""
    command = [
        sys.executable,
        "-m",
        "django",
        "db_worker",
        "--queue-name",
        "*",
        "--verbosity",
        "0",
        "--no-startup-delay",
    ]
    return Child("worker", command, environment, log)


def is_free(port: int, host: str = HOST) -> bool:
    """Whether a server could listen on the port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            if problem.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise
    return True


def next_free_port(first: int) -> int:
    """The first free port from the given one on."""
    return next(port for port in range(first, 65536) if is_free(port))


def answers(port: int, path: str = "/healthz") -> bool:
    """Whether the site answers with 200 on this machine."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://{HOST}:{port}{path}", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
