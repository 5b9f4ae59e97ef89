"""The page of a report, and of its older texts."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from reports.exporters.page import draw_changes, draw_page
from reports.queries.publications import comparison_of, publication_of, report_of

from . import kept


@require_safe
def report(request: HttpRequest, slug: str, year: int) -> HttpResponseBase:
    return kept.page(request, "agencies", slug, str(year)) or drawn(request, slug, year)


@require_safe
def version(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponseBase:
    folders = ("agencies", slug, str(year), "versions", str(number))
    return kept.page(request, *folders) or drawn(request, slug, year, number)


@require_safe
def changes(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponseBase:
    """What a correction changed; 404 for a first text, and for what was withdrawn."""
    folders = ("agencies", slug, str(year), "versions", str(number), "changes")
    page = kept.page(request, *folders)
    if page:
        return page
    found = report_of(slug, year)
    comparison = found and comparison_of(found, number)
    if not comparison:
        raise Http404
    return kept.answer(request, HttpResponse(draw_changes(comparison)))


def drawn(
    request: HttpRequest, slug: str, year: int, number: int | None = None
) -> HttpResponseBase:
    """The same page from the database, where no file was kept."""
    found = report_of(slug, year)
    publication = found and publication_of(found, number)
    if not publication:
        raise Http404
    return kept.answer(request, HttpResponse(draw_page(publication)))
