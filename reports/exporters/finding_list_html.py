"""A list of findings as HTML: an A4 document on paper, on screen with the report below it."""

from collections.abc import Sequence

from django.template.loader import render_to_string

from .document import Document
from .finding_list import COLUMNS, NOTHING, SIGNATURES, TITLE, FindingList, facts_of, finished
from .html import TYPE, carried

STYLESHEETS = ("css/tokens.css", "css/statutory.css", "css/finding-list.css")


def page(found: FindingList, *, stylesheets: Sequence[str]) -> str:
    """The whole page, with the addresses of its style sheets."""
    context = {
        "title": TITLE,
        "columns": COLUMNS,
        "signatures": SIGNATURES,
        "nothing": NOTHING,
        "several": len(found.reports) > 1,
        "reports": [(each, tuple(facts_of(found, each))) for each in found.reports],
        "stylesheets": stylesheets,
    }
    return render_to_string("statutory/finding_list.html", context)


def draw(found: FindingList) -> Document:
    text = page(found, stylesheets=[carried(each) for each in STYLESHEETS])
    return finished(found, "html", TYPE, text.encode())
