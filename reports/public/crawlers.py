"""For search engines: the index of the site maps, the site maps, and what robots may read."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.exporters.sitemap import CONTENT_TYPE, Address, draw_addresses, draw_index
from reports.queries import sitemap as queries
from reports.queries.freshness import stamp

from .asked_once import site_of
from .fresh import conditional, etag_of

CLOSED = ("/admin/", "/desk/", "/accounts/")
NOT_LISTED = {"search"}  # what a search finds is listed itself
AGENCIES = "agencies-"


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Which site maps there are: of pages, of agencies, of reports."""
    about = site_of(request)

    def files() -> Iterator[Address]:
        parts: list[tuple[str, datetime | None]] = [("pages", None)]
        parts += [(f"{AGENCIES}{part.number}", part.changed) for part in queries.agency_parts()]
        parts += [(f"{part.number}", part.changed) for part in queries.report_parts()]
        for name, changed in parts:
            yield about.address + reverse("public:sitemap_part", args=[name]), local(changed)

    def draw() -> HttpResponse:
        return HttpResponse(b"".join(draw_index(files())), content_type=CONTENT_TYPE)

    return conditional(request, etag_of(about, stamp()), draw)


@require_safe
def part(request: HttpRequest, name: str) -> HttpResponseBase:
    """One site map: ``pages``, ``agencies-<n>``, or the number of a part of the reports."""
    about = site_of(request)
    if name == "pages":
        state: object = stamp()
        addresses: Iterable[queries.Changed] = ((each, None) for each in fixed_addresses())
    elif name.startswith(AGENCIES):
        number = int(name.removeprefix(AGENCIES))
        if number not in {each.number for each in queries.agency_parts()}:
            raise Http404
        state, addresses = stamp(), queries.agency_addresses(number)
    else:
        state = queries.report_part(int(name))
        addresses = queries.report_addresses(int(name))
        if not state.addresses:
            raise Http404

    def draw() -> StreamingHttpResponse:
        whole = ((about.address + address, local(changed)) for address, changed in addresses)
        return StreamingHttpResponse(draw_addresses(whole), content_type=CONTENT_TYPE)

    return conditional(request, etag_of(about, name, state), draw)


def fixed_addresses() -> list[str]:
    """Every public page that has one address and no more: those of the URL configuration."""
    from . import urls

    return [
        reverse(f"public:{pattern.name}")
        for pattern in urls.urlpatterns
        if isinstance(pattern, URLPattern)
        and not pattern.pattern.converters
        and (str(pattern.pattern) == "" or str(pattern.pattern).endswith("/"))
        and pattern.name not in NOT_LISTED
    ]


def local(changed: datetime | None) -> datetime | None:
    return timezone.localtime(changed) if changed else None


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything but the doors for staff; the first rule that fits counts for the simpler ones."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "Allow: /"]
    text = "\n".join(
        [*lines, "", f"Sitemap: {site_of(request).address}{reverse('public:sitemap')}", ""]
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
