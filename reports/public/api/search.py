"""Search: published reports by words, as the page ``/search/`` finds them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from reports.queries.extracts import Segment
from reports.queries.search import RELEVANCE, YEAR, Found, Result, find

from .agencies import known_region
from .answers import SearchAnswer
from .links import Links, links_of
from .paging import cursor_behind, key_in, next_link
from .questions import SearchAsked
from .reports import item_of

router = Router(tags=["检索"])
ORDERS = {"relevance": RELEVANCE, "newest": YEAR}


@router.get("/search", response=SearchAnswer, summary="检索报告")
def search(request: HttpRequest, response: HttpResponse, asked: Query[SearchAsked]) -> object:
    """标题、机关的名称（含简称、曾用名）和正文；空格分开的词都要有，引号里的不拆开。"""
    key = key_in(asked)
    found = find(
        asked.q,
        year=asked.year,
        kind=asked.kind or "",
        region=known_region(asked.region),
        order=ORDERS[asked.order],
        after=str(key[0]) if key else "",
        limit=asked.limit,
    )
    cursor = cursor_behind(asked, [found.next]) if found.next else ""
    link = links_of(request)
    return {
        **about(found),
        "items": [result_of(each, link) for each in found.results],
        "next": next_link(request, response, cursor),
    }


def about(found: Found) -> dict[str, Any]:
    return {
        "words": list(found.question.words),
        "too_short": list(found.question.short),
        "total": found.total,
        "at_least": found.at_least,
        "is_cut": found.is_cut,
    }


def result_of(result: Result, link: Links) -> dict[str, Any]:
    revision = result.revision
    return {
        **item_of(revision, revision.report.agency, link),
        "title_segments": segments(result.title),
        "extracts": [
            {"label": each.label, "segments": segments(each.segments)} for each in result.extracts
        ],
    }


def segments(found: tuple[Segment, ...]) -> list[dict[str, Any]]:
    return [{"text": each.text, "is_hit": each.is_hit} for each in found]
