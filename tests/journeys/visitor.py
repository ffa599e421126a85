"""Somebody at a browser: what they do there, and what every page they reach must keep.

Every page is looked at: axe finds nothing, also with everything opened that opens; nothing stands wider than a
phone; the browser has complained about nothing. The content security policy stays on: axe is run from outside.
"""

from __future__ import annotations

import hashlib
import html
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Download, Locator, Page, Response, expect

PHONE, DESK = 360, 1280
MOBILE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
CODE = re.compile(r"^[0-9A-Z]{3,}-?[0-9A-Z]{3,}$", re.MULTILINE)
SHOTS = os.environ.get("MADANG_JOURNEY_SHOTS")
RUN_AXE = """contrast => axe.run(document, {
  resultTypes: ['violations'], preload: false, rules: {'color-contrast': {enabled: contrast}},
}).then(found => found.violations)"""
OPEN_ALL = "() => document.querySelectorAll('details:not([open])').forEach(one => { one.open = one.mark = true })"
CLOSE_THEM = (
    "() => document.querySelectorAll('details[open]').forEach(one => { if (one.mark) one.open = one.mark = false })"
)
OUTLINE = """() => {
  const sign = one => one.tagName + '.' + one.getAttribute('class') + [...one.attributes].map(each => each.name);
  const pairs = [...document.querySelectorAll('main *')].map(one => sign(one.parentElement) + '>' + sign(one));
  const levels = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => one.tagName);
  const steps = levels.map((level, place) => (levels[place - 1] || '') + level);
  return [...new Set([...pairs, ...steps])].sort().join();
}"""
TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return [];
  const over = [...document.querySelectorAll('body *')].filter(one =>
    one.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !one.closest('.scroll'));
  return [wide + 'px', ...over.slice(0, 5).map(one => one.outerHTML.slice(0, 160))];
}"""


class Visitor:
    """One person's browser at one width; ``name`` only names pictures and failures."""

    # Outlines of pages in which axe has found nothing (which element stands in which, which heading follows which):
    # it need not look at the same again.
    in_order: ClassVar[set[tuple[int, str]]] = set()

    def __init__(self, browser: Browser, base: str, name: str, width: int = DESK) -> None:
        self.name = name
        self.base = base
        self.width = width
        self.complaints: list[str] = []
        self.pictures = 0
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="ko-KR",
            timezone_id="Asia/Seoul",
            user_agent=MOBILE if width == PHONE else None,
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda problem: self.complaints.append(f"script: {problem}"))
        self.page.on("response", self._receive)

    def _hear(self, message: ConsoleMessage) -> None:
        # The browser also writes a line for a page that was refused; its status is checked by itself.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _receive(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and response.request.resource_type != "document"):
            self.complaints.append(f"{response.status}: {response.url}")

    # Moving about

    def go(self, path: str) -> Page:
        """Opens an address of the site and looks at the page."""
        self.page.goto(self.base + path)
        self.look()
        return self.page

    def is_refused(self, path: str, status: int = 403, saying: str = "") -> None:
        """Opens an address that this person may not see; the page says why."""
        answer = self.page.goto(self.base + path)
        assert answer is not None
        assert answer.status == status, f"{self.name} got {answer.status} at {path}"
        self.look()
        self.see(saying)

    def follow(self, name: str) -> None:
        """Follows a link by its words."""
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()
        self.look()

    def press(self, name: str) -> None:
        """Presses a button by its words and looks at the page that answers."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).first.click()
        self.look()

    def fill(self, **values: str) -> None:
        """Fills boxes by the names they have in the form; ``_`` at the end of a name is left out."""
        for name, value in values.items():
            self.box(name.rstrip("_")).fill(value)

    def choose(self, name: str, label: str) -> None:
        """Chooses from a list by what stands there."""
        self.box(name).select_option(label=label)

    def check(self, *labels: str) -> None:
        """Ticks boxes or picks circles by their words."""
        for label in labels:
            self.page.get_by_label(label, exact=True).check()

    def box(self, name: str) -> Locator:
        return self.page.locator(f"main [name='{name}']").first

    def give_file(self, name: str, content: bytes, field: str = "file") -> None:
        self.box(field).set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})

    def download(self, act: Callable[[], Any]) -> bytes:
        """Does something that hands out a file and returns its content."""
        with self.page.expect_download() as waiting:
            act()
        given: Download = waiting.value
        return Path(given.path()).read_bytes()

    # Signing in

    def letter_to(self, email: str, subject: str = "") -> str:
        """Waits for a letter in the mailbox of the demo and returns its text."""
        for _attempt in range(50):
            letters = self.context.request.get(f"{self.base}/mailbox/").text().split('<li class="card">')[1:]
            for letter in letters:
                text = html.unescape(re.sub(r"<[^>]+>", "\n", letter))
                if email in text and subject in text:
                    return text
            self.page.wait_for_timeout(200)
        raise AssertionError(f"no letter {subject!r} reached {email}")

    def sign_in(self, email: str) -> None:
        """Signs in with the code that the letter brings."""
        self.page.goto(f"{self.base}/accounts/login/")
        self.fill(email=email)
        self.page.get_by_role("button", name="번호 받기").click()
        self.page.wait_for_url("**/login/confirm/**")
        self.fill(code=self.code_for(email))
        self.page.get_by_role("button", name="들어가기", exact=True).click()
        self.page.wait_for_url("**/home/")
        self.look()

    def code_for(self, email: str) -> str:
        text = self.letter_to(email)
        found = CODE.search(text)
        assert found, f"no code in the letter: {text}"
        return found[0]

    # Looking

    def see(self, *texts: str) -> None:
        """Finds the texts on the page."""
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)

    def look(self) -> None:
        """Finds the page in order; done after every step, and asked for where a page has changed by itself."""
        where = f"{self.name} at {self.page.url}"
        outline = (self.width, hashlib.sha256(self.page.evaluate(OUTLINE).encode()).hexdigest())
        is_new = outline not in self.in_order
        self._take_picture()
        if is_new:
            # Contrast takes axe most of its time; at a desk it is judged once for each kind of address.
            kind = (self.width, re.sub(r"\d+", "0", self.page.url.split("?")[0]))
            self._run_axe(where, contrast=kind not in self.in_order)
            self.in_order.add(kind)
        self.page.set_viewport_size({"width": PHONE, "height": 900})
        self.page.evaluate(OPEN_ALL)
        wide = self.page.evaluate(TOO_WIDE)
        assert not wide, f"{where} is too wide for a phone: {wide}"
        if is_new:
            self._run_axe(f"{where}, everything open, on a phone", contrast=True)
            self.in_order.add(outline)
        self.page.evaluate(CLOSE_THEM)
        self.page.set_viewport_size({"width": self.width, "height": 900})
        assert not self.complaints, f"{where}: {self.complaints}"

    def see_not(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("body")).not_to_contain_text(text)

    def _run_axe(self, where: str, *, contrast: bool) -> None:
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate(RUN_AXE, contrast)
        said = [f"{one['id']}: {[node['html'][:200] for node in one['nodes'][:4]]}" for one in found]
        assert not found, f"axe, {where}: {said}"

    def _take_picture(self) -> None:
        if not SHOTS:
            return
        self.pictures += 1
        name = re.sub(r"[^a-z0-9]+", "-", self.page.url.removeprefix(self.base).lower()).strip("-") or "front"
        for width in (DESK, PHONE):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.screenshot(path=f"{SHOTS}/{self.name}-{self.pictures:02}-{name[:60]}-{width}.png", full_page=True)
        self.page.set_viewport_size({"width": self.width, "height": 900})


def day(month: int, number: int) -> date:
    """A day of the planning year 2020."""
    return date(2020, month, number)
