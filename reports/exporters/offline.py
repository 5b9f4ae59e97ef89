"""An agency's reports as a folder that opens from disk: relative links, own style sheets.

Every name is ASCII, for whoever unpacks it with an old program.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string

from .html import STATIC, fragment
from .page import ANNUAL_REPORTS, Publication, Site, around_title
from .presentation import present

STYLESHEETS = ("tokens.css", "base.css", "public.css", "statutory.css")


@dataclass(frozen=True)
class Shelf:
    """An agency and the years of its reports, for the folder's first page."""

    agency: str
    address: str
    site: Site
    years: tuple[Publication, ...]


def style_files() -> Iterator[tuple[str, bytes]]:
    for name in STYLESHEETS:
        yield f"style/{name}", (Path(STATIC) / "css" / name).read_bytes()


def first_page(shelf: Shelf) -> bytes:
    context = {"shelf": shelf, "website": shelf.site, "stylesheets": addressed("style/")}
    return render_to_string("public/offline_agency.html", context).encode()


def report_page(publication: Publication) -> bytes:
    """A report's page in the folder of its year; of a withdrawn one its notice."""
    context = {
        "publication": publication,
        "website": publication.site,
        "column": ANNUAL_REPORTS,
        "stylesheets": addressed("../style/"),
        "first_page": "../index.html",
    }
    if not publication.is_withdrawn:
        report = present(publication.sheet)
        top, rest = around_title(fragment(report))
        context |= {"report": report, "top": top, "rest": rest}
    return render_to_string("public/offline_report.html", context).encode()


def addressed(folder: str) -> list[str]:
    return [f"{folder}{name}" for name in STYLESHEETS]


Reader = Callable[[Publication], Iterable[tuple[str, bytes]]]


def folder_of(shelf: Shelf, documents: Reader) -> Iterator[tuple[str, bytes]]:
    """Every file of the folder by its name, drawn one after the other.

    ``documents`` reads the files beside a report's page, by their public names.
    """
    yield "index.html", first_page(shelf)
    yield from style_files()
    for publication in shelf.years:
        year = publication.sheet.year
        yield f"{year}/index.html", report_page(publication)
        for name, content in documents(publication):
            yield f"{year}/{name}", content
