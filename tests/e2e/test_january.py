"""A whole January of a city of sixty bodies, from the call to the city's own published report.

Dates are set: the site's clock is turned from day to day (``tests.e2e.clock``), so that what
is due, late, to be reminded of and published at its time is what it is on that day.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.january import BODIES, PATIENCE, YEAR, City, Walker, city_in, walker
from tests.e2e.test_the_whole_way import cell, fill_prose
from tests.factories import GOVERNMENTS, OTHER, OVERVIEW, PROBLEMS

BUREAUS = range(1, BODIES)  # of the sixty one is the city itself
FIRST, LAST_TO_FILE, WITHDRAWN = 1, 2, 7
SUM = sum(BUREAUS)  # the bureau numbered n received n applications
MORE = 5  # that the first bureau had forgotten
DAYS = {
    "call": datetime(2026, 1, 5, 9),
    "a week before": datetime(2026, 1, 13, 9),
    "the day after": datetime(2026, 1, 21, 9),
    "approval": datetime(2026, 1, 23, 9),
    "set time": datetime(2026, 1, 26, 9, 0, 30),
    "afterwards": datetime(2026, 2, 9, 9),
    "the city's own": datetime(2026, 3, 2, 9),
}
RECEIVED = "natural_person.received"
GRANTED = "natural_person.granted"
COMMENT = "请与登记台账核对后再报。"


@dataclass
class January:
    """The city with those of its people who come in by browser."""

    city: City
    authority: Walker
    supervisor: Walker
    author: Walker
    city_author: Walker

    def on(self, day: str) -> None:
        self.city.clock.turn_to(DAYS[day])

    def authority_at(self, path: str) -> Page:
        self.authority.enter(self.city.people["authority"], path)
        return self.authority.page

    def supervisor_at(self, path: str) -> Page:
        self.supervisor.enter(self.city.people["supervisor"], path)
        return self.supervisor.page

    def author_at(self, path: str) -> Page:
        self.author.enter(self.city.people["author_1"], path)
        return self.author.page

    def city_author_at(self, path: str) -> Page:
        self.city_author.enter(self.city.people["city_author"], path)
        return self.city_author.page

    def board(self) -> dict[str, int]:
        """What the board counts now, without what there is none of."""
        page = self.authority_at(f"/admin/board/?year={YEAR}")
        terms = page.locator(".board-numbers dt").all_inner_texts()
        links = page.locator(".board-numbers dd a").all_inner_texts()
        counts = [int(text.split()[0].rstrip("个机关" + "".join(terms))) for text in links]
        return {term: count for term, count in zip(terms, counts, strict=True) if count}


@pytest.fixture
def january(
    browser: Browser, bare: Path, sound: dict[str, str], tmp_path: Path
) -> Iterator[January]:
    met: set[str] = set()
    with (
        city_in(tmp_path, bare, sound, DAYS["call"]) as city,
        walker(browser, city, met) as authority,
        walker(browser, city, met) as supervisor,
        walker(browser, city, met) as author,
        walker(browser, city, met) as city_author,
    ):
        yield January(city, authority, supervisor, author, city_author)


def bureau(number: int) -> str:
    return f"正月市第{number:02d}局"


def report_page(number: int) -> str:
    return f"/agencies/january-{number:02d}/{YEAR}/"


def test_a_city_of_sixty_has_its_january(january: January, tmp_path: Path) -> None:
    the_year_is_called(january)
    reminders_go_out(january)
    all_but_one_file(january)
    who_is_behind_is_urged_and_files(january)
    one_is_returned_and_comes_again(january)
    the_queue_is_approved_at_once(january)
    one_is_published_at_its_time_and_the_rest_now(january)
    one_is_corrected(january)
    one_is_withdrawn(january)
    the_roll_up_is_the_sum(january)
    the_city_writes_its_own_from_the_sums(january)
    the_public_reads_it_with_its_files(january, tmp_path)


def the_year_is_called(january: January) -> None:
    page = january.authority_at("/admin/reports/campaign/add/")
    page.select_option("#id_year", str(YEAR))
    january.authority.press("下一步")
    page.fill("#id_instructions", "请在内部期限前送审。")
    page.fill("#id_due-department-all", "2026-01-20")
    january.authority.press("下一步：看对谁有影响")
    assert january.authority.says("现在什么都还没有保存")
    january.authority.press("部署")
    assert january.board() == {"应当编报": BODIES, "未开始": BODIES}
    page = january.author_at("/desk/")
    assert january.author.says("送审期限 2026年1月20日，还有 15 天")
    page.get_by_text("填报要求").click()
    assert january.author.says("请在内部期限前送审。")


def reminders_go_out(january: January) -> None:
    """The worker's clock makes them, and mails them; asked again, nobody is told twice."""
    january.on("a week before")
    told = f"{bureau(FIRST)}{YEAR}年度报告距送审期限（2026-01-20）还有 7 天"
    january.author_at("/desk/notices/")
    january.author.await_words("/desk/notices/", told)
    assert january.author.page.locator(".notices li").count() == 1
    assert january.city.manage("send_reminders").splitlines()[-1].startswith("新提醒 0 条")
    january.authority_at("/desk/notices/")
    assert january.authority.says(f"还有 {BODIES - 1} 家没有送审")
    january.city_author_at("/desk/notices/")
    assert january.city_author.page.locator(".notices li").count() == 0  # theirs is due in March


def all_but_one_file(january: January) -> None:
    author = january.author
    page = january.author_at("/desk/")
    page.get_by_role("listitem").filter(has_text=bureau(FIRST)).get_by_role("button").click()
    page.wait_for_load_state()
    hub = page.url.removeprefix(author.site.address)
    write(author, hub, signed="2026-01-13")
    author.go(f"{hub}applications/")
    page.fill(cell(RECEIVED), str(FIRST))
    page.fill(cell(GRANTED), str(FIRST))
    save(author)
    for part in ("disclosure", "remedies"):
        author.go(f"{hub}{part}/")
        save(author)
    assert january.board() == {"应当编报": BODIES, "未开始": BODIES - 1, "起草中": 1}
    submit(author, hub)
    january.city.file([number for number in BUREAUS if number not in (FIRST, LAST_TO_FILE)])
    assert january.board() == {"应当编报": BODIES, "未开始": 2, "审核中": BODIES - 2}


def save(author: Walker) -> None:
    author.press("保存")
    assert author.says("已保存")


def write(author: Walker, hub: str, *, signed: str, overview: str = OVERVIEW) -> None:
    """The preface and the parts in prose."""
    author.go(f"{hub}preface/")
    author.page.fill("input[name=signed_on]", signed)
    save(author)
    for part, text in (("overview", overview), ("problems", PROBLEMS), ("other_matters", OTHER)):
        fill_prose(author, hub, part, text)


def submit(author: Walker, hub: str) -> None:
    author.go(f"{hub}check/")
    author.press("送审")
    assert author.says("已送审")


def who_is_behind_is_urged_and_files(january: January) -> None:
    january.on("the day after")
    assert january.board() == {
        "应当编报": BODIES, "未开始": 2, "审核中": BODIES - 2, "超过内部期限": 1,
    }  # fmt: skip
    authority = january.authority
    authority.page.locator(".board-numbers div").filter(has_text="超过内部期限").get_by_role(
        "link"
    ).click()
    authority.press("催办逾期未报…")
    listed = authority.page.locator("form.batch li")
    expect(listed).to_have_count(1)
    expect(listed).to_contain_text(bureau(LAST_TO_FILE))
    expect(listed).to_contain_text("送审迟 1 天；提醒甄填报2")
    authority.press("催办这 1 家，提醒 1 人")
    assert authority.says("已催办 1 家，提醒 1 人。")
    january.city.file([LAST_TO_FILE])
    assert january.board() == {
        "应当编报": BODIES, "未开始": 1, "审核中": BODIES - 1, "超过内部期限": 1,
    }  # fmt: skip


def open_review(january: January, number: int, state: str = "all") -> str:
    """The review page of a bureau's newest text; returns its address."""
    page = january.supervisor_at(f"/admin/reports/revision/?state={state}&q={bureau(number)}")
    page.get_by_role("link", name=bureau(number)).first.click()
    page.wait_for_load_state()
    return page.url.removeprefix(january.city.site.address)


def one_is_returned_and_comes_again(january: January) -> None:
    supervisor, author = january.supervisor, january.author
    open_review(january, FIRST)
    place = f"applications.{RECEIVED}"
    supervisor.page.locator(f'.paper [id="cell-{place}"]').click()
    supervisor.page.locator(".comment-bar").get_by_role("button", name="写批注").click()
    supervisor.page.fill("#comment-text", COMMENT)
    supervisor.press("保存批注")
    supervisor.press("退回修改")
    assert supervisor.says("已退回修改")
    assert january.board()["已退回"] == 1

    page = january.author_at("/desk/")
    author.press(f"{bureau(FIRST)}{YEAR}年度报告")
    hub = page.url.removeprefix(author.site.address)
    page.locator(".task-list li").filter(has_text=COMMENT).get_by_role("link").first.click()
    thread = page.locator(".thread").filter(has_text=COMMENT)
    thread.locator("summary").click()
    thread.locator("textarea").fill("已与台账核对，无误。")
    author.press("标为已处理")
    assert author.says("批注已标为已处理")
    submit(author, hub)
    assert january.board() == {
        "应当编报": BODIES, "未开始": 1, "审核中": BODIES - 1, "超过内部期限": 1,
    }  # fmt: skip


def choose_all_but(page: Page, *left: int) -> None:
    page.locator("#action-toggle").check()
    for number in left:
        row = page.locator("#result_list tr").filter(has_text=bureau(number))
        row.locator("input.action-select").uncheck()


def the_queue_is_approved_at_once(january: January) -> None:
    january.on("approval")
    supervisor, number = january.supervisor, BODIES - 1
    choose_all_but(january.supervisor_at("/admin/reports/revision/"))
    supervisor.press("审定所选…")
    assert supervisor.says(f"审定这 {number} 份报告？")
    supervisor.press(f"审定这 {number} 份")
    done = supervisor.page.get_by_text(f"{number} 份都已办完：审定 {number} 份。")
    expect(done).to_be_visible(timeout=PATIENCE * 1000)
    assert january.board() == {
        "应当编报": BODIES, "未开始": 1, "已审定": number, "超过内部期限": 1,
    }  # fmt: skip


def one_is_published_at_its_time_and_the_rest_now(january: January) -> None:
    supervisor, page = january.supervisor, january.supervisor.page
    review = open_review(january, LAST_TO_FILE, "approved")
    supervisor.press("定时公布…")
    page.fill("#due_at", "2026-01-26T09:00")
    supervisor.press("设定公布时间")
    assert supervisor.says("已设定：2026年1月26日 09:00由系统公布")
    choose_all_but(january.supervisor_at("/admin/reports/revision/"), LAST_TO_FILE)
    supervisor.press("公布所选…")
    number = BODIES - 2
    supervisor.press(f"公布这 {number} 份")
    done = page.get_by_text(f"{number} 份都已办完：公布 {number} 份。")
    expect(done).to_be_visible(timeout=PATIENCE * 1000)
    counts = {"应当编报": BODIES, "未开始": 1, "超过内部期限": 1}
    assert january.board() == counts | {"已审定": 1, "已公布": number}
    january.on("set time")
    january.supervisor_at(review)
    supervisor.await_words(review, "已公布")
    assert january.board() == counts | {"已公布": number + 1}


def approve_and_publish(supervisor: Walker, review: str) -> None:
    supervisor.press("审定")
    supervisor.go(review)
    supervisor.press("公布…")
    supervisor.press("公布")
    assert supervisor.says("已公布")


def one_is_corrected(january: January) -> None:
    january.on("afterwards")
    author = january.author
    page = january.author_at("/desk/")
    author.press(f"{bureau(FIRST)}{YEAR}年度报告")
    author.press("更正…")
    page.fill("textarea[name=reason]", "漏计了年末收到的申请。")
    author.press("开始更正")
    hub = page.url.removeprefix(author.site.address)
    author.go(f"{hub}applications/")
    for name in (RECEIVED, GRANTED):
        page.fill(cell(name), str(FIRST + MORE))
    save(author)
    submit(author, hub)
    approve_and_publish(january.supervisor, open_review(january, FIRST, "in_review"))
    author.go(report_page(FIRST))
    assert author.says("更正理由：漏计了年末收到的申请。")
    expect(page.locator(cell(RECEIVED))).to_have_text(str(FIRST + MORE))
    assert january.board()["已公布"] == BODIES - 1


def one_is_withdrawn(january: January) -> None:
    supervisor = january.supervisor
    open_review(january, WITHDRAWN)
    supervisor.press("撤回公布…")
    supervisor.page.fill("#note", "含有不应公开的内容。")
    supervisor.press("撤回公布")
    supervisor.go(report_page(WITHDRAWN))
    assert supervisor.says("含有不应公开的内容。")
    assert january.board() == {
        "应当编报": BODIES, "未开始": 1, "已公布": BODIES - 2, "已撤回公布": 1, "超过内部期限": 1,
    }  # fmt: skip


def the_roll_up_is_the_sum(january: January) -> None:
    page = january.authority_at(f"/admin/reports/tally/?year={YEAR}")
    whole = SUM + MORE - WITHDRAWN
    for column in ("natural_person", "total"):
        expect(page.locator(f'[id="cell-applications.{column}.received"]')).to_have_text(str(whole))
    expect(page.locator("#missing")).to_contain_text("没有公布的机关（1）")
    expect(page.locator("#missing")).to_contain_text(bureau(WITHDRAWN))
    page.locator('[id="cell-applications.total.received"]').get_by_role("link").click()
    page.wait_for_load_state()
    january.authority.look()
    assert january.authority.says(f"由 {BODIES - 2} 份已公布的报告相加而成")
    assert "一致" in january.city.manage("check_tally")


def the_city_writes_its_own_from_the_sums(january: January) -> None:
    january.on("the city's own")
    author, supervisor = january.city_author, january.supervisor
    page = january.city_author_at("/desk/")
    page.get_by_role("listitem").filter(has_text="正月市人民政府").get_by_role("button").click()
    page.wait_for_load_state()
    hub = page.url.removeprefix(author.site.address)
    for part in ("disclosure", "applications", "remedies"):
        author.go(f"{hub}{part}/")
        author.press("按下级汇总填入")
        save(author)
    author.go(f"{hub}applications/")
    expect(page.locator(cell(RECEIVED))).to_have_value(str(SUM + MORE - WITHDRAWN))
    write(author, hub, signed="2026-03-02", overview=OVERVIEW + GOVERNMENTS)
    submit(author, hub)
    page = january.supervisor_at("/admin/reports/revision/?state=in_review")
    page.get_by_role("link", name="正月市人民政府").first.click()
    page.wait_for_load_state()
    approve_and_publish(supervisor, page.url.removeprefix(supervisor.site.address))
    assert january.board() == {
        "应当编报": BODIES, "已公布": BODIES - 1, "已撤回公布": 1, "超过内部期限": 1,
    }  # fmt: skip


def the_public_reads_it_with_its_files(january: January, tmp_path: Path) -> None:
    address = january.city.site.url(f"/agencies/january/{YEAR}/")
    page = january.author.page
    page.goto(address)
    january.author.look()
    whole = SUM + MORE - WITHDRAWN
    expect(page.locator(cell(RECEIVED))).to_have_text(str(whole))
    begins = {"pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK", "csv": b"\xef\xbb\xbf", "json": b"{"}
    for extension, first in begins.items():
        file = page.request.get(f"{address}report.{extension}")
        assert file.ok
        assert file.body().startswith(first), extension
        assert hashlib.sha256(file.body()).hexdigest() in page.content(), extension
    said = json.loads(page.request.get(f"{address}report.json").body())
    assert said["applications"]["natural_person"]["received"] == whole
