"""People at the site: what they press and type, and what every page must be on the way."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.e2e.conftest import SOUND, Site

WIDE = {"width": 1280, "height": 900}
PATIENCE = 15_000  # ms for any one step
STICKING_OUT = """() => [...document.querySelectorAll("body *")]
  .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
  .map(each => `${each.tagName}.${each.className}`).slice(0, 8)"""
PHONE = {"width": 390, "height": 844}
# What axe judges by: elements, their names and states, whether they say anything. What they say,
# where they lead and the numbers in names (keys of rows) make no other page of it.
SHAPE = """() => {
  const said = /^(href|src|action|formaction|value|content|datetime|title|alt|placeholder|aria-label)$/
  const shape = each => [
    each.tagName,
    ...[...each.attributes].map(a => a.name + (said.test(a.name) ? !a.value : a.value)),
    [...each.childNodes].some(n => n.nodeType === 3 && n.data.trim()) ? "said" : "",
  ].join(" ").replace(/\\d+/g, "0")
  const dark = matchMedia("(prefers-color-scheme: dark)").matches
  return [innerWidth, dark, ...[...document.querySelectorAll("*")].map(shape)].join("\\n")
}"""


@dataclass
class Person:
    """A person with a browser of their own, with or without scripts."""

    page: Page
    site: Site
    scripts: bool = True
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.site.url(path))
        self.look()

    def log_in(self, username: str) -> None:
        self.page.goto(self.site.url("/accounts/login/"))
        self.look()
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", self.site.password)
        self.press("登录")
        assert "/accounts/login/" not in self.page.url, "the log-in was refused"

    def press(self, name: str) -> None:
        """Press the button or link of that name and look at the page it leads to."""
        main = self.page.locator("main, #content").first
        button = main.get_by_role("button", name=name, exact=True)
        link = main.get_by_role("link", name=name)
        (button if button.count() else link).first.click()
        self.page.wait_for_load_state()
        self.look()

    def says(self, text: str) -> bool:
        return text in " ".join(self.page.inner_text("body").split())

    def look(self) -> None:
        """No violation of accessibility, nothing scrolling sideways, nothing refused by the CSP."""
        self.page.wait_for_load_state()
        self.page.locator("h1").first.wait_for(state="attached")  # a click may lead here only now
        if not self.scripts:
            return
        self.look_closely()
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.page.viewport_size["width"], (
            f"{self.page.url} scrolls sideways: {self.page.evaluate(STICKING_OUT)}"
        )
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"

    def look_closely(self) -> None:
        """Axe's rules, unless a page of this shape was found sound before: they take a second."""
        shape = hashlib.sha256(self.page.evaluate(SHAPE).encode()).hexdigest()
        seen = Path(self.site.environment[SOUND]) / shape
        if seen.exists():
            return
        found = Axe().run(self.page)
        faults = [
            f"{each['id']}: {each['nodes'][0]['target']} {each['help']}"
            for each in found.response["violations"]
        ]
        assert faults == [], f"{self.page.url}: {faults}"
        seen.touch()


@contextmanager
def somebody(
    browser: Browser, site: Site, *, scripts: bool = True, size: dict[str, int] = WIDE
) -> Iterator[Person]:
    """A new person at the site; what the browser complains of is kept."""
    context = browser.new_context(
        viewport=size, java_script_enabled=scripts, locale="zh-CN", accept_downloads=True
    )
    context.set_default_timeout(PATIENCE)
    person = Person(context.new_page(), site, scripts)

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            person.complaints.append(message.text)

    person.page.on("console", heard)
    person.page.on("pageerror", lambda error: person.complaints.append(str(error)))
    try:
        yield person
    finally:
        context.close()
