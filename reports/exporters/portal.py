"""A report for an agency's own portal: HTML which a content system's editor leaves as it is.

Such editors drop classes, scripts, styles and ids; what they keep is paragraphs,
plain tables and the table attributes of HTML 4 (``ELEMENTS``, ``ATTRIBUTES``).
So indents are full-width spaces, and nothing here depends on a style sheet.
"""

from django.template.loader import render_to_string

from .page import ANNUAL_REPORTS, Publication
from .presentation import present

ELEMENTS = frozenset(
    {"p", "strong", "br", "a", "table", "caption", "thead", "tbody", "tr", "th", "td"}
)
ATTRIBUTES = frozenset(
    {"align", "border", "cellpadding", "cellspacing", "colspan", "href", "rowspan", "scope", "width"}
)  # fmt: skip


def article(publication: Publication) -> str:
    """The report's text and tables without its title, which a content system asks for by itself."""
    context = {"publication": publication, "report": present(publication.sheet)}
    return one_line_each(render_to_string("public/portal_article.html", context))


def metadata(publication: Publication) -> str:
    """The META tags of the content; those of the site are the portal's own."""
    context = {"publication": publication}
    return one_line_each(render_to_string("public/meta_article.html", context))


def one_line_each(source: str) -> str:
    return "\n".join(line.strip() for line in source.splitlines() if line.strip()) + "\n"


def portal_files(publication: Publication) -> dict[str, bytes]:
    """By file name: the page from which the text is copied, and the text as a file."""
    context = {
        "publication": publication,
        "website": publication.site,
        "column": ANNUAL_REPORTS,
        "article": article(publication),
        "metadata": metadata(publication),
    }
    return {
        "index.html": render_to_string("public/portal.html", context).encode(),
        "article.html": render_to_string("public/portal_file.html", context).encode(),
    }
