"""For machines: the feed of new reports, the site map, what robots may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from reports.exporters.page import ANNUAL_REPORTS
from reports.queries import listings
from reports.queries.publications import page_url
from reports.queries.site import site

NEWEST = 50
MOST_ADDRESSES = 40_000  # a site map holds 50,000 at most
CLOSED = ("/admin/", "/desk/", "/accounts/")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    about = site()
    atom = Atom1Feed(
        title=f"{ANNUAL_REPORTS.name} - {about.name}",
        link=f"{about.address}/",
        description=ANNUAL_REPORTS.description,
        language="zh-CN",
        feed_url=f"{about.address}/feed.xml",
    )
    for revision in listings.with_first_publication(listings.published())[:NEWEST]:
        agency, year = revision.report.agency, revision.report.year
        corrected = revision.is_correction
        atom.add_item(
            title=f"{revision.title}（更正后第{revision.number}版）"
            if corrected
            else revision.title,
            link=about.address + page_url(agency.slug, year),
            description=f"{revision.agency_name}更正了{year}年度的报告。更正理由：{revision.reason}"
            if corrected
            else f"{revision.agency_name}公布了{year}年度的报告。",
            author_name=revision.agency_name,
            pubdate=revision.first_published_at,
            updateddate=revision.published_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    context = {"addresses": listings.addresses()[:MOST_ADDRESSES]}
    return render(request, "public/sitemap.xml", context, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    text = "\n".join([*lines, "", f"Sitemap: {site().address}/sitemap.xml", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
