"""A report to be re-published by a portal: kept at publication like the page itself."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from reports.exporters.portal import portal_files
from reports.queries.publications import publication_of, report_of

from . import kept

FILE = "article.html"


@require_safe
def portal(request: HttpRequest, slug: str, year: int) -> HttpResponseBase:
    page = kept.page(request, "agencies", slug, str(year), "portal")
    return page or drawn(request, slug, year, "index.html")


@require_safe
def article(request: HttpRequest, slug: str, year: int) -> HttpResponseBase:
    found = kept.read("pages", "agencies", slug, str(year), "portal", FILE)
    return kept.answer(request, HttpResponse(found)) if found else drawn(request, slug, year, FILE)


def drawn(request: HttpRequest, slug: str, year: int, name: str) -> HttpResponseBase:
    """The same from the database; 404 where no text is in force."""
    found = report_of(slug, year)
    publication = found and publication_of(found)
    if not publication or not publication.is_in_force:
        raise Http404
    return kept.answer(request, HttpResponse(portal_files(publication)[name]))
