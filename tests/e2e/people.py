"""People at the site: what they press and type, and what every page must be on the way."""

import hashlib
import re
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
# What axe judges by: each kind of element with the kind it stands in, whether it says anything,
# and the display. What it says, where it leads and numbers in names (keys of rows) do not count.
KINDS = """() => {
  const said = /^(href|src|action|formaction|value|content|datetime|title|alt|placeholder|aria-label)$/
  const kind = each => [
    each.tagName,
    ...[...each.attributes].map(a => a.name + (said.test(a.name) ? !a.value : a.value)),
    [...each.childNodes].some(n => n.nodeType === 3 && n.data.trim()) ? "said" : "",
  ].join(" ").replace(/\\s+/g, " ").replace(/\\d+/g, "0")
  const dark = matchMedia("(prefers-color-scheme: dark)").matches
  const within = each => `${innerWidth} ${dark} ${kind(each.parentElement)} > ${kind(each)}`
  return [...new Set([...document.querySelectorAll("html > *, html > * *")].map(within))]
}"""
SERIAL = re.compile(r"\d+")


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
        """Axe's rules, which take a second, unless such a page was found sound with all that is on it."""
        page = SERIAL.sub("#", self.page.url.partition("?")[0])
        known = Path(self.site.environment[SOUND]) / hashlib.sha256(page.encode()).hexdigest()
        kinds = self.page.evaluate(KINDS)
        if known.exists() and set(kinds) <= set(known.read_text().splitlines()):
            return
        found = Axe().run(self.page)
        faults = [
            f"{each['id']}: {each['nodes'][0]['target']} {each['help']}"
            for each in found.response["violations"]
        ]
        assert faults == [], f"{self.page.url}: {faults}"
        with known.open("a") as file:
            file.writelines(f"{kind}\n" for kind in kinds)


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
