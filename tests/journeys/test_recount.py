"""The recount in the visitor's browser agrees with verify.py, finds every planted fault, and says what it cannot do."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.faults.ledger_check import VERIFY
from tests.faults.ledger_faults import PUBLISHED_FAULTS, tampered
from tests.faults.test_ledger import FOUND_AS

from madang.engines.ledger import receipt_code
from madang.engines.ledger.testing import Simulation
from madang.engines.ledger.tests.test_recount import VOTES

pytestmark = pytest.mark.browser
STATIC = Path(__file__).resolve().parents[2] / "src" / "madang" / "site" / "static" / "madang" / "recount"
PAGE = "<!doctype html><html lang='ko'><meta charset='utf-8'><title>다시 세기</title><input type='file'>"
POLICY = "default-src 'none'; script-src 'self'"
RECOUNT = """async ({ receipt, without }) => {
  if (without === "Ed25519") crypto.subtle.importKey = () => Promise.reject(new Error("NotSupportedError"));
  if (without === "WebCrypto") Object.defineProperty(window, "crypto", { value: undefined });
  const { recount } = await import("/recount.js");
  const told = [];
  try {
    const file = document.querySelector("input").files[0];
    return { ...(await recount(file, (one) => told.push(one), { receipt })), told };
  } catch (error) {
    return { unread: error.name + error.message };
  }
}"""


class Files(BaseHTTPRequestHandler):
    """Hands out the page and the modules under a policy as strict as the site's."""

    def do_GET(self) -> None:
        script = self.path.endswith(".js")
        found = not script or (STATIC / self.path[1:]).is_file()
        body = (STATIC / self.path[1:]).read_bytes() if script and found else PAGE.encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/javascript" if script else "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_line: object) -> None:
        return


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    shown = browser.new_page()
    shown.goto(f"http://localhost:{server.server_port}/")
    yield shown
    server.shutdown()


@pytest.fixture(scope="module")
def election() -> Simulation:
    return Simulation(seed=11, voters=240).run()


def counted(page: Page, archive: bytes, receipt: str = "", without: str = "") -> dict[str, Any]:
    """Let the browser count an archive again, in a page that nothing has been done to."""
    page.reload()
    page.set_input_files("input", {"name": "archive.zip", "mimeType": "application/zip", "buffer": archive})
    return page.evaluate(RECOUNT, {"receipt": receipt, "without": without})


def independent(archive: bytes, folder: Path, *arguments: str) -> dict[str, Any]:
    path = folder / "archive.zip"
    path.write_bytes(archive)
    run = subprocess.run([sys.executable, "-I", str(VERIFY), str(path), *arguments], capture_output=True, text=True)
    return json.loads(run.stdout)


@pytest.mark.parametrize("vote", VOTES)
def test_the_browser_agrees_with_the_published_program(page: Page, vote: str, tmp_path: Path) -> None:
    archive = Simulation(seed=7, voters=160, rules=VOTES[vote]).run().archive()
    ours, theirs = counted(page, archive), independent(archive, tmp_path)
    assert ours["unchecked"] == []
    for part in ("ok", "election", "keys", "log", "ballots", "count", "decided", "problems"):
        assert ours[part] == theirs[part]
    assert ours["ok"]


def test_progress_goes_through_every_step(page: Page, election: Simulation) -> None:
    told = counted(page, election.archive())["told"]
    assert list(dict.fromkeys(one["step"] for one in told)) == ["files", "log", "result"]
    assert told[-1] == {"step": "result", "part": 1}
    assert all(0 <= one["part"] <= 1 for one in told)


@pytest.mark.parametrize("fault", PUBLISHED_FAULTS)
def test_every_fault_in_published_files_is_found(page: Page, election: Simulation, fault: str) -> None:
    report = counted(page, tampered(election, fault, seed=2))
    assert not report["ok"]
    assert FOUND_AS[fault] in {one["code"] for one in report["problems"]}
    assert all(one["ko"] and one["en"] for one in report["problems"])


def test_a_receipt_is_looked_up(page: Page, election: Simulation, tmp_path: Path) -> None:
    archive = election.archive()
    for committed in (next(iter(election.book.live)), next(iter(election.book.gone))):
        code = receipt_code(committed)
        assert counted(page, archive, code)["receipt"] == independent(archive, tmp_path, code)["receipt"]
    assert [one["code"] for one in counted(page, archive, "0" * 64)["problems"]] == ["receipt"]


@pytest.mark.parametrize("without", ["Ed25519", "WebCrypto"])
def test_a_browser_that_cannot_check_signatures_says_so_and_checks_the_rest(
    page: Page, election: Simulation, without: str
) -> None:
    report = counted(page, election.archive(), without=without)
    assert report["ok"]
    assert [one["code"] for one in report["unchecked"]] == ["signature"]
    assert "Ed25519" in report["unchecked"][0]["ko"]
    fault = counted(page, tampered(election, "a ballot is altered"), without=without)
    assert "opening" in {one["code"] for one in fault["problems"]}


@pytest.mark.parametrize("spoil", ["nothing", "text", "cut", "inside"])
def test_what_is_no_archive_is_refused(page: Page, election: Simulation, spoil: str) -> None:
    archive = election.archive()
    middle = len(archive) // 2
    spoilt = {
        "nothing": b"",
        "text": b"x" * 5000,
        "cut": archive[:middle],
        "inside": archive[:middle] + bytes(64) + archive[middle + 64 :],
    }
    assert "unread" in counted(page, spoilt[spoil])
