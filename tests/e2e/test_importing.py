"""导入 in a browser: a batch with everything in it, read by a real worker and stored."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from reports.sheet import Sheet
from tests.e2e.conftest import ROOT, Site
from tests.e2e.people import PHONE, somebody
from tests.importers.documents import as_lines, parts_of, refigured, tables_of
from tests.public.sent import broken, sound, with_figures

WAYS = {"scripts": True, "no_scripts": False}  # each page is looked at on a phone as well
READ = 30_000  # ms in which the worker must have read them


@pytest.fixture(scope="module")
def worker(site: Site) -> Iterator[None]:
    """The process which works off tasks, as serve.sh starts it."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--queue-name", "*", "--no-reload"],
        cwd=ROOT, env=site.environment,
    )  # fmt: skip
    yield
    process.terminate()
    process.wait(timeout=30)


def of(sheet: Sheet, name: str, year: int) -> Sheet:
    """The sheet as the body's report for the year."""
    texts = {
        key: getattr(sheet, key)
        .replace(sheet.agency, name)
        .replace(str(sheet.year + 1), str(year + 1))
        .replace(str(sheet.year), str(year))
        for key in ("title", "preface", "overview", "problems", "other_matters", "signed_by")
    }
    return replace(sheet, agency=name, year=year, **texts)


def file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": content}


def text_of(sheet: Sheet) -> bytes:
    return as_lines(parts_of(sheet))


def misread(sheet: Sheet) -> bytes:
    """One cell of part three says 「两件半」, which is no number."""
    tables = tables_of(sheet)
    turn = iter(["两件半"])
    odd = refigured(tables["applications"], lambda text: next(turn, text))
    return as_lines(parts_of(sheet, {**tables, "applications": odd}))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.usefixtures("worker")
def test_a_batch_is_read_corrected_and_stored(browser: Browser, site: Site, way: str) -> None:
    scripts = WAYS[way]
    agency = site.agencies[3 if scripts else 4]
    name, year = agency["name"], site.year
    old = text_of(of(broken(), name, year - 4))
    own = misread(
        of(with_figures(sound(), brought_forward=1, granted=1, outcomes_total=1), name, year)
    )
    with somebody(browser, site, scripts=scripts, also=PHONE) as person:
        page = person.page
        person.log_in(agency["author"])
        person.go("/desk/")
        person.press("导入文件")
        person.press("选择文件")
        page.set_input_files(
            "#documents",
            [
                file("历史.txt", old),
                file("本年.txt", own),
                file("历史副本.txt", old),
                file("照片.png", b"\x89PNG\r\n\x1a\n"),
                file("无疑.txt", text_of(of(sound(), name, year - 3))),
            ],
        )
        person.press("上传并读取")
        finished = page.get_by_text("5 份都已处理")
        if scripts:
            expect(finished).to_be_visible(timeout=READ)
        else:
            for _ in range(30):
                if finished.count():
                    break
                page.wait_for_timeout(1000)
                person.press("刷新")
        person.look()
        assert person.says("这是图片，不能读取文字")
        assert person.says("历史.txt是同一份文件")
        assert person.says(f"{name}，{year}年度，2021年版；200 格中读出数字 199 格")

        # this year's: one cell corrected, then the draft
        person.press("本年.txt")
        told = page.locator(".told-doubt")
        assert "印作“两件半”" in told.inner_text()
        box = page.locator(f"[aria-describedby='{told.get_attribute('id')}']")
        assert box.input_value() == ""
        box.fill("2件")
        person.press("保存更正")
        assert person.says("这里只填数字，请改为 2。")
        expect(page.locator("#error-summary")).to_be_focused()
        assert page.locator(".read-error input").input_value() == "2件"
        page.locator(".read-error input").fill("0")
        person.press("保存更正")
        assert person.says("机器读作空白，您改为 0。")
        person.press("存为草稿")
        assert person.says("已经存为草稿")
        person.press("打开这份报告")
        assert person.says("起草中")

        # the historical one, with its errors
        person.go("/desk/import/")
        person.press("历史.txt")
        assert person.says("（一）（2）")
        person.press("存为草稿")
        assert person.says("数字不相符，没有存为草稿")
        page.locator("#error-summary a").first.click()
        person.press("照录为历史报告")
        assert person.says("已按原样照录")

        # those without trouble
        person.go("/desk/import/")
        person.press("把没有疑问的都照录为历史报告")
        assert person.says(f"{name}{year - 3}年度报告（无疑.txt")
        person.press("照录所选的文件")
        assert person.says(f"已照录为{name}{year - 3}年度报告。")

    with somebody(browser, site, scripts=scripts, also=PHONE) as reviewer:
        reviewer.log_in(site.supervisor)
        reviewer.go("/desk/import/publish/")
        reviewer.page.get_by_label(f"{name}{year - 4}年度报告").check()
        reviewer.press("公布所选的报告")
        assert reviewer.says("1 份都已办完：公布 1 份。")
