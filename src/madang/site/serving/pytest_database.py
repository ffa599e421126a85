"""A pytest plugin: a PostgreSQL of its own for every test run, started before Django reads its settings.

Two runs in one checkout each get a cluster; the clusters stay between runs, so that a start takes half a second.
With DATABASE_URL set, that database server is used instead.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from madang.site.serving import messages
from madang.site.serving.postgres import Cluster, UnableToStartDatabase, Urls

CHECKOUT = Path(__file__).resolve().parents[4]
MOST_RUNS = 16
_running: list[Cluster] = []


def start_cluster(data: Path) -> Urls:
    """Starts the first cluster that no other run holds. Raises UnableToStartDatabase."""
    for number in range(1, MOST_RUNS + 1):
        cluster = Cluster(data / ("test-postgres" if number == 1 else f"test-postgres-{number}"), durable=False)
        try:
            urls = cluster.start()
        except UnableToStartDatabase as problem:
            if "already in use" not in str(problem):
                raise
            continue
        _running.append(cluster)
        return urls
    raise UnableToStartDatabase(f"{MOST_RUNS} test runs are under way at once.")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """Runs before every other plugin's hook, pytest-django's reading of the settings among them."""
    if "DATABASE_URL" not in os.environ:
        data = Path(os.environ.setdefault("MADANG_DATA", str(CHECKOUT / ".madang")))
        try:
            urls = start_cluster(data)
        except UnableToStartDatabase as problem:
            raise pytest.UsageError(str(problem)) from problem
        os.environ["DATABASE_URL"] = urls.owner
    messages.compile_catalogues()
    return (yield)


def pytest_unconfigure() -> None:
    while _running:
        _running.pop().stop()
