"""Open data: the files of each year, what their figures mean, and the catalog for machines.

The files themselves are served from PUBLISHED_ROOT without the database; a big
one is never read into memory.
"""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from reports.editions import EDITIONS
from reports.editions.crosswalk import WHY_NOT
from reports.exporters import catalog
from reports.exporters.bulk import FILES, SUMS, Built
from reports.exporters.dictionary import as_csv, as_json, dictionary
from reports.exporters.linked import of_data
from reports.models import DataYear
from reports.queries import open_data

from . import kept
from .asked_once import site_of

PLAIN = "text/plain; charset=utf-8"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    waiting = {each.year: each.changes for each in open_data.waiting()}
    found = open_data.years()
    years = [(each, listed(each.files), waiting.pop(each.year, 0)) for each in found]
    context = {
        "place": "data",
        "years": years,
        "coming": sorted(waiting),
        "sums": SUMS,
        "linked": of_data(site_of(request), built(found)),
    }
    return render(request, "public/data.html", context)


def listed(files: list[dict[str, object]]) -> list[tuple[dict[str, object], str, str]]:
    """Each file with what it is and what it holds."""
    return [
        (each, title, about) for each in files for title, _, about in [FILES[str(each["name"])]]
    ]


@require_safe
def dictionary_page(request: HttpRequest) -> HttpResponse:
    forms = [
        (
            edition,
            [
                (part, [entry for entry in dictionary(edition.key) if entry.part == part.number])
                for part in edition.parts
                if part.is_table
            ],
        )
        for edition in reversed(EDITIONS.values())
    ]
    context = {"place": "data", "forms": forms, "reasons": WHY_NOT}
    return render(request, "public/dictionary.html", context)


@require_safe
def dictionary_csv(request: HttpRequest) -> HttpResponseBase:
    return kept.answer(request, HttpResponse(as_csv(), content_type="text/csv; charset=utf-8"))


@require_safe
def dictionary_json(request: HttpRequest) -> HttpResponseBase:
    return kept.answer(request, HttpResponse(as_json(), content_type="application/json"))


def built(found: list[DataYear]) -> list[catalog.Year]:
    """The years of which there are files, as the catalog tells of them."""
    return [
        catalog.Year(
            each.year,
            each.reports,
            timezone.localtime(each.built_at),
            tuple(Built(**file) for file in each.files),
        )
        for each in found
        if each.built_at
    ]


@require_safe
def catalog_file(request: HttpRequest) -> HttpResponseBase:
    years = built(open_data.years())
    regions = [(each.code, each.name) for each in open_data.regions()]
    content = catalog.catalog(site_of(request), years, regions)
    return kept.answer(request, HttpResponse(content, content_type=catalog.TYPE))


@require_safe
def file(request: HttpRequest, year: int, name: str) -> HttpResponseBase:
    """A year's file, compressed where the reader takes that, with its checksum as ETag."""
    path = kept.find("pages", "data", str(year), name)
    chosen = path and kept.best(request, path)
    sums = kept.read("pages", "data", str(year), SUMS)
    if not chosen or sums is None:
        raise Http404
    digests = {line[66:]: line[:64] for line in sums.decode().splitlines()}
    digest = digests.get(name.removesuffix(".gz"), str(chosen.modified))
    encoding = chosen.encoding or ("gzip" if name.endswith(".gz") else "")
    etag = f'"{digest[:32]}{encoding and "-" + encoding}"'
    unchanged = get_conditional_response(request, etag=etag)
    response: HttpResponseBase = unchanged or FileResponse(
        chosen.path.open("rb"), content_type=type_of(name)
    )
    response.headers["ETag"], response.headers["Cache-Control"] = etag, kept.REVALIDATE
    patch_vary_headers(response, ["Accept-Encoding"])
    if not unchanged:
        response.headers["Content-Disposition"] = f'attachment; filename="{year}-{name}"'
        response.headers["X-Content-Type-Options"] = "nosniff"
        if chosen.encoding:
            response.headers["Content-Encoding"] = chosen.encoding
    return response


def type_of(name: str) -> str:
    if name.endswith(".gz"):
        return "application/gzip"
    media = FILES[name][1] if name in FILES else PLAIN
    return f"{media}; charset=utf-8" if media == "text/csv" else media
