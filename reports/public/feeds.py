"""Feeds of what became public: of the whole site, of a region, of an agency (Atom)."""

from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from reports.exporters import atom
from reports.exporters.atom import Link
from reports.exporters.page import ANNUAL_REPORTS, Site
from reports.models import Agency
from reports.queries import listings
from reports.queries.news import News, newest, news

from .asked_once import site_of
from .fresh import conditional, etag_of, version

NEWEST = 50
LONG_AGO = datetime(2008, 5, 1, tzinfo=UTC)  # an empty feed's: since the regulation is in force


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    return fed(request, reverse("public:feed"), "", home="/")


@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = listings.agency_at(slug)
    if found is None:
        raise Http404
    home = reverse("public:agency", args=[slug])
    own = reverse("public:agency_feed", args=[slug])
    return fed(request, own, found.name, home=home, agency=found)


@require_safe
def region(request: HttpRequest, code: str) -> HttpResponseBase:
    """A region's, with all below it."""
    found = listings.division_at(code)
    if found is None:
        raise Http404
    home = f"{reverse('public:search')}?region={code}"
    own = reverse("public:region_feed", args=[code])
    return fed(request, own, found.name, home=home, region=code)


def fed(
    request: HttpRequest,
    own: str,
    of: str,
    *,
    home: str,
    agency: Agency | None = None,
    region: str = "",
) -> HttpResponseBase:
    """The newest events; older ones a page further (``before``; RFC 5005's paged feed)."""
    about, before = site_of(request), time_of(request.GET.get("before", ""))
    found = news(NEWEST + 1, agency=agency, region=region, before=before)
    shown, more = found[:NEWEST], found[NEWEST:]
    page = f"?before={quote(before.isoformat())}" if before else ""
    links = [
        Link("self", f"{about.address}{own}{page}", "application/atom+xml"),
        Link("alternate", f"{about.address}{home}", "text/html"),
    ]
    if before:
        links.append(Link("first", f"{about.address}{own}", "application/atom+xml"))
    if more:
        at = quote(shown[-1].at.astimezone(UTC).isoformat())
        next_page = f"{about.address}{own}?before={at}"
        links.append(Link("next", next_page, "application/atom+xml"))

    def draw() -> HttpResponse:
        drawn = atom.Feed(
            key=f"{about.address}{own}",
            title=" - ".join(filter(None, (of, ANNUAL_REPORTS.name, about.name))),
            subtitle=ANNUAL_REPORTS.description,
            author=about.name,
            updated=newest(shown) or LONG_AGO,
            links=links,
            entries=[entry(each, about) for each in shown],
        )
        return HttpResponse(atom.draw(drawn), content_type=atom.CONTENT_TYPE)

    etag = etag_of(about, of, links, shown, version())
    return conditional(request, etag, draw, None if before else newest(shown))


def entry(event: News, about: Site) -> atom.Entry:
    links = [Link("alternate", about.address + event.url, "text/html")]
    if event.changes_url:
        links.append(Link("related", about.address + event.changes_url, "text/html"))
    return atom.Entry(
        key=tag(event, about),
        title=headline(event),
        summary=summary(event),
        author=event.agency,
        published=event.at,
        updated=event.at,
        links=links,
        categories=(f"{event.year}年度", event.kind),
    )


def tag(event: News, about: Site) -> str:
    """The event's name for ever (RFC 4151): the site, the day, and what it was about."""
    host = urlsplit(about.address).hostname or "localhost"
    return f"tag:{host},{timezone.localdate(event.at).isoformat()}:{event.path}"


def headline(event: News) -> str:
    if event.withdrawn:
        return f"{event.title}（已撤回公布）"
    return f"{event.title}（更正后第{event.number}版）" if event.number > 1 else event.title


def summary(event: News) -> str:
    if event.withdrawn:
        reason = event.reason or "公布机关没有说明。"
        return f"{event.agency}撤回了{event.year}年度的报告。撤回理由：{reason}"
    if event.number > 1:
        return f"{event.agency}更正了{event.year}年度的报告。更正理由：{event.reason}"
    return f"{event.agency}公布了{event.year}年度的报告。"


def time_of(said: str) -> datetime | None:
    """The time after which nothing is asked for; nonsense asks for the newest."""
    try:
        found = parse_datetime(said)
    except ValueError:
        return None
    return found if found and found.tzinfo else None
