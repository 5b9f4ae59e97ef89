"""The files of a report, as they were drawn at publication.

They lie beside the page and are answered from there; the database is asked
only where they are not (yet), in the moment between a publication and its
drawing.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from reports.models import StoredDocument
from reports.queries.publications import document_by_checksum, document_of

from . import kept


@require_safe
def download(
    request: HttpRequest, slug: str, year: int, extension: str, number: int | None = None
) -> HttpResponseBase:
    """A text's document at its stable address: what it is changes with a correction."""
    place = f"report.{extension}" if number is None else f"versions/{number}/report.{extension}"
    found = kept.document(request, slug, year, place, extension)
    return found or stored(request, document_of(slug, year, extension, number))


@require_safe
def lasting(
    request: HttpRequest, slug: str, year: int, checksum: str, extension: str
) -> HttpResponseBase:
    """A document by its checksum: these bytes for ever, or nothing since a withdrawal."""
    found = kept.document(request, slug, year, f"files/{checksum}.{extension}", extension)
    return found or stored(request, document_by_checksum(slug, year, checksum, extension))


def stored(request: HttpRequest, document: StoredDocument | None) -> HttpResponseBase:
    content = document and kept.read(document.path)
    if document is None or content is None:
        raise Http404
    headers = kept.attached(document.filename, document.format)
    return kept.answer(request, HttpResponse(content, headers=headers))
