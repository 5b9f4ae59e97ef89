"""The authority's January: a year is called, one body exempted, the board read and exported."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Site
from tests.e2e.people import PHONE, Person, somebody

INSTRUCTIONS = "请在内部期限前送审，不得超过期限。"


@pytest.fixture(params=[(True, 1), (False, 2)], ids=["scripts", "no_scripts"])
def authority(browser: Browser, site: Site, request) -> Iterator[tuple[Person, int]]:
    """With the year they call: each their own, and never the one that others here write for."""
    scripts, before = request.param
    with somebody(browser, site, scripts=scripts, also=PHONE) as person:
        person.log_in(site.authority)
        yield person, site.year - before


def test_a_year_is_called_one_body_exempted_and_the_board_exported(
    authority: tuple[Person, int], site: Site, tmp_path: Path
) -> None:
    person, year = authority
    page = person.page
    person.go("/admin/")
    page.get_by_role("navigation", name="管理").get_by_role("link", name="部署").click()
    person.look()
    person.press("部署年度报告")
    page.select_option("#id_year", str(year))
    person.press("下一步")
    page.fill("#id_instructions", INSTRUCTIONS)
    page.fill("#id_due-department-all", f"{year + 1}-02-01")
    person.press("下一步：看对谁有影响")
    assert person.says("晚于法定期限")
    assert page.input_value("#id_instructions") == INSTRUCTIONS
    page.fill("#id_due-department-all", f"{year + 1}-01-20")
    person.press("下一步：看对谁有影响")
    assert person.says("现在什么都还没有保存")
    assert person.says(f"期限改变：{site.bodies} 个")
    person.press("部署")
    assert person.says(INSTRUCTIONS)

    person.press("免予编报")
    page.fill("#q", "水务")
    person.press("查找")
    person.press("免予编报")
    assert person.says("应当写明理由")
    page.fill("#id_reason", "虚构的理由")
    person.press("免予编报")
    assert person.says("虚构市水务局：虚构的理由")

    person.press("看进度")
    assert person.says("不须编报")
    page.select_option("#id_stage", "owed")
    page.fill("#id_text", "局")
    person.press("筛选")
    lines = page.locator(".board-lines tbody tr")
    expect(lines).to_have_count(site.bodies - 1)
    page.locator(".board-lines thead").get_by_role("link", name="机关").click()
    person.look()
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    shown = [each.split("\n")[0].strip() for each in lines.locator("th").all_inner_texts()]
    with page.expect_download() as downloading:
        page.get_by_role("link", name="导出表格").click()
    file = tmp_path / "board.xlsx"
    downloading.value.save_as(file)
    [sheet] = load_workbook(BytesIO(file.read_bytes())).worksheets
    assert [row[0] for row in sheet.iter_rows(min_row=4, values_only=True)] == shown


def test_a_phone_keeps_the_names_in_sight(browser: Browser, site: Site) -> None:
    with somebody(browser, site, size=PHONE) as person:
        person.log_in(site.supervisor)
        person.go("/admin/board/")
        region = person.page.locator(".table-scroll")
        region.evaluate("each => each.scrollTo(400, 0)")
        name = person.page.locator(".board-lines tbody th").first
        box = name.bounding_box()
        assert box is not None
        assert 0 <= box["x"] < 40
