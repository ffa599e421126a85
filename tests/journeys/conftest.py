"""The running site and the browser that the journeys share."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.journeys.yard import Yard

from madang.site.serving import browser as chromium
from madang.site.serving.folders import data_folder

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def yard() -> Iterator[Yard]:
    """A migrated site of its own for each file of journeys, ended and removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="madang-journey-"))
    made = Yard(folder)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium; closed with the file, because later tests use the database from the same thread."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.ensure(data_folder()), args=FLAGS)
        yield launched
        launched.close()
