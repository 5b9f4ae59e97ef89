"""Publishing many at once and one at a set time, in a browser, with a real worker."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import ROOT, Site
from tests.e2e.people import PHONE, Person, somebody

WAYS = {"scripts": True, "no_scripts": False}  # each page is looked at on a phone as well
PUBLISHED = 120_000  # ms in which the worker must have published them
ITS_TIME_COMES = """
from django.utils import timezone
from reports.models import ScheduledPublication
ScheduledPublication.objects.filter(state="waiting").update(due_at=timezone.now())
"""


def run(site: Site, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT, env=site.environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout


@pytest.fixture(scope="module")
def cities(site: Site) -> dict[str, dict[str, list[str]]]:
    told = run(site, "-m", "tests.e2e.seed_bulk", *[f"批量{name}市" for name in "甲乙"])
    return dict(zip(WAYS, json.loads(told.splitlines()[-1]), strict=True))


@pytest.fixture(scope="module")
def worker(site: Site) -> Iterator[None]:
    """The process which works off tasks and looks at the clock, as serve.sh starts it."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--queue-name", "*", "--no-reload"],
        cwd=ROOT, env=site.environment,
    )  # fmt: skip
    yield
    process.terminate()
    process.wait(timeout=30)


def choose(person: Person, names: list[str]) -> None:
    for name in names:
        row = person.page.locator("#result_list tr").filter(has_text=name)
        row.locator("input.action-select").first.check()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.usefixtures("worker")
def test_many_are_published_and_one_at_its_time(
    browser: Browser, site: Site, cities: dict[str, dict[str, list[str]]], way: str
) -> None:
    names = cities[way]["names"]
    *many, one, written, waiting = names
    with somebody(browser, site, scripts=WAYS[way], also=PHONE) as person:
        page = person.page
        person.log_in(str(cities[way]["supervisor"]))

        # the queue, the question, and what stops two of them
        person.go("/admin/reports/revision/?o=1.2")
        choose(person, [*many, written, waiting])
        person.press("公布所选…")
        assert person.says(f"公布这 {len(many)} 份报告？")
        stopped = page.get_by_role("region", name="2 份不能公布，这次不办")
        assert written in stopped.inner_text()
        assert "有您填写的内容，应当由其他审核人员公布" in stopped.inner_text()
        assert waiting in stopped.inner_text()
        assert "报告现在是“审核中”，不能公布。" in stopped.inner_text()

        # the course of it, which shows itself again
        person.press(f"公布这 {len(many)} 份")
        course = page.url
        assert person.says("等待办理")
        finished = page.get_by_text(f"{len(many)} 份都已办完：公布 {len(many)} 份。")
        expect(finished).to_be_visible(timeout=PUBLISHED)
        person.look()
        page.get_by_role("link", name="公开页面").first.click()
        page.wait_for_load_state()
        assert person.says(f"{site.year}年政府信息公开工作年度报告")
        person.go("/admin/reports/revision/batches/")
        page.get_by_role("link", name=f"公布 {len(many)} 份").click()
        assert page.url == course

        # one at its time
        person.go("/admin/reports/revision/")
        page.get_by_role("link", name=one, exact=True).click()
        page.wait_for_load_state()
        review = page.url.removeprefix(site.address)
        person.press("定时公布…")
        person.press("设定公布时间")
        assert person.says("请填写公布的日期和时间")
        tomorrow = datetime.now() + timedelta(days=1)
        page.fill("#due_at", f"{tomorrow:%Y-%m-%dT09:00}")
        person.press("设定公布时间")
        when = f"{tomorrow.year}年{tomorrow.month}月{tomorrow.day}日 09:00"
        assert person.says(f"已设定：{when}由系统公布")
        person.go("/admin/reports/revision/")
        assert person.says(f"定于{when}公布")
        run(site, "manage.py", "shell", "-c", ITS_TIME_COMES)
        for _ in range(60):
            person.go(review)
            if person.says("已公布"):
                break
            page.wait_for_timeout(1000)
        assert person.says("设定公布时间")
        assert page.locator(".facts .tag-published").count() == 1
