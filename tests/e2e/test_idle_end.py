"""A session that ends while somebody writes: said beforehand, and nothing typed is lost.

The half hour is not waited for: the server tells the time by a file (``tests.e2e.clock``), the
browser by Playwright's clock. Logged in again by password and by the city's single sign-on.
"""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from oidc_provider_mock import User as Account
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Browser, Page, expect

from tests.e2e.clock import FILE, Clock
from tests.e2e.conftest import ROOT, Site, await_answer, free_port
from tests.e2e.people import PHONE, WIDE, Person, somebody
from tests.e2e.test_the_whole_way import start

BEGINS = datetime(2026, 1, 12, 9)
WARNED_AT = timedelta(minutes=28, seconds=5)
ENDED_AT = timedelta(minutes=30, seconds=5)
SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])


@dataclass
class Door:
    """The same site behind another server, whose clock is turned and which knows a provider."""

    site: Site
    clock: Clock
    agency: dict[str, str]

    def waits(self, page: Page, time: timedelta) -> None:
        """So long nothing is done, at the server and in the browser."""
        self.clock.pass_over(time)
        page.clock.fast_forward(int(time.total_seconds() * 1000))


@pytest.fixture(scope="module")
def door(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    agency = site.agencies[7]
    clock = Clock(tmp_path_factory.mktemp("clock") / "clock")
    clock.turn_to(BEGINS)
    account = Account(sub="1", claims={"preferred_username": agency["author"]})
    port = free_port()
    with run_server_in_thread(user_claims=[account], require_nonce=True) as provider:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "tests.e2e.clockwork:application", "--bind",
             f"127.0.0.1:{port}", "--workers", "1", "--threads", "2", "--log-level", "warning"],
            cwd=ROOT,
            env=site.environment | {
                FILE: str(clock.file),
                "OIDC_ISSUER": f"http://localhost:{provider.server_port}",
                "OIDC_CLIENT_ID": "reports",
                "OIDC_CLIENT_SECRET": "fictional",
            },
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            await_answer(address, server)
            yield Door(replace(site, address=address), clock, agency)
        finally:
            server.terminate()
            server.wait(timeout=60)


@pytest.fixture(scope="module")
def hub(browser: Browser, door: Door) -> str:
    with somebody(browser, door.site) as author:
        author.log_in(door.agency["author"])
        return start(author, door.agency["name"])


def come_by_sign_on(person: Person) -> None:
    """Through the button and the provider's own page, which may not fetch its style from afar."""
    page = person.page
    page.context.route("https://**", lambda route: route.abort())
    page.get_by_role("link", name="用统一身份认证登录").click()
    page.get_by_role("button", name="1", exact=True).click()
    page.wait_for_url(lambda address: address.startswith(person.site.address))
    person.complaints.clear()  # the provider's, of its style
    person.look()


def test_who_writes_is_warned_stays_and_loses_nothing_at_the_end(
    browser: Browser, door: Door, hub: str
) -> None:
    with somebody(browser, door.site) as author:
        page = author.page
        page.clock.install()
        author.log_in(door.agency["author"])
        author.go(f"{hub}problems/")
        notice = page.locator("[data-stay] p")
        expect(notice).to_be_hidden()
        door.waits(page, WARNED_AT)
        expect(notice).to_have_text("您有一段时间没有操作，登录将在 2 分钟后结束。继续工作")
        author.look()
        notice.get_by_role("button", name="继续工作").click()
        expect(notice).to_be_hidden()
        door.waits(page, WARNED_AT)
        expect(notice).to_be_visible()
        door.waits(page, ENDED_AT - WARNED_AT)
        expect(notice).to_contain_text("登录已经结束。这一页里填写的内容还在")
        author.look()
        page.fill("textarea[name=text]", "登录结束以后写下的一段。")
        page.clock.run_for(3000)
        expect(page.locator("[data-keep-status]")).to_contain_text("登录已失效")
        with page.context.expect_page() as opened:
            notice.get_by_role("link", name="请在新窗口登录").click()
        beside = replace(author, page=opened.value)
        beside.page.fill("input[name=username]", door.agency["author"])
        beside.page.fill("input[name=password]", door.site.password)
        beside.press("登录")
        beside.page.close()
        page.clock.run_for(6000)
        expect(page.locator("[data-keep-status]")).to_contain_text("已暂存")
        author.press("保存")
        assert author.says("已保存")
        assert page.input_value("textarea[name=text]") == "登录结束以后写下的一段。"


@SCRIPTS
@SIZES
def test_what_was_sent_too_late_is_offered_again_and_sent_on(
    browser: Browser, door: Door, hub: str, scripts: bool, size: dict[str, int], tmp_path: Path
) -> None:
    written = f"（一）总体\n写了很久的一段，{size['width']}宽，{'有' if scripts else '没有'}脚本。"
    with somebody(browser, door.site, scripts=scripts, size=size) as author:
        page = author.page
        author.log_in(door.agency["author"])
        author.go(f"{hub}overview/")
        page.fill("textarea[name=text]", written)
        door.clock.pass_over(ENDED_AT)
        author.press("保存")
        assert author.says("超过 30 分钟没有操作，为了安全已经退出")
        assert author.says("刚才提交的内容留着，登录后可以接着提交")
        page.screenshot(path=tmp_path / "login.png", full_page=True)
        come_by_sign_on(author)
        assert author.says("还没有提交：刚才的内容都在")
        page.screenshot(path=tmp_path / "held.png", full_page=True)
        author.press("接着提交")
        assert author.says("已保存")
        author.go(f"{hub}overview/")
        assert page.input_value("textarea[name=text]") == written


@SCRIPTS
def test_it_may_be_given_up_after_a_password_too(
    browser: Browser, door: Door, hub: str, scripts: bool
) -> None:
    with somebody(browser, door.site, scripts=scripts) as author:
        page = author.page
        author.log_in(door.agency["author"])
        author.go(f"{hub}other_matters/")
        stood = page.input_value("textarea[name=text]")
        page.fill("textarea[name=text]", "不要的一段。")
        door.clock.pass_over(ENDED_AT)
        author.press("保存")
        page.fill("input[name=username]", door.agency["author"])
        page.fill("input[name=password]", door.site.password)
        author.press("登录")
        author.press("不提交了，放弃这些内容")
        assert page.url == door.site.url("/desk/")
        if not scripts:  # with scripts what was typed had been kept, as of any page
            author.go(f"{hub}other_matters/")
            assert page.input_value("textarea[name=text]") == stood
