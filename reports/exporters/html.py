"""The report as HTML: the fragment which every page shows, and a page that stands alone."""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from reports.editions.wording import EXPLANATIONS
from reports.sheet import Sheet

from .document import Document, Options, document
from .presentation import Presentation, present

TYPE = "text/html; charset=utf-8"
STATIC = Path(__file__).resolve().parents[2] / "static"
STYLESHEETS = ("css/tokens.css", "css/statutory.css")


def fragment(report: Presentation) -> SafeString:
    """templates/statutory/report.html: an <article>, to be put into any page."""
    return mark_safe(render_to_string("statutory/report.html", {"report": report}))


def page(
    report: Presentation,
    *,
    stylesheets: Sequence[str] = (),
    draft: bool = False,
    explained: Sequence[tuple[str, str]] = (),
) -> str:
    """A page that stands alone, with the addresses of its style sheets."""
    context = {
        "report": report,
        "stylesheets": stylesheets,
        "draft": draft,
        "explanations": EXPLANATIONS,
        "explained": explained,
    }
    return render_to_string("statutory/page.html", context)


@cache
def carried(name: str) -> str:
    """A style sheet as an address that carries it: a file to keep needs no site."""
    content = b64encode((STATIC / name).read_bytes()).decode()
    return f"data:text/css;charset=utf-8;base64,{content}"


def draw(sheet: Sheet, options: Options) -> Document:
    addresses = [carried(name) for name in STYLESHEETS if (STATIC / name).is_file()]
    text = page(
        present(sheet), stylesheets=addresses, draft=options.draft, explained=options.explained
    )
    return document(sheet, "html", TYPE, text.encode())
