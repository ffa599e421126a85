"""List pages beside the same pages without a database, at 1,000, 10,000 and 100,000 proposals of one district.

Run from the checkout: `.madang/venv/bin/python -m tests.speed.lists [WORD …]`, words choosing pages.
Goals, printed with the figures: at most 10 queries whatever the size; at 10,000 proposals at least a fifth of the
yardstick's rate; a page at 100,000 takes at most 1.2 times as long as at 1,000. Medians of five interleaved runs.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

import psycopg
from psycopg import sql
from tests.speed.load import requests_per_second

from madang.site.serving import messages, processes
from madang.site.serving.postgres import Cluster

SIZES = (1_000, 10_000, 100_000)
RUNS = 5
SECONDS = 1.0
MOST_QUERIES = 10
SHARE = 0.2
GROWTH = 1.2
PAGES = (
    "districts/dobong/proposals/",
    "districts/dobong/proposals/?state=received",
    "districts/dobong/agendas/",
    "districts/dobong/forums/",
    "districts/dobong/elections/",
    "districts/dobong/bodies/",
    "districts/dobong/",
    "city/",
    "",
)
NOON = datetime(2020, 5, 21, 12, tzinfo=ZoneInfo("Asia/Seoul"))


def main() -> int:
    """Measure, print the table, and return 0 when every goal is met."""
    chosen = [page for page in PAGES if not sys.argv[1:] or any(word in page for word in sys.argv[1:])]
    checkout = Path(__file__).resolve().parents[2]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        cluster = Cluster(Path(folder) / "postgres")
        try:
            urls = cluster.start()
            environment = {
                **os.environ,
                "DATABASE_URL": urls.owner,
                "DJANGO_SETTINGS_MODULE": "tests.speed.settings",
                "PYTHONPATH": f"{checkout / 'src'}{os.pathsep}{checkout}",
                "MADANG_DATA": folder,
                "MADANG_DAY": "2020-05-21",
                "ALLOWED_HOSTS": "localhost,127.0.0.1",
            }
            os.environ.update(environment)
            return measure(cluster, environment, chosen)
        finally:
            cluster.stop()


def measure(cluster: Cluster, environment: dict[str, str], pages: list[str]) -> int:
    import django
    from django.core.management import call_command

    django.setup()
    messages.compile_catalogues()
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0)
    prepare()
    queries: dict[tuple[str, int], int] = {}
    databases: dict[int, str] = {}
    for size in SIZES:
        grow_to(size)
        for page in pages:
            queries[page, size] = count_queries(page)
        databases[size] = keep_as(cluster, f"lists_{size}", environment["DATABASE_URL"])
    rates, yards = with_servers(environment, databases, pages)
    return report(pages, rates, yards, queries)


def keep_as(cluster: Cluster, name: str, url: str) -> str:
    """Copy the database as it is now and return the copy's address, so that all sizes stand side by side."""
    from django.db import connection

    parts = urlsplit(url)
    connection.close()
    with cluster.connect("postgres") as server:
        source = parts.path.lstrip("/")
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)))
    copy = urlunsplit(parts._replace(path=f"/{name}"))
    with psycopg.connect(copy, autocommit=True) as database:
        database.execute("VACUUM ANALYZE")
    return copy


def prepare() -> None:
    """Open the cycle and let the districts join, as the city does."""
    from madang.ground.cycles.operations import enter_stage, join_cycle, open_cycle
    from madang.ground.cycles.states import Participation
    from madang.ground.people.actors import SYSTEM
    from madang.ground.places.models import District

    cycle = open_cycle(planning_year=2020, actor=SYSTEM, at=NOON)
    for district in District.objects.all():
        year = join_cycle(
            cycle=cycle, district=district, participation=Participation.CARRYING_OUT, actor=SYSTEM, at=NOON
        )
        enter_stage(year=year, stage="find", actor=SYSTEM, at=NOON)


def grow_to(size: int) -> None:
    """Fill the district with proposals up to a number; rows like real ones, a minute apart."""
    from django.db import connection

    from madang.decide.agendas.models import NumberRange, Proposal
    from madang.ground.cycles.models import Cycle
    from madang.ground.places.models import District, Dong

    district, cycle = District.objects.get(slug="dobong"), Cycle.objects.get(planning_year=2020)
    dongs = list(Dong.objects.on(NOON.date()).filter(district=district))
    have = Proposal.objects.filter(district=district).count()
    rows = (
        Proposal(
            district=district,
            cycle=cycle,
            number=number,
            title=f"방학천 산책로에 불을 더 켜 주세요 {number}",
            problem="밤에 걸으면 앞이 보이지 않아서 큰길로 돌아가요. " * (1 + number % 5),
            wish="낮은 등을 놓아 주세요.",
            dong=dongs[number % len(dongs)],
            origin="online",
            proposed_at=NOON - timedelta(minutes=number),
        )
        for number in range(have + 1, size + 1)
    )
    Proposal.objects.bulk_create(rows, batch_size=5000)
    NumberRange.objects.update_or_create(district=district, year=2020, kind="proposal", defaults={"last": size})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE agendas_proposal")


def count_queries(page: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        answer = Client(headers={"host": "localhost"}).get(f"/{page}")
    if answer.status_code != 200:
        raise RuntimeError(f"/{page} answered {answer.status_code}")
    return len(seen)


def with_servers(
    environment: dict[str, str], databases: dict[int, str], pages: list[str]
) -> tuple[dict[tuple[str, int], float], dict[tuple[str, int], float]]:
    """Measure every page and its yardstick by turns, each size on a granian of its own with two workers."""
    servers, ports = [], {}
    try:
        for size, url in databases.items():
            ports[size] = processes.next_free_port(8600 + len(ports) * 10)
            own = {**environment, "DATABASE_URL": url}
            command = processes.web(own, host=processes.HOST, port=ports[size], workers=2).command
            servers.append(subprocess.Popen(command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            wait_for(ports[size])
        rates, yards = {}, {}
        for page in pages:
            ours, theirs = by_turns(ports, page)
            for size in ports:
                rates[page, size], yards[page, size] = statistics.median(ours[size]), statistics.median(theirs[size])
        return rates, yards
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(timeout=20)


def by_turns(ports: dict[int, int], page: str) -> tuple[dict[int, list[float]], dict[int, list[float]]]:
    """Return the rates of a page and of its yardstick for each size; the sizes take turns within each run."""
    ours: dict[int, list[float]] = {size: [] for size in ports}
    theirs: dict[int, list[float]] = {size: [] for size in ports}
    for port in ports.values():
        for path in (f"/yardstick/{page}", f"/{page}"):
            requests_per_second(port, path, seconds=SECONDS / 2)
    for _run in range(RUNS):
        for size, port in ports.items():
            theirs[size].append(requests_per_second(port, f"/yardstick/{page}", seconds=SECONDS))
            ours[size].append(requests_per_second(port, f"/{page}", seconds=SECONDS))
    return ours, theirs


def wait_for(port: int) -> None:
    for _try in range(100):
        if processes.answers(port):
            return
        time.sleep(0.2)
    raise RuntimeError("the server did not start")


def report(
    pages: list[str],
    rates: dict[tuple[str, int], float],
    yards: dict[tuple[str, int], float],
    queries: dict[tuple[str, int], int],
) -> int:
    """Print the figures side by side and whether each goal is met."""
    print(f"{'page':44} {'rows':>8} {'queries':>8} {'ours/s':>9} {'yard/s':>9} {'share':>7}")
    good = True
    for page in pages:
        for size in SIZES:
            share = rates[page, size] / yards[page, size]
            print(
                f"/{page:43} {size:8,} {queries[page, size]:8} {rates[page, size]:9.1f} "
                f"{yards[page, size]:9.1f} {share:7.2f}"
            )
        constant = len({queries[page, size] for size in SIZES}) == 1 and queries[page, SIZES[0]] <= MOST_QUERIES
        share = rates[page, 10_000] / yards[page, 10_000]
        growth = rates[page, SIZES[0]] / rates[page, SIZES[-1]]
        met = constant and share >= SHARE and growth <= GROWTH
        good &= met
        print(
            f"  queries constant, at most {MOST_QUERIES}: {'yes' if constant else 'NO'} · share at 10,000: {share:.2f} "
            f"(goal {SHARE}) · time at 100,000 / 1,000: {growth:.2f} (goal {GROWTH}) · {'met' if met else 'NOT MET'}"
        )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
