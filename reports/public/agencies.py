"""The agencies that report, and each one's reports of all years."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.exporters.linked import of_agency
from reports.queries import listings

from .asked_once import site_of

PAGE = 200
DEEPEST = 5  # steps by which the tree is still indented


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    page = Paginator(listings.directory(), PAGE).get_page(request.GET.get("page"))
    entries = [(agency, min(agency.path.count("/") - 1, DEEPEST)) for agency in page]
    context = {"place": "agencies", "page": page, "entries": entries}
    return render(request, "public/agencies.html", context)


@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    found = listings.agency_at(slug)
    if found is None:
        raise Http404
    page = Paginator(listings.children_of(found), PAGE).get_page(request.GET.get("page"))
    context = {
        "place": "agency",
        "agency": found,
        "shelf": listings.shelf_of(found),
        "forerunners": listings.forerunners_shelf(found),
        "page": page,
        "linked": of_agency(
            site_of(request),
            slug,
            found.name,
            others=[each.name for each in found.names.all()],
            region=found.division.name if found.division else "",
        ),
    }
    return render(request, "public/agency.html", context)
