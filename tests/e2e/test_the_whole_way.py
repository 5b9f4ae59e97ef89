"""A report from the first key to the reader, with scripts and without."""

from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import Site
from tests.e2e.people import PHONE, Person, somebody

OVERVIEW = """（一）主动公开
{year}年制发行政规范性文件1件，现行有效9件，均已在网站公开。
（二）依申请公开
{year}年新收政府信息公开申请6件，其中自然人3件。
（三）政府信息管理
更新了政府信息公开目录。
（四）政府信息公开平台建设
调整了网站专栏。
（五）监督保障
开展了一次自查。"""
PROBLEMS = """（一）存在的主要问题
政策解读的形式还不够丰富，部分栏目更新不够及时。
（二）改进情况
建立了每月检查栏目的制度，下一步将增加图解和问答。"""
OTHER = "本机关{year}年没有收取信息处理费，共0件，0元。"
REFUSAL = "自然人列：一（3）＋二（1）＝4，三（七）（2）＋四（1）＝3，相差 1"
COMMENT = "总体情况请写明公开指南的更新时间。"
ADDED = "公开指南于本年6月更新。"


@pytest.fixture(params=[True, False], ids=["scripts", "no_scripts"])
def scripts(request) -> bool:
    return request.param


def cell(name: str, part: str = "applications") -> str:
    return f'[id="cell-{part}.{name}"]'


def start(author: Person, agency: str) -> str:
    """Begin the report of the year; returns its address."""
    author.go("/desk/")
    row = author.page.get_by_role("listitem").filter(has_text=f"{agency}{author.site.year}")
    row.get_by_role("button").click()
    author.page.wait_for_load_state()
    author.look()
    return author.page.url.removeprefix(author.site.address)


def fill_prose(author: Person, hub: str, part: str, text: str) -> None:
    author.go(f"{hub}{part}/")
    author.page.fill("textarea[name=text]", text)
    author.press("保存")
    assert author.says("已保存")


def fill_preface(author: Person, hub: str) -> None:
    author.go(f"{hub}preface/")
    assert "第五十条" in author.page.input_value("textarea[name=text]")
    author.page.fill("input[name=signed_on]", f"{author.site.year + 1}-01-20")
    author.press("保存")
    assert author.says("已保存")


def fill_disclosure(author: Person, hub: str) -> None:
    """By keyboard: type, Tab to the next box."""
    author.go(f"{hub}disclosure/")
    author.page.focus(cell("normative_documents_issued", "disclosure"))
    keys = author.page.keyboard
    keys.press("Control+A")
    keys.type("1")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Control+A")
    keys.type("9")
    author.press("保存")
    assert author.says("已保存")


def paste_block(author: Person, at: str, block: str) -> None:
    page = author.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", block)
    page.focus(at)
    page.keyboard.press("Control+V")


def fill_applications(author: Person, hub: str) -> None:
    """Break A1, read the refusal, find everything still there, mend it."""
    page = author.page
    author.go(f"{hub}applications/")
    assert page.input_value(cell("natural_person.brought_forward")) == "1"
    if author.scripts:
        page.focus(cell("natural_person.received"))
        page.keyboard.type("3")
        for key in ("ArrowDown", "ArrowDown"):
            page.keyboard.press(key)
        page.keyboard.type("2")
        page.fill(cell("natural_person.carried_forward"), "1")
        paste_block(author, cell("business.received"), "２\t1\n-\t\n1\t1\n1\t0")
        assert page.input_value(cell("business.received")) == "2"
        assert page.input_value(cell("business.brought_forward")) == "0"
        assert page.inner_text(cell("total.received")) == "6"
        assert "相差 1" in page.inner_text("#balance-natural_person")
        page.wait_for_selector("text=已暂存")
    else:
        for name, figure in {
            "natural_person.received": "3", "natural_person.granted": "2",
            "natural_person.carried_forward": "1", "business.received": "２",
            "business.granted": "1", "business.granted_in_part": "1",
            "research_institute.received": "1", "research_institute.granted": "1",
        }.items():  # fmt: skip
            page.fill(cell(name), figure)
    author.press("保存")
    assert author.says(REFUSAL)
    assert author.says("没有丢失")
    assert page.input_value(cell("natural_person.received")) == "3"
    page.fill(cell("natural_person.granted"), "3")
    author.press("保存")
    assert author.says("已保存")
    assert page.inner_text(cell("total.outcomes_total")) == "6"


def explain_and_submit(author: Person, hub: str) -> None:
    page = author.page
    author.go(f"{hub}check/")
    assert author.says("现行有效件数（9）")
    page.locator("textarea[name=reason]").first.fill("年内清理规范性文件，一件到期失效。")
    author.press("保存说明")
    assert author.says("年内清理规范性文件，一件到期失效。")
    author.press("送审")
    assert author.says("已送审")


def review(supervisor: Person, agency: str) -> str:
    """From the queue to the review page; returns its address."""
    supervisor.go("/admin/reports/revision/")
    supervisor.page.get_by_role("link", name=agency).first.click()
    supervisor.page.wait_for_load_state()
    supervisor.look()
    return supervisor.page.url.removeprefix(supervisor.site.address)


def test_a_report_is_written_reviewed_published_and_read(
    browser: Browser, site: Site, scripts: bool, tmp_path: Path
) -> None:
    agency = site.agencies[0 if scripts else 1]
    year = site.year
    with (
        somebody(browser, site, scripts=scripts) as author,
        somebody(browser, site, scripts=scripts) as supervisor,
    ):
        author.log_in(agency["author"])
        hub = start(author, agency["name"])
        fill_preface(author, hub)
        fill_prose(author, hub, "overview", OVERVIEW.format(year=year))
        fill_disclosure(author, hub)
        fill_applications(author, hub)
        author.go(f"{hub}remedies/")
        author.press("保存")
        fill_prose(author, hub, "problems", PROBLEMS)
        fill_prose(author, hub, "other_matters", OTHER.format(year=year))
        explain_and_submit(author, hub)

        supervisor.log_in(site.supervisor)
        page = review(supervisor, agency["name"])
        assert supervisor.says("年内清理规范性文件")
        supervisor.page.fill("#note", COMMENT)
        supervisor.press("退回修改")

        author.go(hub)
        assert author.says(COMMENT)
        fill_prose(author, hub, "overview", OVERVIEW.format(year=year) + "\n" + ADDED)
        author.go(f"{hub}check/")
        author.press("送审")

        supervisor.go(page)
        assert ADDED in supervisor.page.inner_text("#changes")
        supervisor.press("审定")
        supervisor.go(page)
        supervisor.press("公布…")
        assert supervisor.says("不能再改")
        supervisor.press("公布")

    for size in ({"width": 1280, "height": 900}, PHONE):
        with somebody(browser, site, scripts=scripts, size=size) as visitor:
            visitor.go(f"/agencies/{agency['slug']}/{year}/")
            assert visitor.says(ADDED)
            assert visitor.says("年内清理规范性文件，一件到期失效。")
            assert visitor.page.inner_text(cell("total.outcomes_total")) == "6"
            with visitor.page.expect_download() as download:
                visitor.page.locator("a[href$='report.pdf']").first.click()
            path = tmp_path / "report.pdf"
            download.value.save_as(path)
            with pdfplumber.open(BytesIO(path.read_bytes())) as pdf:
                text = "".join(each.extract_text() for each in pdf.pages)
            assert ADDED in text.replace("\n", "")
            assert agency["name"] in text.replace("\n", "")
