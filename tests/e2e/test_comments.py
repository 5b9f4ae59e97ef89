"""A report goes back with comments and comes again with answers, with scripts and without."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import Site
from tests.e2e.people import PHONE, WIDE, Person, somebody

CELL = "applications.natural_person.granted"
LABEL = "“自然人”列“（一）予以公开”"
SENTENCE = "更新了网站专栏的检索功能。"
BETTER = "网站专栏新增按年度检索的功能。"
ON_CELL = "请与办理台账核对。"
ON_SENTENCE = "请写明新增了什么功能。"
ON_FINDING = "请在正文中说明失效的是哪一件。"
ANSWER = "已经写明。"
PLACES = "#comment-place"
SHOTS = os.environ.get("SHOTS", "")  # a folder to look at the pages in


@pytest.fixture(params=[True, False], ids=["scripts", "no_scripts"])
def scripts(request) -> bool:
    return request.param


def shot(person: Person, name: str) -> None:
    if not SHOTS or not person.scripts:
        return
    for size in (WIDE, PHONE):
        person.page.set_viewport_size(size)
        person.look()
        path = Path(SHOTS) / f"{name}-{size['width']}.png"
        person.page.screenshot(path=path, full_page=True)
    person.page.set_viewport_size(WIDE)


def comment_on_cell(supervisor: Person) -> None:
    page = supervisor.page
    if supervisor.scripts:
        page.locator(f'.paper [id="cell-{CELL}"]').click()
        assert page.inner_text(".comment-bar [role=status]") == f"已选：{LABEL}"
        shot(supervisor, "picked")
        page.locator(".comment-bar").get_by_role("button", name="写批注").click()
        assert page.evaluate("document.activeElement.id") == "comment-text"
        assert page.input_value(PLACES) == CELL
    else:
        page.select_option(PLACES, label=LABEL)
    page.fill("#comment-text", ON_CELL)
    supervisor.press("保存批注")
    assert supervisor.says("批注已保存")


def comment_on_sentence(supervisor: Person) -> None:
    page = supervisor.page
    if supervisor.scripts:
        page.evaluate(
            """words => {
              const node = [...document.querySelectorAll('.paper [id^="p-overview-"]')]
                .find((each) => each.textContent.includes(words));
              const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
              let text = walk.nextNode();
              while (!text.data.includes(words)) text = walk.nextNode();
              const range = document.createRange();
              range.setStart(text, text.data.indexOf(words));
              range.setEnd(text, text.data.indexOf(words) + words.length);
              getSelection().removeAllRanges();
              getSelection().addRange(range);
            }""",
            SENTENCE,
        )
        page.wait_for_selector(".comment-bar:not([hidden])")
        assert page.input_value(PLACES) == "overview"
        assert page.input_value("#comment-quote") == SENTENCE
    else:
        page.fill("#comment-quote", SENTENCE)
    page.fill("#comment-text", ON_SENTENCE)
    supervisor.press("保存批注")
    assert supervisor.says("批注已保存")


def comment_on_finding(supervisor: Person) -> None:
    page = supervisor.page
    page.locator("#findings").get_by_role("link", name="写批注").first.click()
    page.wait_for_load_state()
    supervisor.look()
    assert supervisor.says("针对检查结果：")
    page.fill("#comment-text", ON_FINDING)
    supervisor.press("保存批注")
    assert supervisor.says("批注已保存")


def return_with_comments(supervisor: Person) -> None:
    page = supervisor.page
    shot(supervisor, "review")
    assert page.locator("#comments .thread").count() == 3
    assert supervisor.says("下面 3 条批注随报告一并退回")
    supervisor.press("退回修改")
    assert supervisor.says("已退回修改")


def open_from_hub(author: Person, hub: str, text: str) -> None:
    author.go(hub)
    row = author.page.locator(".task-list li").filter(has_text=text)
    row.get_by_role("link").first.click()
    author.page.wait_for_load_state()
    author.look()


def answer(author: Person, text: str, words: str, button: str) -> None:
    thread = author.page.locator(".thread").filter(has_text=text)
    thread.locator("summary").click()
    thread.locator("textarea").fill(words)
    thread.get_by_role("button", name=button, exact=True).click()
    author.page.wait_for_load_state()
    author.look()


def mend(author: Person, hub: str) -> None:
    """Each comment is where it is mended; answered, mended, marked as handled."""
    page = author.page
    author.go(hub)
    assert author.says("请按下面的批注修改")
    shot(author, "hub")

    open_from_hub(author, hub, ON_CELL)
    marker = page.locator(f'[id="cell-{CELL}-comment"]')
    assert marker.inner_text().startswith("批注")
    assert f"cell-{CELL}-comment" in page.get_attribute(f'[id="cell-{CELL}"]', "aria-describedby")
    shot(author, "part-table")
    answer(author, ON_CELL, "已核对，数字无误。", "标为已处理")
    assert author.says("批注已标为已处理")

    open_from_hub(author, hub, ON_SENTENCE)
    if author.scripts:
        selected = page.evaluate(
            "(() => { const box = document.querySelector('textarea[name=text]');"
            "return box.value.slice(box.selectionStart, box.selectionEnd); })()"
        )
        assert selected == SENTENCE
    shot(author, "part-prose")
    box = page.locator("textarea[name=text]")
    box.fill(box.input_value().replace(SENTENCE, BETTER))
    author.press("保存")
    assert author.says("已保存")
    assert author.says("之后已修改：正文里已经没有这一句")
    answer(author, ON_SENTENCE, ANSWER, "答复")
    assert author.says(ANSWER)
    answer(author, ON_SENTENCE, "", "标为已处理")

    author.go(f"{hub}check/")
    assert author.says("审核员还有 1 条批注没有标为已处理")
    author.press("送审")
    assert author.says("已送审")


def resolve_and_approve(supervisor: Person, review: str) -> None:
    page = supervisor.page
    supervisor.go(review)
    assert supervisor.says("还有 3 条批注没有办结")
    for text in (ON_CELL, ON_SENTENCE, ON_FINDING):
        thread = page.locator("#comments .thread").filter(has_text=text)
        thread.locator("summary").click()
        thread.get_by_role("button", name="办结", exact=True).click()
        page.wait_for_load_state()
        supervisor.look()
    shot(supervisor, "resolved")
    assert "没有办结" not in page.inner_text("body")
    assert "批注：办结" in page.inner_text("#history")
    supervisor.press("审定")
    assert supervisor.says("已审定")


def test_a_report_returns_with_comments_and_comes_again_with_answers(
    browser: Browser, site: Site, scripts: bool
) -> None:
    bureau = site.submitted[0 if scripts else 1]
    hub = f"/desk/{bureau['revision']}/"
    review = f"/admin/reports/revision/{bureau['revision']}/review/"
    with (
        somebody(browser, site, scripts=scripts) as author,
        somebody(browser, site, scripts=scripts) as supervisor,
    ):
        supervisor.log_in(site.supervisor)
        supervisor.go(review)
        comment_on_cell(supervisor)
        comment_on_sentence(supervisor)
        comment_on_finding(supervisor)
        return_with_comments(supervisor)

        author.log_in(bureau["author"])
        mend(author, hub)
        resolve_and_approve(supervisor, review)
