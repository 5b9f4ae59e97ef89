"""An agency's reports as a folder that opens from disk: relative links, own style sheets.

    index.html  style/
    2024/index.html  report.pdf …              the text in force, or the notice of a withdrawal
    2024/versions/1/index.html  report.pdf …   an older text, as far as it may be read
    2024/versions/2/changes/index.html         what a correction changed

Every name is ASCII, for whoever unpacks it with an old program.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from django.template.loader import render_to_string

from .html import STATIC, fragment
from .page import ANNUAL_REPORTS, Comparison, Publication, Site, around_title
from .presentation import present

STYLESHEETS = ("tokens.css", "base.css", "public.css", "statutory.css")
VERSION_DEPTH, CHANGES_DEPTH = 3, 4  # folders above a page


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


def report_page(publication: Publication, depth: int = 1) -> bytes:
    """A text's page so many folders deep; of a withdrawn one its notice."""
    context = around(publication, depth)
    if not publication.is_withdrawn:
        report = present(publication.sheet)
        top, rest = around_title(fragment(report))
        context |= {"report": report, "top": top, "rest": rest}
    return render_to_string("public/offline_report.html", context).encode()


def changes_page(comparison: Comparison) -> bytes:
    """What a correction changed, beside the text that it made."""
    depth = CHANGES_DEPTH
    context = around(comparison.later, depth) | {
        "earlier": led(comparison.earlier, depth),
        "changes": comparison.changes,
    }
    return render_to_string("public/offline_changes.html", context).encode()


def around(publication: Publication, depth: int) -> dict[str, object]:
    """What every page of a text has; ``here`` is the text with its links within the folder."""
    top = "../" * depth
    return {
        "publication": publication,
        "here": led(publication, depth),
        "website": publication.site,
        "column": ANNUAL_REPORTS,
        "stylesheets": addressed(f"{top}style/"),
        "first_page": f"{top}index.html",
    }


def led(publication: Publication, depth: int) -> Publication:
    """The text with relative addresses, from a page so many folders deep."""
    year = "../" * (depth - 1)
    current = f"{year}index.html"

    def page(url: str) -> str:
        below = url.removeprefix(publication.current_url)
        return f"{year}{below}index.html" if url else ""

    return replace(
        publication,
        url=page(publication.url),
        current_url=current,
        versions=tuple(
            replace(each, url=page(each.url), changes_url=page(each.changes_url))
            for each in publication.versions
        ),
    )


def addressed(folder: str) -> list[str]:
    return [f"{folder}{name}" for name in STYLESHEETS]


class Reader(Protocol):
    """Reads what belongs to a text, each thing when it is wanted."""

    def documents(self, publication: Publication) -> Iterable[tuple[str, bytes]]:
        """The files beside the text's page, by their public names."""
        ...

    def older(self, publication: Publication) -> Iterable[Publication]:
        """The texts before the one in force, as far as they may be read."""
        ...

    def comparisons(self, publication: Publication) -> Iterable[Comparison]:
        """Each of a report's corrections beside what it corrected."""
        ...


def folder_of(shelf: Shelf, reader: Reader) -> Iterator[tuple[str, bytes]]:
    """Every file of the folder by its name, drawn one after the other."""
    yield "index.html", first_page(shelf)
    yield from style_files()
    for publication in shelf.years:
        year = f"{publication.sheet.year}/"
        yield from text_files(year, publication, reader, 1)
        for text in reader.older(publication):
            yield from text_files(f"{year}versions/{text.number}/", text, reader, VERSION_DEPTH)
        for comparison in reader.comparisons(publication):
            number = comparison.later.number
            yield f"{year}versions/{number}/changes/index.html", changes_page(comparison)


def text_files(
    folder: str, publication: Publication, reader: Reader, depth: int
) -> Iterator[tuple[str, bytes]]:
    yield f"{folder}index.html", report_page(publication, depth)
    for name, content in reader.documents(publication):
        yield f"{folder}{name}", content
