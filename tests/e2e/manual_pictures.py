"""The pictures of the manuals, taken from a demonstration site on a day in January.

``python -m tests.e2e.manual_pictures`` (``make manual-pictures``) starts a site of its own with
the invented city and a clock that stands at ``DAY``, logs in as its people, does what the
manuals tell, and writes ``static/help/<name>.png``. ``--site`` takes them from a running one.
"""

import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from reports.management.demonstration.people import PASSWORD
from tests.e2e.clock import FILE, Clock
from tests.e2e.conftest import ROOT, await_answer, free_port

FOLDER = ROOT / "static/help"
DAY = datetime(2026, 1, 20, 9, 30)
WIDTH, HEIGHT, MARGIN = 1280, 900, 16  # pixels
COLORS = 64  # of a picture; text on a few grounds needs no more
WRITTEN = {"received": "12", "brought_forward": "1", "granted": "8", "granted_in_part": "3"}
LEFT = "carried_forward"
CELL = "[id='cell-applications.natural_person.{line}']"


@dataclass
class Photographer:
    """Somebody at the site, whose pages are taken as pictures."""

    page: Page
    site: str

    def go(self, path: str) -> None:
        self.page.goto(self.site + path)

    def press(self, name: str) -> None:
        main = self.page.locator("main, #content").first
        found = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name))
        found.first.click()
        self.page.wait_for_load_state()

    def take(self, name: str, *, what: str = "main", tallest: int = 0) -> None:
        """A picture of ``what``: as much of it as a screen shows, or ``tallest``."""
        self.page.wait_for_load_state()
        self.page.evaluate("document.activeElement?.blur(); window.scrollTo(0, 0)")
        self.page.wait_for_timeout(300)
        box = self.page.locator(what).first.bounding_box()
        assert box is not None, f"{what} is not on {self.page.url}"
        left = max(box["x"] - MARGIN, 0)
        clip = {
            "x": left,
            "y": box["y"],
            "width": min(box["width"] + 2 * MARGIN, WIDTH - left),
            "height": min(box["height"], tallest or HEIGHT - box["y"]),
        }
        save(self.page.screenshot(clip=clip, full_page=True, animations="disabled"), name)


def save(taken: bytes, name: str) -> None:
    """With few colors: a tenth of the bytes, and nothing that an eye would miss."""
    with Image.open(BytesIO(taken)) as image:
        few = image.convert("RGB").quantize(
            COLORS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
    few.save(FOLDER / f"{name}.png", optimize=True)


def author(camera: Photographer) -> None:
    camera.go("/desk/")
    camera.take("shelf", tallest=520)
    camera.press("开始填报")
    hub = camera.page.url
    camera.go(hub.removeprefix(camera.site) + "applications/")
    for line, figure in {**WRITTEN, LEFT: "2"}.items():
        camera.page.fill(CELL.format(line=line), figure)
    camera.take("grid")
    camera.page.fill(CELL.format(line=LEFT), "1")
    camera.press("保存")
    camera.take("refusal", tallest=640)
    camera.page.fill(CELL.format(line=LEFT), "2")
    camera.press("保存")
    camera.page.goto(hub + "overview/")
    camera.take("prose")
    camera.press("保存")
    camera.page.goto(hub)
    camera.take("hub")
    camera.page.goto(hub + "check/")
    camera.take("findings", tallest=900)


def author_of_old_reports(camera: Photographer) -> None:
    from tests.public.sent import AGENCY, as_text, sound

    camera.go("/desk/")
    camera.page.get_by_role("link", name="2024年度报告").first.click()
    camera.press("更正…")
    camera.take("correct")
    camera.go("/desk/import/new/")
    printed = as_text(sound(2022)).replace(AGENCY.encode(), "云泽市教育局".encode())
    camera.page.set_input_files(
        "#documents",
        files=[
            {"name": "云泽市教育局2022年度报告.txt", "mimeType": "text/plain", "buffer": printed}
        ],
    )
    camera.press("上传并读取")
    read = camera.page.get_by_role("link", name="云泽市教育局2022年度报告.txt", exact=True)
    read.wait_for(timeout=60_000)
    read.click()
    camera.page.get_by_role("button", name="保存更正").wait_for()
    camera.take("import_one", tallest=900)


def author_of_returned(camera: Photographer) -> None:
    camera.go("/desk/")
    camera.page.get_by_role("link", name="2025年度报告").first.click()
    camera.take("returned")


def supervisor(camera: Photographer) -> None:
    camera.go("/admin/")
    camera.take("waiting", what="#content")
    camera.page.get_by_role("link", name="临湖区人民政府2025年度报告").click()
    camera.take("review", what="#content", tallest=1000)
    camera.go("/admin/reports/revision/?state=approved")
    camera.page.locator("input.action-select").first.check()
    camera.take("queue", what="#content", tallest=560)
    camera.page.get_by_role("link", name="云泽市生态环境局").first.click()
    camera.press("公布…")
    camera.take("publish", what="#content")


def authority(camera: Photographer) -> None:
    camera.go("/admin/reports/campaign/")
    camera.page.locator("#result_list tbody a").first.click()
    camera.press("修改部署")
    camera.take("call", what="#content", tallest=900)
    camera.go("/admin/board/?year=2025")
    camera.take("board", what="#content", tallest=900)
    camera.go("/admin/reports/tally/?year=2024")
    camera.take("rollup", what="#content", tallest=900)


def system(camera: Photographer) -> None:
    camera.go("/admin/reports/agency/import/")
    camera.take("listing", what="#content")
    camera.go("/admin/reports/sitesettings/1/change/")
    camera.take("site", what="#content")
    camera.go("/admin/reports/agency/?q=云泽市教育局")
    camera.page.get_by_role("link", name="云泽市教育局").first.click()
    camera.press("更名…")
    camera.page.fill("[name=name]", "云泽市教育和体育局")
    camera.page.fill("[name=on]", f"{DAY:%Y-%m-%d}")
    camera.page.fill("[name=reason]", "机构改革：更名为教育和体育局。")
    camera.take("acts", what="#content")
    camera.go("/admin/reports/rolerequest/add/")
    camera.page.select_option("select[name=user]", label="云泽市农业农村局填报员")
    camera.page.select_option("select[name=role]", label="填报员")
    camera.page.select_option("select[name=agency]", label="\u3000云泽市水务局")
    camera.page.fill("[name=reason]", "兼任水务局的填报工作。")
    camera.press("保存")


def security(camera: Photographer) -> None:
    camera.go("/admin/reports/rolerequest/?state__exact=waiting")
    camera.page.locator("#result_list tbody a").first.click()
    camera.take("roles", what="#content")


def auditor(camera: Photographer) -> None:
    camera.go("/admin/reports/auditentry/")
    camera.take("audit", what="#content", tallest=1000)


def reader(camera: Photographer) -> None:
    for name, path, tallest in (
        ("search", "/search/?q=总工会&year=2024", 0),
        ("report", "/agencies/finance/2024/", 900),
        ("display", "/display/", 0),
        ("statistics", "/statistics/990100/2024/", 900),
        ("data", "/data/", 0),
        ("check", "/check/", 0),
    ):
        camera.go(path)
        camera.take(name, tallest=tallest)


WALKS: tuple[tuple[str, Callable[[Photographer], None]], ...] = (
    ("", reader),
    ("author", author),
    ("author", author_of_old_reports),
    ("union-author", author_of_returned),
    ("supervisor", supervisor),
    ("authority", authority),
    ("system", system),
    ("security", security),
    ("auditor", auditor),
)


def walk(browser: Browser, site: str, username: str, way: Callable[[Photographer], None]) -> None:
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN", color_scheme="light",
        reduced_motion="reduce", timezone_id="Asia/Shanghai",
    )  # fmt: skip
    context.set_default_timeout(60_000)
    camera = Photographer(context.new_page(), site)
    if username:
        camera.go("/accounts/login/")
        camera.page.fill("input[name=username]", username)
        camera.page.fill("input[name=password]", PASSWORD)
        camera.press("登录")
    way(camera)
    context.close()


@contextmanager
def demonstration() -> Iterator[str]:
    """A site with the invented city at ``DAY``, ended by its processes' ids."""
    with TemporaryDirectory() as folder:
        data = Path(folder)
        (data / "fonts").symlink_to(ROOT / "var" / "fonts")
        clock = Clock(data / "clock")
        clock.turn_to(DAY)
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "PYTHONPATH": str(ROOT),
            "LOG_LEVEL": "WARNING",
            FILE: str(clock.file),
        }
        for command in (
            ["migrate", "--verbosity", "0"],
            ["collectstatic", "--no-input", "--verbosity", "0"],
            ["load_demonstration"],
            ["build_data"],
        ):
            module = [sys.executable, "-m", "tests.e2e.clockwork", *command]
            subprocess.run(module, cwd=ROOT, env=environment, check=True)
        port = free_port()
        commands = (
            ["gunicorn", "tests.e2e.clockwork:application", "--bind", f"127.0.0.1:{port}",
             "--log-level", "warning"],
            ["tests.e2e.clockwork", "worker", "--queue-name", "*", "--no-reload"],
        )  # fmt: skip
        processes = [
            subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=environment)
            for command in commands
        ]
        try:
            address = f"http://127.0.0.1:{port}"
            await_answer(address, processes[0])
            yield address
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(timeout=30)


def take_all(site: str, only: list[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--lang=zh-CN", *(["--no-sandbox"] if os.geteuid() == 0 else [])],
            env=os.environ | {"LANGUAGE": "zh_CN"},  # the browser's own words in its controls
        )
        for username, way in WALKS:
            if not only or way.__name__ in only:
                walk(browser, site, username, way)
        browser.close()
    there = list(FOLDER.glob("*.png"))
    print(
        f"{len(there)} pictures, {sum(each.stat().st_size for each in there):,} bytes in {FOLDER}"
    )


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--site", help="the address of a running demonstration site")
    parser.add_argument("--only", nargs="*", default=[], help="these walks alone")
    said = parser.parse_args()
    django.setup()
    if said.site:
        take_all(said.site.rstrip("/"), said.only)
    else:
        with demonstration() as site:
            take_all(site, said.only)


if __name__ == "__main__":
    sys.exit(main())
