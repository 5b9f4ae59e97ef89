"""What is typed stays: a closed tab, a lost connection, a log-out, another's save, two clicks."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Site
from tests.e2e.people import Person, somebody
from tests.e2e.test_the_whole_way import REFUSAL, cell, start

KEPT_WITHIN = 2.0  # seconds from the last key


@pytest.fixture(scope="module")
def agency(site: Site) -> dict[str, str]:
    return site.agencies[2]


@pytest.fixture(scope="module")
def hub(browser: Browser, site: Site, agency: dict[str, str]) -> str:
    with somebody(browser, site) as author:
        author.log_in(agency["author"])
        return start(author, agency["name"])


@pytest.fixture
def author(browser: Browser, site: Site, agency: dict[str, str]) -> Iterator[Person]:
    with somebody(browser, site) as person:
        person.log_in(agency["author"])
        yield person


@pytest.fixture
def colleague(browser: Browser, site: Site, agency: dict[str, str]) -> Iterator[Person]:
    with somebody(browser, site) as person:
        person.log_in(agency["colleague"])
        yield person


def test_it_is_kept_within_two_seconds_whatever_it_is_and_survives_a_closed_tab(
    author: Person, hub: str
) -> None:
    page = author.page
    author.go(f"{hub}applications/")
    with page.expect_response(lambda answer: answer.url.endswith("/input/")) as kept:
        page.fill(cell("legal_service.received"), "三件半")
        begun = time.monotonic()
    assert kept.value.ok
    assert time.monotonic() - begun < KEPT_WITHIN
    other = page.context.new_page()
    page.close()
    author.page = other
    author.go(f"{hub}applications/")
    assert other.input_value(cell("legal_service.received")) == "三件半"
    assert author.says("尚未保存的内容")


def test_it_is_sent_when_the_connection_is_back(author: Person, hub: str) -> None:
    page = author.page
    author.go(f"{hub}problems/")
    page.context.set_offline(True)
    page.fill("textarea[name=text]", "断线时写下的一段。")
    expect(page.locator("[data-keep-status]")).to_contain_text("未连接")
    with page.expect_response(lambda answer: answer.url.endswith("/input/") and answer.ok):
        page.context.set_offline(False)
    expect(page.locator("[data-keep-status]")).to_contain_text("已暂存")
    author.complaints.clear()  # the browser complained of the connection, as it should
    author.go(f"{hub}problems/")
    assert page.input_value("textarea[name=text]") == "断线时写下的一段。"


def test_what_could_not_be_sent_waits_on_the_machine(author: Person, hub: str) -> None:
    """The tab is closed while the connection is away; the text is there on coming back."""
    page = author.page
    author.go(f"{hub}other_matters/")
    page.context.set_offline(True)
    page.fill("textarea[name=text]", "没有送出的一段。")
    expect(page.locator("[data-keep-status]")).to_contain_text("未连接")
    other = page.context.new_page()
    page.close()
    other.context.set_offline(False)
    author.page = other
    author.complaints.clear()
    author.go(f"{hub}other_matters/")
    assert other.input_value("textarea[name=text]") == "没有送出的一段。"
    expect(other.locator("[data-keep-status]")).not_to_contain_text("未连接")


def test_a_log_out_loses_nothing(author: Person, hub: str, agency: dict[str, str]) -> None:
    page = author.page
    author.go(f"{hub}overview/")
    page.context.clear_cookies(name="sessionid")
    page.fill("textarea[name=text]", "（一）主动公开\n登录失效之后写下的一段。")
    expect(page.locator("[data-keep-status]")).to_contain_text("登录已失效")
    author.complaints.clear()
    author.log_in(agency["author"])
    author.go(f"{hub}overview/")
    assert "登录失效之后写下的一段" in page.input_value("textarea[name=text]")


def test_a_refusal_loses_nothing(author: Person, hub: str) -> None:
    page = author.page
    author.go(f"{hub}applications/")
    for name, figure in {
        "legal_service.received": "0", "natural_person.received": "3",
        "natural_person.brought_forward": "1", "natural_person.granted": "2",
        "natural_person.carried_forward": "1", "business.received": "1,000件",
    }.items():  # fmt: skip
        page.fill(cell(name), figure)
    author.press("保存")
    assert author.says("填的是“1,000件”")
    page.fill(cell("business.received"), "0")
    author.press("保存")
    assert author.says(REFUSAL)
    author.go(f"{hub}applications/")
    assert page.input_value(cell("natural_person.granted")) == "2"


def test_of_two_in_one_part_the_second_is_shown_what_changed_and_chooses(
    author: Person, colleague: Person, hub: str
) -> None:
    for person in (author, colleague):
        person.go(f"{hub}disclosure/")
    colleague.page.fill(cell("licenses_decided", "disclosure"), "7")
    colleague.press("保存")
    author.page.fill(cell("penalties_decided", "disclosure"), "5")
    author.page.fill(cell("licenses_decided", "disclosure"), "8")
    author.press("保存")
    assert author.says("贾同事")
    assert author.page.locator("td", has_text="7").count() >= 1
    author.page.locator("[name='pick:licenses_decided'][value=theirs]").check()
    author.page.get_by_role("button", name="按上面逐项所选保存").click()
    author.page.wait_for_load_state()
    author.look()
    assert author.says("已保存")
    author.go(f"{hub}disclosure/")
    assert author.page.input_value(cell("licenses_decided", "disclosure")) == "7"
    assert author.page.input_value(cell("penalties_decided", "disclosure")) == "5"


def test_two_clicks_at_once_start_one_report(author: Person, hub: str, site: Site) -> None:
    """The same POST twice at the same moment: both answered, one report."""
    author.go("/desk/")
    token = next(c["value"] for c in author.page.context.cookies() if c["name"] == "csrftoken")
    session = next(c["value"] for c in author.page.context.cookies() if c["name"] == "sessionid")
    author.go("/desk/start/")
    choice = author.page.locator("input[name=report]").first.get_attribute("value")
    assert choice

    def press(_: int) -> str:
        asked = Request(
            site.url("/desk/start/"),
            data=urlencode({"report": choice, "csrfmiddlewaretoken": token}).encode(),
            headers={"Cookie": f"csrftoken={token}; sessionid={session}", "Referer": site.address},
        )
        with urlopen(asked, timeout=30) as answer:
            return answer.url

    with ThreadPoolExecutor(4) as pool:
        opened = set(pool.map(press, range(4)))
    assert len(opened) == 1
