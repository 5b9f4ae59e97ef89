"""A system administrator imports a list of agencies, then merges two of them; the public follows."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import ROOT, Site
from tests.e2e.people import PHONE, Person, somebody

WAYS = {"wide": True, "plain": False}  # each page is looked at on a phone as well


@pytest.fixture(params=WAYS)
def person(browser: Browser, site: Site, request) -> Iterator[tuple[Person, str]]:
    with somebody(browser, site, scripts=WAYS[request.param], also=PHONE) as found:
        yield found, request.param


@pytest.fixture(scope="module")
def keeper(site: Site) -> str:
    """A system administrator, and a government of their own to import below."""
    program = (
        "import django; django.setup()\n"
        "from reports.models import Membership, User\n"
        "from reports.workflow import Role\n"
        "from tests.factories import make_agency\n"
        "make_agency('虚构旗人民政府', slug='banner', kind='government')\n"
        f"keeper = User.objects.create_user('keeper', password={site.password!r})\n"
        "Membership.objects.create(user=keeper, role=str(Role.SYSTEM_ADMINISTRATOR))\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=site.environment, check=True)
    return "keeper"


def test_a_list_is_imported_and_two_of_it_merged(
    person: tuple[Person, str], site: Site, keeper: str, tmp_path: Path
) -> None:
    who, name = person
    who.log_in(keeper)
    rows = [
        "名称,网址标识,性质,上级标识",
        f"虚构旗甲{name}局,first-{name},政府部门,banner",
        f"虚构旗乙{name}局,second-{name},政府部门,banner",
        f"虚构旗丙{name}局,third-{name},政府部门,nowhere",
    ]
    file = tmp_path / "名单.csv"
    file.write_bytes("\r\n".join(rows).encode("gb18030"))
    who.go("/admin/reports/agency/import/")
    who.page.set_input_files("input[type=file]", file)
    who.press("试运行")
    assert who.says("现在什么都还没有导入")
    assert who.says("“上级标识”nowhere没有这个机关")
    who.press("导入 2 行")
    assert who.says("已经导入“名单.csv”")
    who.go(f"/admin/reports/agency/?q=first-{name}")
    who.page.get_by_role("link", name=f"虚构旗甲{name}局").click()
    who.press("合并…")
    page = who.page
    page.fill("[name=others]", f"second-{name}")
    page.fill("[name=name]", f"虚构旗合并{name}局")
    page.fill("[name=slug]", f"merged-{name}")
    page.fill("[name=on]", f"{site.year}-03-01")
    page.fill("[name=reason]", "机构改革方案")
    who.press("下一步：看会发生什么")
    assert who.says("现在什么都还没有改动")
    assert who.says(f"全部职责由“虚构旗合并{name}局”承继")
    who.press("确认合并")
    assert who.says("合并已经办理")
    who.go(f"/agencies/second-{name}/")
    assert who.says("这个机关已经撤销")
    page.get_by_role("link", name=f"虚构旗合并{name}局").first.click()
    page.wait_for_load_state()
    who.look()
    assert who.says("承继的机关")
    assert who.says(f"虚构旗甲{name}局")
