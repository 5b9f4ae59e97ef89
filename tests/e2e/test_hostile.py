"""A browser at a site where every word is meant to run: nothing runs, nothing becomes an element.

What is typed stands in every text field (``tests/safety/hostile_city.py``); each page is opened
as the first role that may open it, with its scripts.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page
from playwright.sync_api import Error as BrowserError

from tests.e2e.conftest import ROOT, await_answer, environment_in, free_port
from tests.safety.hostile import PROBE, TEXT

INJECTED = f"{PROBE}, img[src='x'], [onload], [onerror], [href^='javascript:' i], [action^='javascript:' i]"
REPEATING = (  # addresses that say again what they were asked
    ("anonymous", "/search/?q="), ("anonymous", "/agencies/?q="), ("anonymous", "/compare/?agency="),
    ("author", "/desk/notices/?kind="), ("supervisor", "/admin/reports/revision/?state=all&q="),
    ("supervisor", "/admin/board/?name="), ("auditor", "/admin/reports/auditentry/?who="),
    ("anonymous", "/accounts/login/?next="),
)  # fmt: skip
FEWEST = 100  # pages opened, and more than half of them repeating what was typed


@dataclass
class Hostile:
    """The running site, who is logged in, and which pages to open as whom."""

    address: str
    sessions: dict[str, str]
    pages: list[tuple[str, str]]


@dataclass
class Visitor:
    """A page whose every complaint is kept."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    opened: int = 0
    met: int = 0

    def __post_init__(self) -> None:
        self.page.on("dialog", self.asked)
        self.page.on("console", self.said)
        self.page.on("pageerror", lambda error: self.complain(f"error: {error}"))

    def complain(self, words: str) -> None:
        self.complaints.append(f"{self.page.url}: {words}")

    def asked(self, dialog: Dialog) -> None:
        self.complain(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complain(message.text)

    def open(self, address: str) -> None:
        before = len(self.complaints)
        try:
            answer = self.page.goto(address, wait_until="load")
        except BrowserError as error:
            if "Download is starting" not in str(error):
                raise
            return
        if answer and "html" in answer.headers["content-type"]:
            return self.look()
        # Chromium's own way to show XML has a style within, which our policy refuses it.
        styled = [each for each in self.complaints[before:] if "inline style" not in each]
        self.complaints[before:] = styled

    def look(self) -> None:
        self.opened += 1
        self.met += PROBE in self.page.content()
        for each in self.page.locator(INJECTED).all():
            self.complain(
                f"an element of the text's: {each.evaluate('each => each.outerHTML')[:99]}"
            )


@pytest.fixture(scope="module")
def hostile(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    data = tmp_path_factory.mktemp("hostile")
    shutil.copytree(bare, data, symlinks=True, dirs_exist_ok=True)
    own = environment_in(data)
    seeded = subprocess.run(
        [sys.executable, "-m", "tests.e2e.seed_hostile"],
        cwd=ROOT, env=own, check=True, capture_output=True, text=True,
    )  # fmt: skip
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}",
         "--workers", "2", "--preload", "--log-level", "warning"],
        cwd=ROOT, env=own,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        await_answer(address, server)
        yield Hostile(address, **json.loads(seeded.stdout.splitlines()[-1]))
    finally:
        server.terminate()
        server.wait(timeout=60)


def visitor_of(browser: Browser, hostile: Hostile, role: str) -> Visitor:
    context = browser.new_context(locale="zh-CN", accept_downloads=False)
    if role in hostile.sessions:
        session = {"name": "sessionid", "value": hostile.sessions[role], "url": hostile.address}
        context.add_cookies([session])
    return Visitor(context.new_page())


def test_nothing_typed_runs_in_a_browser(browser: Browser, hostile: Hostile) -> None:
    asked = [(role, path + quote(TEXT)) for role, path in REPEATING]
    visitors = {}
    for role, path in (*hostile.pages, *asked):
        if role not in visitors:
            visitors[role] = visitor_of(browser, hostile, role)
        visitors[role].open(hostile.address + path)
    for each in visitors.values():
        each.page.context.close()
    assert [words for each in visitors.values() for words in each.complaints] == []
    assert visitors.keys() >= {
        "anonymous",
        "author",
        "supervisor",
        "authority",
        "system",
        "auditor",
    }
    assert sum(each.opened for each in visitors.values()) >= FEWEST
    assert sum(each.met for each in visitors.values()) >= FEWEST / 2


def test_what_is_typed_into_a_page_does_not_run_there(browser: Browser, hostile: Hostile) -> None:
    """Scripts take it up: counting, keeping, pasting, quoting, and what comes back afterwards."""
    author = visitor_of(browser, hostile, "author")
    page = author.page
    parts = [
        path for role, path in hostile.pages if role == "author" and path.endswith("/overview/")
    ]
    assert parts
    for path in parts:
        author.open(hostile.address + path)
        box = page.locator("textarea[name=text]:enabled")
        if not box.count():
            continue
        with page.expect_response(lambda answer: answer.url.endswith("/input/")):
            box.fill(TEXT)
        author.look()
        author.open(hostile.address + path)
        assert PROBE in box.input_value()
        author.open(hostile.address + path.replace("/overview/", "/applications/"))
        with page.expect_response(lambda answer: answer.url.endswith("/input/")):
            page.locator("input.cell:enabled").first.fill(TEXT)
        author.look()
    page.context.close()
    assert author.complaints == []
    assert author.opened >= 5
