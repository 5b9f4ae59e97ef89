"""The agencies that report, and each one's reports of all years."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.exporters.linked import of_agency
from reports.models import Agency
from reports.queries import listings

from .asked_once import site_of
from .asking import key_in, region_in

PAGE = 100
DEEPEST = 5  # steps by which the tree is still indented


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    after, region = key_in(request.GET), listings.region_at(region_in(request.GET))
    code = region.division.code if region else ""
    page = listings.directory(after, PAGE, code)
    context = {
        "place": "agencies",
        "page": page,
        "entries": [(each, 0 if region else depth_of(each)) for each in page.agencies],
        "region": region,
        "regions": region.below if region else listings.highest_regions(),
        "is_first": after is None,
    }
    return render(request, "public/agencies.html", context)


def depth_of(agency: Agency) -> int:
    return min(agency.path.count("/") - 1, DEEPEST)


@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    found = listings.agency_at(slug)
    if found is None:
        raise Http404
    after = key_in(request.GET)
    context = {
        "place": "agency",
        "agency": found,
        "shelf": listings.shelf_of(found),
        "forerunners": listings.forerunners_shelf(found),
        "page": listings.children_of(found, after, PAGE),
        "is_first": after is None,
        "linked": of_agency(
            site_of(request),
            slug,
            found.name,
            others=[each.name for each in found.names.all()],
            region=found.division.name if found.division else "",
        ),
    }
    return render(request, "public/agency.html", context)
