"""The way in: the home page, and the map of the site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.exporters.linked import of_home
from reports.queries import listings

from .asked_once import site_of

LATEST = 10


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
def site_map(request: HttpRequest) -> HttpResponse:
    context = {"place": "map", "overview": listings.overview()}
    return render(request, "public/map.html", context)
