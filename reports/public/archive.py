"""An agency's reports of all years in one ZIP, written while it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from reports.exporters.offline import folder_of
from reports.exporters.page import Comparison, Publication
from reports.exporters.zipped import zipped
from reports.queries.listings import agency_at
from reports.queries.publications import (
    corrections_of,
    documents_of_text,
    older_texts,
    shelf_of,
)

from . import kept


@dataclass(frozen=True)
class Published:
    """What the site has of an agency's texts, read while the ZIP is sent."""

    slug: str

    def documents(self, text: Publication) -> Iterator[tuple[str, bytes]]:
        for stored in documents_of_text(self.slug, text.sheet.year, text.number):
            content = kept.read(stored.path)
            if content is not None:
                yield f"report.{stored.format}", content

    def older(self, text: Publication) -> Iterator[Publication]:
        return older_texts(self.slug, text.sheet.year)

    def comparisons(self, text: Publication) -> Iterator[Comparison]:
        return corrections_of(self.slug, text.sheet.year)


@require_safe
def archive(request: HttpRequest, slug: str) -> HttpResponseBase:
    agency = agency_at(slug)
    shelf = agency and shelf_of(agency)
    if not shelf or not shelf.years:
        raise Http404
    latest = max(each.withdrawn_at or each.published_at for each in shelf.years)
    response = StreamingHttpResponse(
        zipped(folder_of(shelf, Published(slug)), timezone.localtime(latest)),
        content_type="application/zip",
    )
    named = content_disposition_header(True, f"{shelf.agency}历年政府信息公开年度报告.zip")
    response.headers["Content-Disposition"] = named or "attachment"
    response.headers["Cache-Control"] = kept.REVALIDATE
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
