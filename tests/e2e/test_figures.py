"""Trends, comparison and statistics in a browser: wide, narrow, dark, large, without scripts, by keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Site
from tests.e2e.people import PHONE, WIDE, Person, somebody

REGION = "990100"  # the seed's city


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def reader(browser: Browser, site: Site, request) -> Iterator[Person]:
    with somebody(browser, site, size=request.param) as person:
        yield person


def pages(site: Site) -> list[str]:
    one, two = site.agencies[-1]["slug"], site.agencies[-2]["slug"]
    return [
        f"/agencies/{one}/trends/",
        f"/compare/?agency={one}&agency={two}&show=outcomes",
        "/statistics/",
        f"/statistics/{REGION}/{site.year - 1}/",
    ]


def test_every_page_is_sound_in_light_dark_and_large(reader: Person, site: Site) -> None:
    """Dark where there is most to see, large where there is least room."""
    for path in pages(site):
        reader.go(path)
    if reader.page.viewport_size == WIDE:
        reader.page.emulate_media(color_scheme="dark")
    else:
        reader.page.get_by_role("button", name="长者模式").click()
    for path in pages(site):
        reader.go(path)


def test_a_chart_is_shown_once_in_the_size_that_fits(reader: Person, site: Site) -> None:
    reader.go(pages(site)[0])
    shown = reader.page.locator("svg:visible")
    hidden = reader.page.locator("svg:not(:visible)")
    expect(shown.first).to_be_visible()
    narrow = reader.page.viewport_size == PHONE
    kind = "chart-narrow" if narrow else "chart-wide"
    assert f"{kind}" in (shown.first.get_attribute("class") or "")
    assert shown.count() >= hidden.count() > 0
    box = shown.first.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= reader.page.viewport_size["width"]


def test_bodies_are_compared_without_scripts(browser: Browser, site: Site) -> None:
    one, two = site.agencies[-1], site.agencies[-2]
    with somebody(browser, site, scripts=False) as person:
        person.go(f"/agencies/{one['slug']}/")
        person.press("与其他机关比较")
        person.page.get_by_label("添加机关").fill(two["name"])
        person.press("查找")
        person.page.get_by_role("link", name=f"把{two['name']}加入比较").click()
        assert person.says("各图的刻度相同")
        expect(person.page.get_by_role("heading", name=two["name"])).to_be_visible()
        person.page.get_by_role("link", name="本年度办理结果").click()
        expect(person.page.get_by_role("heading", name="历年：本年度办理结果")).to_be_visible()
        person.page.get_by_role("link", name=f"移除{one['name']}").click()
        expect(person.page.get_by_role("heading", name=one["name"])).to_have_count(0)


def test_a_region_is_walked_by_keyboard_down_to_a_report(browser: Browser, site: Site) -> None:
    with somebody(browser, site) as person:
        person.go("/statistics/")
        page = person.page
        page.get_by_role("main").get_by_role("link", name="虚构市").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        person.look()
        body = page.get_by_role("link", name=f"{site.agencies[-1]['name']}", exact=True)
        body.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.get_by_role("link", name="历年数据和图表").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        chart = page.get_by_role("group", name="图：本年新收政府信息公开申请数量")
        chart.focus()
        expect(chart).to_be_focused()
