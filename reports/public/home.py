"""The way in: the home page, the search, the map of the site."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.exporters.linked import of_home
from reports.queries import listings

from .asked_once import site_of
from .asking import Asked

LATEST = 10
PAGE = 20
AGENCIES = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "place": "home",
        "latest": listings.published()[:LATEST],
        "overview": listings.overview(),
        "linked": of_home(site_of(request)),
    }
    return render(request, "public/home.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = Asked.of(request.GET)
    found = listings.search(asked.words, asked.year, asked.kind, asked.region)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    agencies = listings.agencies_named(asked.words)[:AGENCIES] if asked.words else ()
    overview = listings.overview()
    listed = asked.region in {each.key for each in overview.regions}
    context = {
        "place": "search",
        "asked": asked,
        "page": page,
        "agencies": agencies if page.number == 1 else (),
        "overview": overview,
        "region": None if listed or not asked.region else listings.division_at(asked.region),
    }
    return render(request, "public/search.html", context)


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    context = {"place": "map", "overview": listings.overview()}
    return render(request, "public/map.html", context)
