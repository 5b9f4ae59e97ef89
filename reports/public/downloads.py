"""The files of a report, as they were drawn at publication."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from reports.exporters.page import FORMATS
from reports.queries.publications import document_of

from . import kept


@require_safe
def download(
    request: HttpRequest, slug: str, year: int, extension: str, number: int | None = None
) -> HttpResponseBase:
    document = document_of(slug, year, extension, number)
    content = document and kept.read(document.path)
    if document is None or content is None:
        raise Http404
    response = HttpResponse(content, content_type=FORMATS[extension][1])
    named = content_disposition_header(True, document.filename)
    response.headers["Content-Disposition"] = named or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return kept.answer(request, response)
