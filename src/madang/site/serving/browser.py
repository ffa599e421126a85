"""The Chromium that the browser journeys drive: the machine's own, Debian's, or the one Playwright downloads."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from madang.site.serving.install import apt_get

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


class UnableToFindBrowser(Exception):
    """There is no Chromium and none can be had; the text says what was tried."""


def find(data: Path) -> str | None:
    """The path of a Chromium on this machine or in the data folder; MADANG_CHROMIUM names another."""
    named = os.environ.get("MADANG_CHROMIUM")
    if named:
        return named
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    downloaded = sorted((data / "browsers").glob("chromium*/*/chrome")) + sorted(
        (data / "browsers").glob("chromium*/*/*headless*shell")
    )
    return str(downloaded[0]) if downloaded else None


def ensure(data: Path) -> str:
    """Finds a Chromium or gets one. Raises UnableToFindBrowser."""
    found = find(data)
    if found:
        return found
    tried = []
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("madang: installing Debian's chromium …", flush=True)
        apt_get("update")
        apt_get("install", "-y", "--no-install-recommends", "chromium")
        tried.append("Debian's package")
        found = find(data)
    if not found:
        print("madang: downloading Playwright's Chromium …", flush=True)
        environment = {**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(data / "browsers")}
        command = [sys.executable, "-m", "playwright", "install", "chromium-headless-shell"]
        subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True)
        tried.append("Playwright's download")
        found = find(data)
    if not found:
        raise UnableToFindBrowser(
            f"the browser journeys need Chromium: {' and '.join(tried)} did not work; "
            "install one, or name it with MADANG_CHROMIUM."
        )
    return found
