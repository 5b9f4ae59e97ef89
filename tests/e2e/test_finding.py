"""Finding a report in a browser: by words, by a name mistyped, by region; by keyboard alone too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Site
from tests.e2e.people import PHONE, WIDE, Person, somebody

WITHDRAWN = 2  # reports, by the walks that correct and withdraw, if they came before


@pytest.fixture(params=[(True, WIDE), (True, PHONE), (False, WIDE)],
                ids=["scripts", "phone", "no_scripts"])  # fmt: skip
def reader(browser: Browser, site: Site, request) -> Iterator[Person]:
    scripts, size = request.param
    with somebody(browser, site, scripts=scripts, size=size) as person:
        yield person


def test_a_reader_finds_what_a_text_says_and_narrows_it(reader: Person) -> None:
    reader.go("/")
    page = reader.page
    page.fill("#home-search", "业务培训")
    reader.press("检索")
    results = page.locator("ol.results > li")
    assert results.count() >= reader.site.bodies - WITHDRAWN
    assert results.first.locator("mark").inner_text() == "业务培训"
    assert "一、总体情况" in results.first.inner_text()
    page.select_option("#filter-year", str(reader.site.year - 1))
    reader.press("筛选")
    assert page.locator("#filter-year").input_value() == str(reader.site.year - 1)
    reader.press("年度")
    expect(page.locator(".order [aria-current]")).to_have_text("年度")
    results.first.get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("报告")


def test_a_mistyped_name_leads_to_the_agency(reader: Person) -> None:
    reader.go("/search/?q=虚构市水物局")
    assert reader.says("您是不是要找")
    reader.press("虚构市水务局")
    reader.page.locator(".agency-box").get_by_role("link", name="虚构市水务局").click()
    reader.look()
    assert reader.page.url.endswith("/agencies/water/")
    assert reader.says("历年报告")


def test_the_directory_leads_by_region_and_nothing_found_says_what_to_do(reader: Person) -> None:
    reader.go("/agencies/")
    reader.press("虚构市 ")
    assert reader.says("虚构市的机关")
    reader.press("查看这些机关的报告")
    assert reader.page.locator("ol.results > li").count() >= reader.site.bodies - WITHDRAWN
    for words, said in (("税", "一个字太少"), ("档案局 没有这个词", "可以分别查")):
        reader.go(f"/search/?q={words}")
        assert reader.says(said)


def test_a_search_needs_no_mouse(browser: Browser, site: Site) -> None:
    with somebody(browser, site) as person:
        person.go("/search/")
        page = person.page
        page.locator("#search").focus()
        page.keyboard.type("业务培训")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=*")
        page.locator("#filter-region").focus()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="筛选")).to_be_focused()
        page.locator("ol.results a").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/agencies/*/*/")
