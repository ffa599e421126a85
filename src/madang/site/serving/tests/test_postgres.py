import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import pytest

from madang.site.serving.postgres import Cluster, UnableToStartDatabase


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a stopped cluster in it; opened, since the database may run as another account."""
    made = tmp_path_factory.mktemp("cluster") / "postgres"
    cluster = Cluster(made, durable=True)
    urls = cluster.start()
    with psycopg.connect(urls.owner) as connection:
        connection.execute("CREATE TABLE seeds (id serial PRIMARY KEY, name text)")
    cluster.stop()
    return made


@pytest.fixture
def urls(folder):
    cluster = Cluster(folder)
    yield cluster.start()
    cluster.stop()


def test_the_site_reads_and_writes_rows_that_the_owner_provides(urls):
    with psycopg.connect(urls.app) as connection:
        connection.execute("INSERT INTO seeds (name) VALUES ('콩')")
        assert connection.execute("SELECT name FROM seeds").fetchone() == ("콩",)


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE mine (id int)", "DROP TABLE seeds", "TRUNCATE seeds", "CREATE ROLE me"]
)
def test_the_site_owns_nothing_and_changes_no_table(urls, statement):
    with psycopg.connect(urls.app) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)


def test_letters_beyond_ascii_have_lower_case_and_hangul_is_a_letter(urls):
    with psycopg.connect(urls.app) as connection:
        assert connection.execute("SELECT lower('ÉCOLE'), '마당' ~ '^\\w+$'").fetchone() == ("école", True)


def test_what_is_committed_is_safe_from_a_power_cut(urls):
    with psycopg.connect(urls.app) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)


def test_a_wrong_password_opens_nothing(urls):
    place = urlsplit(urls.app)
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(f"postgres://madang_owner:wrong@{place.hostname}:{place.port}/madang")


def test_passwords_are_kept_from_other_accounts(folder):
    assert (folder / "passwords.json").stat().st_mode & 0o077 == 0


def test_a_second_start_in_the_same_folder_is_refused_in_one_line(folder, urls):
    with pytest.raises(UnableToStartDatabase, match="already in use") as refusal:
        Cluster(folder).start()
    assert "\n" not in str(refusal.value)


def test_a_killed_start_leaves_no_server_and_the_next_one_recovers(folder):
    starter = subprocess.Popen(
        [sys.executable, "-c", "import sys, time; from pathlib import Path\n"
         "from madang.site.serving.postgres import Cluster\n"
         "cluster = Cluster(Path(sys.argv[1])); print(cluster.start().app, flush=True); time.sleep(60)", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    url = starter.stdout.readline().strip()
    psycopg.connect(url).close()
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    cluster = Cluster(folder)
    with psycopg.connect(cluster.start().app) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    cluster.stop()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def test_a_note_of_a_server_that_is_gone_does_not_keep_the_database_from_starting(folder):
    (folder / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{folder / 'data'}\n")
    cluster = Cluster(folder)
    with psycopg.connect(cluster.start().app) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    cluster.stop()


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "letter.txt").write_text("mine")
    with pytest.raises(UnableToStartDatabase, match="no whole database"):
        Cluster(tmp_path).start()
    assert (tmp_path / "data" / "letter.txt").read_text() == "mine"
