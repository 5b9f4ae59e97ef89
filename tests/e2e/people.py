"""People at the site: what they press and type, and what every page must be on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.e2e.conftest import SOUND, Site

WIDE = {"width": 1280, "height": 900}
PATIENCE = 30_000  # ms for any one step, on a machine that is busy
STICKING_OUT = """() => [...document.querySelectorAll("body *")]
  .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
  .map(each => `${each.tagName}.${each.className}`).slice(0, 8)"""
PHONE = {"width": 390, "height": 844}
# What axe judges by: each kind of element with the kind it stands in, whether it says anything,
# and the display. What it says, where it leads and numbers in names (keys of rows) do not count;
# of a name whether it is the page's only one, of a reference whether it leads to something.
KINDS = """() => {
  const said = /^(href|src|action|formaction|value|content|datetime|title|alt|placeholder|aria-label|name|data-.+)$/
  const leads = /^(for|headers|list|form|aria-(describedby|labelledby|controls|details|owns|errormessage))$/
  const named = {}
  for (const each of document.querySelectorAll("[id]")) named[each.id] = (named[each.id] || 0) + 1
  const worth = a => said.test(a.name) ? !a.value
    : a.name === "id" ? named[a.value] === 1
    : leads.test(a.name) ? a.value.split(/\\s+/).every(id => named[id])
    : a.value
  const kind = each => [
    each.tagName,
    ...[...each.attributes].map(a => a.name + worth(a)),
    [...each.childNodes].some(n => n.nodeType === 3 && n.data.trim()) ? "said" : "",
  ].join(" ").replace(/\\s+/g, " ").replace(/\\d+/g, "0")
  const dark = matchMedia("(prefers-color-scheme: dark)").matches
  const display = `${innerWidth} ${dark} ${document.documentElement.className}`
  const within = each => `${display} ${kind(each.parentElement)} > ${kind(each)}`
  return [...new Set([...document.querySelectorAll("html > *, html > * *")].map(within))]
}"""


def page_name(url: str) -> str:
    """The name of a page's address, whatever body, year or key it is of."""
    path = urlsplit(url).path
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


@dataclass
class Person:
    """A person with a browser of their own, with or without scripts."""

    page: Page
    site: Site
    scripts: bool = True
    complaints: list[str] = field(default_factory=list)
    also: dict[str, int] | None = None  # another size at which each page is looked at

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
        self.look_at_this_size()
        if self.also:
            own = self.page.viewport_size
            self.page.set_viewport_size(self.also)
            self.look_at_this_size()
            self.page.set_viewport_size(own)
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"

    def look_at_this_size(self) -> None:
        self.look_closely()
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.page.viewport_size["width"], (
            f"{self.page.url} scrolls sideways: {self.page.evaluate(STICKING_OUT)}"
        )

    def look_closely(self) -> None:
        """Axe's rules, which take a second: of a page for the first time, or where anything on it is new."""
        sound = Path(self.site.environment[SOUND])
        met = sound / f"{page_name(self.page.url)} {self.page.viewport_size['width']}".replace(
            "/", "_"
        )
        known = sound / "kinds"
        kinds = set(self.page.evaluate(KINDS))
        if met.exists() and kinds <= set(known.read_text().splitlines()):
            return
        found = Axe().run(self.page)
        faults = [
            f"{each['id']}: {each['nodes'][0]['target']} {each['help']}"
            for each in found.response["violations"]
        ]
        assert faults == [], f"{self.page.url}: {faults}"
        with known.open("a") as file:
            file.writelines(f"{kind}\n" for kind in kinds)
        met.touch()


@contextmanager
def somebody(
    browser: Browser,
    site: Site,
    *,
    scripts: bool = True,
    size: dict[str, int] = WIDE,
    also: dict[str, int] | None = None,
) -> Iterator[Person]:
    """A new person at the site; what the browser complains of is kept."""
    context = browser.new_context(
        viewport=size, java_script_enabled=scripts, locale="zh-CN", accept_downloads=True
    )
    context.set_default_timeout(PATIENCE)
    person = Person(context.new_page(), site, scripts, also=also)

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            person.complaints.append(message.text)

    person.page.on("console", heard)
    person.page.on("pageerror", lambda error: person.complaints.append(str(error)))
    try:
        yield person
    finally:
        context.close()
