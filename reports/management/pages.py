"""The public pages on disk: drawn again where they are missing, stale, or nobody's.

A page is drawn when its report is published; a new version of the product, or
of the site's settings, draws it otherwise. The fingerprint is of all that a
page is made of besides its report.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management.base import CommandError

import reports
from reports.actions import storing
from reports.actions.publishing import draw_missing_pages, draw_pages, has_page
from reports.models import Report
from reports.queries.site import site
from reports.workflow import PUBLIC

HOUSE = Path(reports.__file__).parent
CODE = (
    "editions", "exporters", "sheet.py", "queries/publications.py", "queries/site.py",
    "actions/placing.py",
)  # fmt: skip
TEMPLATES = ("base.html", "public", "statutory")


def drawn_from() -> Iterator[Path]:
    """Every file that has a say in what a page looks like."""
    templates = Path(settings.BASE_DIR) / "templates"
    for place in (*(HOUSE / name for name in CODE), *(templates / name for name in TEMPLATES)):
        yield from sorted(place.rglob("*.*")) if place.is_dir() else [place]
    yield Path(settings.STATIC_ROOT) / "staticfiles.json"


def fingerprint() -> str:
    digest = sha256(repr(site()).encode())
    for path in drawn_from():
        if path.suffix != ".pyc" and path.is_file():
            digest.update(path.name.encode() + sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def remembered() -> Path:
    return storing.root() / "pages" / ".fingerprint"


def is_stale() -> bool:
    known = remembered()
    return not known.is_file() or known.read_text() != fingerprint()


def remember() -> None:
    storing.write(remembered(), fingerprint().encode())


def refuse_without_static_files() -> None:
    """A page names its style sheets as they were collected."""
    try:
        staticfiles_storage.url("css/base.css")
    except ValueError as missing:
        message = "静态文件还没有收集，页面不能生成。请先执行 manage.py collectstatic --no-input。"
        raise CommandError(message) from missing


def public_reports() -> list[tuple[int, str, int]]:
    """Key, slug and year of every report that the public may ask for."""
    found = Report.objects.filter(revisions__state__in=sorted(PUBLIC)).distinct().order_by("pk")
    return list(found.values_list("pk", "agency__slug", "year"))


def draw(missing_only: bool = False) -> tuple[int, list[str]]:
    """Draw the pages; returns how many, and the addresses that could not be drawn."""
    drawn, failed = 0, []
    for pk, slug, year in public_reports():
        if missing_only and has_page(slug, year):
            continue
        try:
            if missing_only:
                drawn += draw_missing_pages(pk)
            else:
                draw_pages(pk)
                drawn += 1
        except Exception as error:  # one report's fault keeps no other from being drawn
            failed.append(f"/agencies/{slug}/{year}/：{error}")
    erase_strays()
    return drawn, failed


def erase_strays() -> None:
    """Pages of nobody's report: of an address given up, of a database put back."""
    known = {(slug, str(year)) for _, slug, year in public_reports()}
    for folder in (storing.root() / "pages" / "agencies").glob("*/*"):
        slug, year = folder.parent.name, folder.name
        if folder.is_dir() and year.isdecimal() and (slug, year) not in known:
            storing.erase_pages(slug, int(year))
