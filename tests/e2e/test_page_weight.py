"""What a public page costs on the wire: its weight, its requests, and that it needs no script."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import Site

HEAVIEST = 150_000  # bytes over the wire, styles included
PHONE = {"width": 390, "height": 844}


@dataclass
class Traffic:
    """Every response of a page: bytes as sent, and how many requests led to it."""

    sent: dict[str, int] = field(default_factory=dict)
    depth: dict[str, int] = field(default_factory=dict)
    blocked: list[str] = field(default_factory=list)

    @property
    def weight(self) -> int:
        return sum(self.sent.values())


def addresses(site: Site) -> list[str]:
    agency = f"/agencies/{site.agencies[-1]['slug']}/"
    return ["/", agency, f"{agency}{site.year - 1}/", "/agencies/", "/search/", "/check/"]


def watch(page: Page) -> Traffic:
    """Chromium's own account of the network; a cached answer would hide its bytes."""
    traffic, urls = Traffic(), {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def begin(event):
        url, by = event["request"]["url"], event["initiator"].get("url")
        urls[event["requestId"]] = url
        traffic.depth[url] = traffic.depth.get(by, 0) + 1 if by else 0

    def end(event):
        url = urls[event["requestId"]]
        traffic.sent[url] = traffic.sent.get(url, 0) + event["encodedDataLength"]

    session.on("Network.requestWillBeSent", begin)
    session.on("Network.loadingFinished", end)
    page.on(
        "console", lambda said: traffic.blocked.append(said.text) if said.type == "error" else None
    )
    return traffic


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_a_public_page_is_light_and_asks_for_nothing_twice_removed(
    site: Site, browser: Browser, scripts: bool
):
    for address in addresses(site):
        context = browser.new_context(java_script_enabled=scripts, viewport=PHONE)
        page = context.new_page()
        traffic = watch(page)
        page.goto(site.url(address), wait_until="networkidle")
        print(f"{address}: {traffic.weight:,} bytes in {len(traffic.sent)} requests")
        assert 0 < traffic.weight < HEAVIEST, (address, traffic.sent)
        assert max(traffic.depth.values()) <= 1, (address, traffic.depth)
        assert all(url.startswith(site.address) for url in traffic.depth)
        assert traffic.blocked == []  # the policy reports what it blocks: JSON-LD is none of it
        assert page.locator("h1").first.is_visible()
        context.close()


def test_the_largest_paint_is_text_of_the_first_answer(site: Site, browser: Browser):
    """Text in fonts of the system: painted as soon as the page and its styles are there."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(site.url(addresses(site)[2]), wait_until="networkidle")
    painted = page.evaluate(
        """() => new Promise(done => new PerformanceObserver(list => {
            const last = list.getEntries().at(-1);
            done({url: last.url, tag: last.element?.tagName});
        }).observe({type: "largest-contentful-paint", buffered: true}))"""
    )
    assert painted["url"] == ""  # of an image it would be the image's
    assert painted["tag"]
    fonts = page.evaluate("() => [...document.fonts].length")
    assert fonts == 0
    context.close()


def test_a_document_is_saved_under_the_reports_own_name(site: Site, browser: Browser):
    context = browser.new_context()
    page = context.new_page()
    body = site.agencies[-1]
    page.goto(site.url(f"/agencies/{body['slug']}/{site.year - 1}/"))
    with page.expect_download() as saved:
        page.locator("#downloads a").first.click()
    assert saved.value.suggested_filename.startswith(body["name"])
    assert saved.value.suggested_filename.endswith(".pdf")
    context.close()
