"""Every page of the example year, found by its links, as each role: reachable, accessible, whole in English."""

from __future__ import annotations

import os
import re
from collections import deque
from datetime import date
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Error, Response
from tests.journeys.visitor import Visitor
from tests.journeys.yard import Yard

pytestmark = pytest.mark.browser

DAY = date(2020, 7, 6)
PICTURE = Path(__file__).resolve().parents[2] / "docs" / "screenshots" / "front-1280.png"
STARTS = ("/", "/home/", "/districts/dobong/", "/districts/jungnang/", "/districts/yongsan/")
# One person for each set of pages that differ.
WALKERS = (
    "kimhaneul@example.org",
    "hanjiwon@dobong.example",
    "chuhanui@dobong.example",
    "yedasom@example.org",
    "goeunbyeol@example.org",
    "pyohangyeol@dobong.example",
    "oserin@seoul.example",
)
LINKS = "() => [...document.querySelectorAll('a[href]')].map(a => new URL(a.getAttribute('href'), location).href)"
TEXTS = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) found.push(walk.currentNode.textContent);
  for (const one of document.querySelectorAll('[aria-label],[title],[placeholder],[alt],[data-l]'))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'data-l'])
      if (one.hasAttribute(name)) found.push(one.getAttribute(name));
  found.push(document.title);
  return found;
}"""
RUN = re.compile(r"[가-힣](?:[^A-Za-z\n]*[가-힣])?")
LANGUAGE_NAMES = {"한국어"}


@pytest.fixture(scope="module")
def city(yard: Yard) -> Yard:
    yard.accounts = yard.prepare("example.py")["accounts"]
    yard.on(DAY)
    return yard


def enter(visitor: Visitor, email: str) -> None:
    """Sign in as one of the demo's people."""
    visitor.page.goto(f"{visitor.base}/accounts/login/")
    with visitor.page.expect_navigation():
        visitor.page.locator(f'form:has(input[value="{email}"]) button').click()


def view_of(address: str, base: str) -> str | None:
    """Return the name of the view behind an address of the site, or None for what is no page of it."""
    path = address.removeprefix(base).split("?")[0]
    if not address.startswith(base) or path.startswith(("/admin/", "/static/", "/media/")):
        return None
    if re.search(r"\.(csv|pdf|hwpx|docx|xlsx|json)$", path):
        return None
    try:
        return str(resolve(path).view_name)
    except Resolver404:
        return f"nowhere: {path}"


def crawl(visitor: Visitor, looked: set[str], faults: list[str]) -> list[str]:
    """Follow links as one person to a page of each view; look closely at views that nobody has looked at before.

    Returns the addresses of the pages looked at.
    """
    waiting = deque(visitor.base + path for path in STARTS)
    known, visited, closely = set(waiting), set(), []
    while waiting:
        address = waiting.popleft()
        view = view_of(address, visitor.base)
        if view is None or view in visited:
            continue
        answer = opened(visitor, address)
        if answer is None or urldefrag(visitor.page.url)[0] != address:
            continue
        if answer.status != 200:
            faults.append(f"{visitor.name}: a link leads to {address}, which answers {answer.status}")
            continue
        visited.add(view)
        if view not in looked:
            looked.add(view)
            closely.append(address.removeprefix(visitor.base))
            look_closely(visitor, answer, faults)
        for link in visitor.page.evaluate(LINKS):
            link = urldefrag(link)[0]
            if link not in known:
                known.add(link)
                waiting.append(link)
    return closely


def opened(visitor: Visitor, address: str) -> Response | None:
    """Return the answer of a page, or None when the address hands out a file instead."""
    try:
        return visitor.page.goto(address)
    except Error as problem:
        if "Download is starting" not in problem.message:
            raise
        return None


def look_closely(visitor: Visitor, answer: Response, faults: list[str]) -> None:
    """Find the page in order at both widths, and its policy strict."""
    if "default-src 'none'" not in answer.headers["content-security-policy"]:
        faults.append(f"{answer.url} has no strict content security policy")
    try:
        visitor.look()
    except AssertionError as fault:
        faults.append(str(fault))
        visitor.complaints.clear()


@pytest.fixture(scope="module")
def walk(city: Yard, browser: Browser) -> tuple[dict[str, list[str]], list[str]]:
    """Walk the site as a visitor and as each account; return the addresses that each saw first, and all faults."""
    looked: set[str] = set()
    faults: list[str] = []
    found = {}
    for role, email in [["visitor", ""], *(account for account in city.accounts if account[1] in WALKERS)]:
        visitor = Visitor(browser, city.base, f"{role}".replace(" ", "-"))
        if email:
            enter(visitor, email)
        found[email] = crawl(visitor, looked, faults)
        visitor.context.close()
    return found, faults


def test_every_link_leads_to_a_page_that_is_accessible_at_both_widths(walk):
    pages, faults = walk
    assert faults == []
    assert sum(map(len, pages.values())) >= 40
    assert len(pages[""]) >= 12


def test_in_english_no_hangul_stands_outside_peoples_own_words(city: Yard, browser: Browser, walk):
    pages, _faults = walk
    words = own_words(city)
    found = {}
    for email, addresses in pages.items():
        visitor = Visitor(browser, city.base, f"english-{email or 'visitor'}")
        if email:
            enter(visitor, email)
        visitor.page.goto(visitor.base)
        with visitor.page.expect_navigation():
            visitor.page.locator("button[name=language][value=en]").click()
        for address in addresses:
            visitor.page.goto(visitor.base + address)
            left = korean_interface(visitor.page.evaluate(TEXTS), words)
            if left:
                found[address] = left
        visitor.context.close()
    assert found == {}


def own_words(city: Yard) -> str:
    """Return everything Korean that people wrote, from every text column of the database, as one searchable text."""
    columns = city.rows(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND data_type IN ('character varying', 'text', 'jsonb', 'ARRAY') "
        "AND table_name !~ '^(audit|django|auth)_'"
    )
    texts = []
    for table, column in columns:
        texts += [row[0] for row in city.rows(f'SELECT DISTINCT "{column}"::text FROM "{table}"') if row[0]]
    return "\n".join(texts).replace("\\n", "\n")


def korean_interface(texts: list[str], words: str) -> list[str]:
    """Return the Korean runs of a page that nobody wrote: they are interface text left untranslated."""
    left = []
    for text in texts:
        for run in RUN.findall(text):
            run = run.strip(" …·.,()[]「」“”'\"-–/")
            pieces = [piece.strip() for piece in re.split(r"[·,…()/\n]|\d+|(?<=[.?!])\s", run)]
            if run in words or run in LANGUAGE_NAMES or "○○" in run:
                continue
            left += [piece for piece in pieces if re.search("[가-힣]", piece) and piece not in words]
    return sorted(set(left))


def test_the_front_page_says_at_a_glance_where_the_year_stands(city: Yard, browser: Browser):
    """Its picture is the one in the README, taken anew with MADANG_SCREENSHOTS=1."""
    visitor = Visitor(browser, city.base, "front")
    visitor.page.goto(visitor.base)
    assert visitor.page.locator("svg.tiles a").count() == 25
    visitor.see("오늘 7. 6.", "25개 구는 어디쯤 왔을까요", "한 문장이 걸어온 길")
    if os.environ.get("MADANG_SCREENSHOTS"):
        visitor.page.screenshot(path=PICTURE, full_page=True)
