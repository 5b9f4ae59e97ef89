"""A reader at a report: sizes, colors, keyboard, paper, passing on, taking away; with scripts and without."""

import unicodedata
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import Site
from tests.e2e.people import PHONE, WIDE, Person, somebody

HEAVIEST = 150_000  # bytes over the wire, with styles (performance.md)
A4 = (595, 842)  # points
ZOOMED = {"width": 640, "height": 450}  # 1280 by 900 at 200 %
FIRST_SEEN = """new MutationObserver((_, seen) => {
  if (!document.body) return;
  window.firstSeen = getComputedStyle(document.documentElement).fontSize;
  seen.disconnect();
}).observe(document, {childList: true, subtree: true});"""
SENT = """() => performance.getEntriesByType("navigation")
  .concat(performance.getEntriesByType("resource"))
  .map(each => [each.name, each.transferSize])"""


@pytest.fixture
def address(site: Site) -> str:
    """The page of a report that was published before the tests began, and which nobody corrects."""
    return f"/agencies/{site.agencies[0]['slug']}/{site.year - 1}/"


@pytest.fixture
def reader(browser: Browser, site: Site) -> Iterator[Person]:
    with somebody(browser, site) as person:
        yield person


def size_of_type(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).fontSize"))


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


@pytest.mark.parametrize(
    ("choice", "size"),
    [("light", WIDE), ("dark", PHONE), ("elder", WIDE), ("elder.type-large.dark", PHONE)],
    ids=["light", "dark", "elder", "elder_dark"],
)
def test_every_choice_is_readable_and_nothing_sticks_out(
    browser: Browser, site: Site, address: str, choice: str, size: dict[str, int]
) -> None:
    with somebody(browser, site, size=size) as reader:
        reader.page.context.add_cookies([{"name": "display", "value": choice, "url": site.address}])
        for path in (address, f"{address}portal/", "/display/"):
            reader.go(path)


def test_nothing_is_lost_at_two_hundred_percent(browser: Browser, site: Site, address: str) -> None:
    context = browser.new_context(viewport=ZOOMED, device_scale_factor=2, locale="zh-CN")
    page = context.new_page()
    for path in ("/", "/agencies/", address.rsplit("/", 2)[0] + "/", address, f"{address}portal/"):
        page.goto(site.url(path))
        assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"], path
        cut = page.evaluate(
            """() => [...document.querySelectorAll("main p, main h1, main h2, main dd, main a")]
              .filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth
                && getComputedStyle(each).overflowX !== "visible").length"""
        )
        assert cut == 0, path
    context.close()


def test_elder_mode_is_remembered_and_there_from_the_first_moment(
    reader: Person, address: str
) -> None:
    reader.page.add_init_script(FIRST_SEEN)
    reader.go(address)
    assert size_of_type(reader.page) == "16px"
    reader.page.get_by_role("button", name="长者模式").click()
    reader.page.get_by_role("button", name="大", exact=True).click()
    assert size_of_type(reader.page) == "24px"
    reader.look()
    reader.go("/")
    assert reader.page.evaluate("window.firstSeen") == "24px"
    reader.go(address)
    assert (
        reader.page.get_by_role("button", name="大", exact=True).get_attribute("aria-pressed")
        == "true"
    )
    text = reader.page.locator(".statutory .level-0").first
    assert text.evaluate("each => getComputedStyle(each).fontSize") == "30px"
    reader.page.get_by_role("button", name="长者模式").click()
    reader.go(address)
    assert size_of_type(reader.page) == "16px"


def test_without_scripts_the_page_of_settings_does_the_same(
    browser: Browser, site: Site, address: str
) -> None:
    with somebody(browser, site, scripts=False) as reader:
        reader.go(address)
        assert not reader.page.get_by_role("button", name="打印").is_visible()
        light = ground(reader.page)
        reader.page.get_by_role("link", name="长者模式", exact=True).click()
        for choice in ("使用", "大", "深色"):
            reader.page.get_by_label(choice, exact=True).check(force=True)
        reader.press("保存并返回")
        assert reader.page.url == site.url(address)
        for path in (address, "/agencies/"):
            reader.go(path)
            assert size_of_type(reader.page) == "24px"
            assert ground(reader.page) != light
        reader.go(address)
        reader.page.locator(".contents a").nth(2).click()
        assert reader.page.url.endswith("#part-applications")
        reader.page.get_by_role("link", name="供门户网站转载").click()
        assert reader.page.locator("textarea").nth(2).input_value().count("<table") == 3
        assert reader.page.get_by_text("先按 Ctrl+A 全选").is_visible()


def test_a_choice_of_colors_overrules_the_device(
    browser: Browser, site: Site, address: str
) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(site.url(address))
    dark = ground(page)
    context.add_cookies([{"name": "display", "value": "light", "url": site.address}])
    page.reload()
    assert ground(page) == "rgb(250, 250, 248)" != dark
    page.emulate_media(media="print")
    assert (
        page.locator(".statutory-title").evaluate("e => getComputedStyle(e).color")
        == "rgb(0, 0, 0)"
    )
    context.close()


def test_the_whole_page_is_walked_by_keyboard(reader: Person, address: str) -> None:
    page = reader.page
    reader.go(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    passed = []
    for _ in range(60):
        page.keyboard.press("Tab")
        said = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
              return [e.textContent.trim().slice(0, 20), e.className, s.outlineStyle, e.tagName] }"""
        )
        if said[3] == "BODY":  # past the last one
            break
        assert said[2] != "none", f"the focus is not seen on {said}"
        passed.append(said)
    words = [each[0] for each in passed]
    for stop in ("一、总体情况", "大", "打印", "下载", "复制网址", "用邮件发送", "供门户网站转载"):
        assert stop in words
    assert sum(each[1] == "statutory-scroll" for each in passed) == 3


def test_the_contents_follow_and_mark_what_is_read(reader: Person, address: str) -> None:
    page = reader.page
    reader.go(address)
    current = page.locator(".contents [aria-current=location]")
    page.locator("#part-applications").evaluate("each => each.scrollIntoView()")
    expect(current).to_have_attribute("href", "#part-applications")
    box = page.locator(".contents").bounding_box()
    assert box
    assert box["y"] >= 0
    reader.look()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(current).to_have_attribute("href", "#share")


def test_on_a_phone_the_title_comes_first_and_on_a_desk_the_contents_stand_beside_it(
    browser: Browser, site: Site, address: str
) -> None:
    tops = """() => ['.statutory-title', '.information', '.contents', '#part-overview']
      .map(each => document.querySelector(each).getBoundingClientRect().top)"""
    with somebody(browser, site, size=PHONE) as reader:
        reader.go(address)
        seen = reader.page.evaluate(tops)
        assert seen == sorted(seen)
        assert seen[0] < PHONE["height"] / 2
    with somebody(browser, site) as reader:
        reader.go(address)
        beside = reader.page.locator(".contents").bounding_box()
        title = reader.page.locator(".statutory-title").bounding_box()
        assert beside
        assert title
        assert beside["x"] + beside["width"] < title["x"]
        assert beside["y"] < title["y"]


def test_the_labels_of_a_wide_table_stay_on_a_phone(
    browser: Browser, site: Site, address: str
) -> None:
    with somebody(browser, site, size=PHONE) as reader:
        reader.go(address)
        region = reader.page.locator(".statutory-scroll:has(.table-applications)")
        hint = "each => getComputedStyle(each, '::before').display"
        assert region.evaluate(hint) == "block"
        label = region.locator("th.row").nth(5)
        region.evaluate("each => { each.scrollLeft = 300 }")
        left, edge = label.bounding_box(), region.bounding_box()
        assert left
        assert edge
        assert abs(left["x"] - edge["x"]) < 2
        assert reader.page.locator("th.rowgroup").first.bounding_box()["x"] < 0  # type: ignore[index]
    with somebody(browser, site) as reader:
        reader.go(address)
        assert reader.page.locator(".statutory-scroll").nth(1).evaluate(hint) == "none"


def test_the_address_is_copied_and_the_code_leads_to_it(
    browser: Browser, site: Site, address: str
) -> None:
    with somebody(browser, site) as reader:
        reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        reader.go(address)
        canonical = reader.page.locator("link[rel=canonical]").get_attribute("href")
        reader.press("复制网址")
        reader.page.get_by_text("已复制。").wait_for()
        assert reader.page.evaluate("navigator.clipboard.readText()") == canonical
        picture = Image.open(BytesIO(reader.page.locator(".share-code").screenshot(scale="css")))
        assert [each.text for each in zxingcpp.read_barcodes(picture)] == [canonical]
        reader.press("供门户网站转载")
        reader.press("复制正文")
        reader.page.get_by_text("已复制。").wait_for()
        copied = reader.page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
        assert copied == reader.page.locator("#copy-text").input_value()


def as_typed(text: str) -> str:
    """Without spaces, and without the radicals which a PDF's fonts put in the place of characters."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_printed_it_is_the_official_document(
    browser: Browser, site: Site, address: str, tmp_path: Path
) -> None:
    with somebody(browser, site) as reader:
        reader.go(address)
        title = reader.page.locator("#report-title").inner_text().replace("\n", "")
        reader.page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    pages = PdfReader(tmp_path / "report.pdf").pages
    assert {tuple(round(float(each)) for each in page.mediabox[2:]) for page in pages} == {A4}
    texts = [as_typed(page.extract_text()) for page in pages]
    assert as_typed(title) in texts[0]
    for site_only in ("登录", "索引号", "字号", "文件下载", "校验", "网站地图", "复制网址", "版次"):
        assert site_only not in "".join(texts), site_only
    assert address in texts[-1]
    assert all(f"{number}—" in text for number, text in enumerate(texts, 1))
    whole = next(text for text in texts if "三、收到和处理政府信息公开申请情况" in text)
    assert "四、结转下年度继续办理" in whole  # part three is on one page


def test_an_agencys_zip_opens_from_disk_without_a_network(
    browser: Browser, site: Site, address: str, tmp_path: Path
) -> None:
    with somebody(browser, site) as reader:
        reader.go(address.rsplit("/", 2)[0] + "/")
        with reader.page.expect_download() as coming:
            reader.page.get_by_role("link", name="打包下载历年报告（ZIP）").click()
        assert coming.value.suggested_filename.endswith(".zip")
        ZipFile(coming.value.path()).extractall(tmp_path)
    context = browser.new_context(offline=True, viewport=WIDE)
    page = context.new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto((tmp_path / "index.html").as_uri())
    page.get_by_role("link", name=f"{site.year - 1}年政府信息公开").first.click()
    page.wait_for_load_state()  # the cells are there before the style sheets are
    assert page.locator(".statutory td").count() > 150
    assert ground(page) == "rgb(250, 250, 248)"
    page.locator(".trail a").click()
    page.wait_for_load_state()
    assert page.locator(".shelf li").count() == 1
    assert failed == []
    page.go_back()
    assert Axe().run(page).response["violations"] == []  # it asks for the style sheets itself
    context.close()


def test_the_page_weighs_little_over_the_wire(reader: Person, address: str) -> None:
    reader.go(address)
    sent = dict(reader.page.evaluate(SENT))
    assert len(sent) > 5
    assert sent[reader.site.url(address)] > 0
    assert sum(sent.values()) < HEAVIEST, sent
    assert [name for name in sent if not name.startswith(reader.site.address)] == []
