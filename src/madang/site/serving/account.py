"""The account PostgreSQL runs under: it refuses root, so root hands it to an account without rights."""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

PR_SET_PDEATHSIG = 1


class Account(NamedTuple):
    """A user and group id to run as; None of it when the current user will do."""

    uid: int
    gid: int

    def options(self) -> dict[str, Any]:
        """The arguments of subprocess that start a program under this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def account_for(data: Path) -> Account | None:
    """The account for a data folder: its owner when root runs on another user's folder, `nobody` for a new one.

    None when the current user is not root and simply runs it.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        found = data.stat()
        return Account(found.st_uid, found.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def let_pass(account: Account, *paths: Path) -> list[Path]:
    """Lets the account walk through the folders above each path (walk through, not list them).

    Returns the folders that were opened, so that the caller can name them.
    """
    opened: list[Path] = []
    for folder in dict.fromkeys(parent for path in paths for parent in path.absolute().parents):
        found = folder.stat()
        if found.st_uid != account.uid and not found.st_mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(found.st_mode) | stat.S_IXOTH)
            opened.append(folder)
    return opened


def let_read(tree: Path) -> None:
    """Lets everyone read a tree of programs that a strict umask closed."""
    for path in [tree, *tree.rglob("*")] if tree.is_dir() else []:
        if path.is_symlink():
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        wanted = mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        if wanted != mode:
            path.chmod(wanted)


def ends_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """A function for subprocess's preexec_fn: the child gets the signal when this process dies, however it dies.

    None where the system has no such thing (only Linux has).
    """
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)

    return ask
