"""The search: what was found and why, how to narrow it, and what may have been meant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.exporters.linked import Linked
from reports.queries import listings
from reports.queries.listings import Tally
from reports.queries.names import agencies_named, nearest
from reports.queries.search import RELEVANCE, Found, find

from .asked_once import site_of
from .asking import AFTER, Asked

PAGE = 20
AGENCIES = 8


@dataclass(frozen=True)
class Choice:
    """A value of a filter; ``reports`` is None where they were not counted."""

    key: str
    label: str
    reports: int | None
    is_chosen: bool


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = Asked.of(request.GET)
    after = request.GET.get(AFTER, "")
    found = find(
        asked.words,
        year=asked.year,
        kind=asked.kind,
        region=asked.region,
        order=asked.order,
        after=after,
        limit=PAGE,
    )
    chosen = filters(asked, found)
    name = "" if asked.words else list_name(chosen)
    agencies = agencies_named(asked.words, AGENCIES) if asked.words and not after else []
    context = {
        "place": "search",
        "asked": asked,
        "found": found,
        "is_first": not after,
        "agencies": agencies,
        "guesses": guesses(asked) if asked.words and not found.results and not agencies else (),
        "one_word": one_word(asked, found),
        "filters": chosen,
        "region": next((each for each in chosen["region"] if each.is_chosen), None),
        "list_name": name,
        "about": f"已公布的{name or '全部'}政府信息公开工作年度报告，可以再按年度、机关性质和地区筛选。",
        "is_indexed": bool(found.results) and not asked.words and not after,
        "onward": f"{asked.query}&{AFTER}={found.next}".lstrip("&"),
    }
    if not asked.words and not after:
        context["linked"] = Linked(address_of_list(request, asked), title=name)
    return render(request, "public/search.html", context)


def address_of_list(request: HttpRequest, asked: Asked) -> str:
    """The one address of a list by year, kind and region, however it was asked for.

    Without words there is but one order.
    """
    query = replace(asked, order=RELEVANCE).query
    return f"{site_of(request).address}{request.path}{query and '?' + query}"


def list_name(filters: Mapping[str, list[Choice]]) -> str:
    """What a list holds, as the chosen filters say it: 虚构市2024年度政府部门."""
    order = ("region", "year", "kind")
    return "".join(each.label for name in order for each in filters[name] if each.is_chosen)


def guesses(asked: Asked) -> list[tuple[str, str]]:
    """Names that may have been meant, each with the query for it alone."""
    return [(name, urlencode({"q": name})) for name in nearest(asked.words)]


def one_word(asked: Asked, found: Found) -> list[tuple[str, str]]:
    """Where several words together find nothing: each by itself."""
    words = found.question.words
    if found.results or len(words) < 2:
        return []
    return [(word, asked.with_words(f'"{word}"' if " " in word else word)) for word in words]


def filters(asked: Asked, found: Found) -> dict[str, list[Choice]]:
    overview = listings.overview()
    regions: tuple[Tally, ...] = overview.regions
    region = listings.region_at(asked.region)
    if region:
        around = (*region.above, region.division)
        regions = (*(Tally(each.code, each.name, 0) for each in around), *region.below)
    kept = not asked
    return {
        "year": choices(overview.years, str(asked.year or ""), found.counts.get("year"), kept),
        "kind": choices(overview.kinds, asked.kind, found.counts.get("kind"), kept),
        "region": choices(regions, asked.region, found.counts.get("region"), kept),
    }


def choices(
    tallies: Iterable[Tally], chosen: str, counts: Mapping[str, int] | None, kept: bool
) -> list[Choice]:
    """The values with what each would lead to: counted among what was found, or kept of all.

    Of a filter that is set the others' numbers are not known.
    """

    def reports(tally: Tally) -> int | None:
        if kept:
            return tally.reports
        return counts.get(tally.key, 0) if counts and not chosen else None

    return [Choice(each.key, each.label, reports(each), each.key == chosen) for each in tallies]
