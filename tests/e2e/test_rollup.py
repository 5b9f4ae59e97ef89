"""汇总 in a browser: from the sums to a cell, from the cell to a body's page; and the city's desk."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import ROOT, Site
from tests.e2e.people import PHONE, Person, somebody

EACH = 4  # applications received by every bureau of the seed
CELL = "cell-applications.total.received"


@pytest.fixture(params=[True, False], ids=["scripts", "no_scripts"])
def person(browser: Browser, site: Site, request) -> Iterator[Person]:
    with somebody(browser, site, scripts=request.param, also=PHONE) as found:
        yield found


@pytest.fixture(scope="module")
def city_author(site: Site) -> str:
    """An author of the city's own government, with last year's report begun."""
    program = (
        "import django; django.setup()\n"
        "from reports.actions.drafting import open_revision, contact_of\n"
        "from reports.editions import edition_for\n"
        "from reports.models import Agency, Membership, Report, User\n"
        "from reports.workflow import Role\n"
        "city = Agency.objects.get(slug='city')\n"
        f"report = Report.objects.create(agency=city, year={site.year - 1})\n"
        f"open_revision(report, edition_for({site.year - 1}), contact=contact_of(city))\n"
        f"author = User.objects.create_user('city-author', password={site.password!r})\n"
        "Membership.objects.create(user=author, agency=city, role=str(Role.AUTHOR))\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=site.environment, check=True)
    return "city-author"


def test_a_reviewer_goes_from_the_sum_to_the_body(person: Person, site: Site) -> None:
    person.log_in(site.supervisor)
    person.go("/admin/reports/tally/")
    page = person.page
    page.select_option("#rollup-year", str(site.year - 1))
    person.press("汇总")
    assert person.says(f"虚构市人民政府{site.year - 1}年政府信息公开工作年度报告汇总表")
    assert person.says("不是任何机关的年度报告")
    cell = page.locator(f'[id="{CELL}"]')
    whole = int(cell.inner_text())  # other walks correct and withdraw, so it is asked and not known
    assert whole > 0
    cell.get_by_role("link").click()
    page.wait_for_load_state()
    person.look()
    assert person.says(f"由 {whole // EACH} 份已公布的报告相加而成")
    with page.expect_download() as started:
        page.go_back()
        page.get_by_role("link", name="Excel 表格").click()
    assert started.value.suggested_filename.endswith("汇总表.xlsx")
    cell.get_by_role("link").click()
    page.get_by_role("link", name="虚构市气象局").last.click()
    page.wait_for_load_state()
    expect(page.locator(f'[id="{CELL}"]')).to_have_text("4")


def test_who_is_missing_is_named(person: Person, site: Site) -> None:
    person.log_in(site.supervisor)
    person.go(f"/admin/reports/tally/?year={site.year}")
    assert person.says("没有可以汇总的数")
    assert "虚构市水务局" in person.page.locator("#missing").inner_text()


def test_a_government_sees_the_sums_and_puts_them_in(
    person: Person, site: Site, city_author: str
) -> None:
    person.log_in(city_author)
    person.page.get_by_role("link", name=f"{site.year - 1}").first.click()
    page = person.page
    person.press("收到和处理政府信息公开申请情况")
    box = page.locator('[name="natural_person.received"]')
    person.press("按下级汇总填入")
    whole = int(box.input_value())
    assert whole > 0
    typed = str(whole + 3)
    box.fill(typed)
    if person.scripts:
        beside = page.locator('[id="cell-applications.natural_person.received-below"]')
        expect(beside).to_have_text(f"合计 {whole} 差 3")
    person.press("按下级汇总填入")
    assert person.says("已按下级汇总填入，尚未保存")
    expect(box).to_have_value(str(whole))
    page.locator("summary", has_text="看改动的各格").click()
    assert person.says(f"原为 {typed}，填入 {whole}")
    person.press("不填入，回到原来的内容")
    expect(box).to_have_value(typed)
    person.press("按下级汇总填入")
    if person.scripts:
        return
    person.press("保存")
    assert person.says("已保存")
