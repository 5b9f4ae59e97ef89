"""更正 from the author's button to the reader's page, and a withdrawal, with scripts and without."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import Site
from tests.e2e.people import PHONE, WIDE, Person, somebody

REASON = "第五部分漏写了一项存在的问题。"
ADDED = "另有两项制度没有及时修订。"
PICTURES = os.environ.get("PICTURES", "")  # a folder, to look at the pages


@pytest.fixture(params=[True, False], ids=["scripts", "no_scripts"])
def scripts(request) -> bool:
    return request.param


def picture(person: Person, name: str) -> None:
    if PICTURES:
        width = person.page.viewport_size["width"]
        person.page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def open_last_years(author: Person, agency: str) -> str:
    author.go("/desk/")
    author.page.get_by_role("link", name=f"{agency}{author.site.year - 1}年度报告").click()
    author.page.wait_for_load_state()
    author.look()
    return author.page.url.removeprefix(author.site.address)


def begin(author: Person) -> str:
    """Ask for a correction with its reason; returns the address of the correction's hub."""
    author.press("更正…")
    picture(author, "correct")
    author.page.fill("textarea[name=reason]", REASON)
    author.press("开始更正")
    assert author.says(f"更正理由：{REASON}")
    assert author.says("没有改动的更正不能送审")
    picture(author, "hub")
    return author.page.url.removeprefix(author.site.address)


def put_right(author: Person, hub: str) -> None:
    """Submit without a change, read why not, then add the sentence and submit."""
    author.go(f"{hub}check/")
    author.press("送审")
    assert author.says("与公布过的第1版完全一样")
    author.go(f"{hub}problems/")
    text = author.page.input_value("textarea[name=text]")
    author.page.fill("textarea[name=text]", f"{text}\n{ADDED}")
    author.press("保存")
    author.go(f"{hub}changes/")
    assert ADDED in author.page.inner_text("ins")
    picture(author, "desk-changes")
    author.go("/desk/")
    assert author.says("正在更正（第2版）；现在轮到：填报员修改")
    author.go(f"{hub}check/")
    author.press("送审")
    assert author.says("已送审")


def approve_and_publish(supervisor: Person, agency: str) -> str:
    supervisor.go("/admin/reports/revision/")
    supervisor.page.get_by_role("link", name=agency).first.click()
    supervisor.page.wait_for_load_state()
    supervisor.look()
    page = supervisor.page.url.removeprefix(supervisor.site.address)
    assert supervisor.says("更正第2版：与公布的第1版的差异")
    assert ADDED in supervisor.page.inner_text("#correction")
    picture(supervisor, "review")
    supervisor.press("审定")
    supervisor.go(page)
    supervisor.press("公布…")
    assert supervisor.says(f"更正理由随报告一并公开：{REASON}")
    supervisor.press("公布")
    return page


def test_a_correction_is_written_published_read_and_withdrawn(
    browser: Browser, site: Site, scripts: bool
) -> None:
    agency = site.agencies[5 if scripts else 6]
    address = f"/agencies/{agency['slug']}/{site.year - 1}/"
    with (
        somebody(browser, site, scripts=scripts) as author,
        somebody(browser, site, scripts=scripts) as supervisor,
    ):
        author.log_in(agency["author"])
        published = open_last_years(author, agency["name"])
        hub = begin(author)
        put_right(author, hub)
        supervisor.log_in(site.supervisor)
        review = approve_and_publish(supervisor, agency["name"])
        for size in (WIDE, PHONE):
            with somebody(browser, site, scripts=scripts, size=size) as visitor:
                read(visitor, address)

        author.go(published)
        assert author.says("这一版已被取代")
        supervisor.go(review)
        supervisor.press("撤回公布…")
        supervisor.page.fill("#note", "含有不应公开的内容。")
        supervisor.press("撤回公布")
        author.go(hub)
        author.press("更正…")
        picture(author, "correct-withdrawn")
        author.page.fill("textarea[name=reason]", "已删去不应公开的内容。")
        author.press("开始更正")
        assert author.says("更正已撤回的第2版")
        author.press("放弃更正")
        author.press("放弃更正")
        assert author.says("已放弃更正")
    with somebody(browser, site, scripts=scripts, size=PHONE) as visitor:
        visitor.go(address)
        picture(visitor, "withdrawn")
        assert visitor.says("含有不应公开的内容。")
        assert visitor.says(REASON)
        assert not visitor.says(ADDED)


def read(visitor: Person, address: str) -> None:
    """The text in force, what was changed, and the text before."""
    visitor.go(address)
    picture(visitor, "public")
    assert visitor.says(f"更正理由：{REASON}")
    assert visitor.says(ADDED)
    visitor.press("看更正了哪些地方")
    picture(visitor, "public-changes")
    assert visitor.page.url.endswith(f"{address}versions/2/changes/")
    assert ADDED in visitor.page.inner_text("ins")
    visitor.press("第1版")
    picture(visitor, "public-old")
    assert visitor.says("这是更正前的文本（第1版）")
    assert not visitor.says(ADDED)
