"""The report as PDF by GB/T 9704-2012, drawn by WeasyPrint from the page's own HTML.

What a document may load is decided here and nowhere else: data: addresses, and
font:NAME, a file of that name in the folder of fonts. WeasyPrint's own fetcher
would read any file and reach any host. The fonts and the style sheet are read
once in a process; drawing is one at a time, for Pango's font map is shared.
The PDF is archival and accessible at once: PDF/A-2a and PDF/UA-1 (``pdf_tags``).
Two things a validator still minds, and only in rare documents: a character that
no face has, and a table cut by the end of a page, whose spans WeasyPrint keeps
as they were.
"""

import atexit
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.sheet import Sheet

from .document import Document, Options, document
from .html import STATIC, page
from .pdf_tags import finish
from .presentation import Presentation, present

TYPE = "application/pdf"
VARIANT = "pdf/a-2a"  # to be kept for good; with pdf_tags also PDF/UA-1
STYLESHEET = STATIC / "css" / "print.css"
FONT_TYPES = {".otf": "font/otf", ".ttf": "font/ttf"}
# Each id costs a style of its own and a named destination: a tenth of the time.
# Between quotation marks nothing else can stand so: the templates escape them.
SCREEN_ONLY = re.compile(r' (?:id|headers|title|aria-[a-z]+)="[^"]*"')
CELL = re.compile(r"<t[dh] [^>]*>")  # whose names the tags are made of (pdf_tags)
NAMES = re.compile(r' (id|headers)="')

drawing = Lock()


class Refused(ValueError):
    """An address from which a report may load nothing."""


class OwnFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no type hints
    """Fetches data: and font: addresses, and refuses all others."""

    def __init__(self, font_root: Path) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.font_root = font_root

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, rest = url.partition(":")
        if scheme.lower() == "data":
            return super().fetch(url, headers)
        if scheme.lower() != "font":
            raise Refused(f"报告不得引用外部内容：{url}")
        return self.font(url, rest)

    def font(self, url: str, name: str) -> URLFetcherResponse:
        path = self.font_root / name
        if path.name != name or path.suffix not in FONT_TYPES or not path.is_file():
            raise Refused(f"没有这个字体：{url}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": FONT_TYPES[path.suffix]})


@dataclass(frozen=True)
class Press:
    """What a process needs only once: fetcher, fonts, style sheet."""

    fetcher: OwnFiles
    fonts: FontConfiguration
    style: CSS


@cache
def press(font_root: Path) -> Press:
    fetcher, fonts = OwnFiles(font_root), FontConfiguration()
    style = CSS(
        string=STYLESHEET.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=fetcher
    )
    return Press(fetcher, fonts, style)


atexit.register(press.cache_clear)  # the fonts' temporary copies go with their owner


def pdf_of(
    report: Presentation,
    font_root: Path,
    *,
    draft: bool = False,
    explained: Sequence[tuple[str, str]] = (),
) -> bytes:
    """The report's PDF; with ``draft`` every page says that it is not published."""
    text = CELL.sub(
        lambda cell: NAMES.sub(r' data-\1="', cell[0]),
        page(report, draft=draft, explained=explained),
    )
    text = SCREEN_ONLY.sub("", text)
    with drawing:
        tools = press(font_root)
        source = HTML(string=text, url_fetcher=tools.fetcher)
        content = source.write_pdf(
            stylesheets=[tools.style],
            font_config=tools.fonts,
            pdf_variant=VARIANT,
            finisher=finish,
        )
    return bytes(content)


def draw(sheet: Sheet, options: Options) -> Document:
    """ValueError where the options do not say where the fonts are."""
    if options.font_root is None:
        raise ValueError("a PDF needs Options.font_root")
    content = pdf_of(
        present(sheet), options.font_root, draft=options.draft, explained=options.explained
    )
    return document(sheet, "pdf", TYPE, content)
