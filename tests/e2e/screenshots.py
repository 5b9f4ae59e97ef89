"""Pictures of every public page of a site: three widths, light, dark and 长者模式, and on paper.

``python -m tests.e2e.screenshots http://127.0.0.1:8000 var/screenshots`` (``make
screenshots``). The site is walked from its first page; of each address of the
URL configuration, and of each notice a report can bear, one page is taken.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import django
from playwright.sync_api import Browser, Page, sync_playwright

WIDTHS = (390, 768, 1280)
HEIGHT = 900
COOKIES = {"light": "light", "dark": "dark", "elder": "elder"}
MOST = 400  # pages visited in search of examples
BEGINNINGS = (
    "/",
    "/agencies/",
    "/search/?q=总工会",
    "/search/?q=没有这个机关",
    "/display/",
    "/nowhere/",
)
STATE = """() => [...document.querySelectorAll('main .notice-title')]
  .map(each => each.textContent.trim().slice(0, 7)).join('-')"""
TOO_MANY = 429
EAGER = """() => document.querySelectorAll('img[loading=lazy]')
  .forEach(each => { each.loading = 'eager' })"""
LINKS = "() => [...document.querySelectorAll('a[href]')].map(each => each.href)"


def visit(page: Page, address: str) -> None:
    """The page with all its pictures; a site that counts requests is given the time it asks for."""
    answer = page.goto(address)
    while answer and answer.status == TOO_MANY:
        time.sleep(float(answer.headers["retry-after"]))
        answer = page.goto(address)
    page.evaluate(EAGER)
    page.wait_for_load_state("networkidle")


def kind_of(path: str) -> str:
    """The name of the address in the URL configuration; empty for what is no public page."""
    from django.urls import Resolver404, resolve

    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return "missing"
    return found.url_name or "" if "public" in found.namespaces else ""


def examples(page: Page, site: str, more: list[str]) -> Iterator[tuple[str, str]]:
    """A name and a path for each kind of page."""
    waiting, seen, named = [*more, *BEGINNINGS], set[str](), set[str]()
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        if path in seen or not kind_of(path) or re.search(r"\.\w+$", urlsplit(path).path):
            continue
        seen.add(path)
        visit(page, urljoin(site, path))
        name = "-".join(filter(None, (kind_of(path), page.evaluate(STATE))))
        if path in BEGINNINGS and "?" in path:
            name = f"{name}-{len(seen)}"
        if name not in named:
            named.add(name)
            yield name, path
        for link in page.evaluate(LINKS):
            target = urldefrag(link).url
            if target.startswith(site):
                waiting.append(target.removeprefix(site.rstrip("/")))


def take(browser: Browser, site: str, pages: list[tuple[str, str]], folder: Path) -> None:
    for state, cookie in COOKIES.items():
        for width in WIDTHS:
            context = browser.new_context(
                viewport={"width": width, "height": HEIGHT}, locale="zh-CN", reduced_motion="reduce"
            )
            context.add_cookies([{"name": "display", "value": cookie, "url": site}])
            page = context.new_page()
            for name, path in pages:
                visit(page, urljoin(site, path))
                page.screenshot(path=folder / f"{name}-{state}-{width}.png", full_page=True)
            context.close()


def print_out(browser: Browser, site: str, pages: list[tuple[str, str]], folder: Path) -> None:
    """As a reader prints it, by the page's own @page; as pictures where pdftoppm is there."""
    page = browser.new_page(locale="zh-CN")
    for name, path in pages:
        visit(page, urljoin(site, path))
        file = folder / f"{name}-print.pdf"
        page.pdf(path=file, prefer_css_page_size=True)
        if shutil.which("pdftoppm"):
            picture = ["pdftoppm", "-r", "60", "-png", str(file), str(file.with_suffix(""))]
            subprocess.run(picture, check=True)


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("site", help="the address of a running site")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--also", nargs="*", default=[], help="paths to take first")
    parser.add_argument("--only", default="", help="a pattern which the names match")
    said = parser.parse_args()
    django.setup()
    said.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--lang=zh-CN", *(["--no-sandbox"] if os.geteuid() == 0 else [])],
            env=os.environ | {"LANGUAGE": "zh_CN"},  # the browser's own words in its controls
        )
        found = examples(browser.new_page(), said.site, said.also)
        pages = [each for each in found if re.search(said.only, each[0])]
        take(browser, said.site, pages, said.folder)
        print_out(browser, said.site, pages, said.folder)
        browser.close()
    print(f"{len(pages)} pages in {said.folder}: {', '.join(name for name, _ in pages)}")


if __name__ == "__main__":
    sys.exit(main())
