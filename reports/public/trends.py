"""A body over the years: charts, the tables beside them, and the numbers as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.editions import EDITIONS, edition_for
from reports.exporters.linked_figures import of_trends
from reports.queries import listings
from reports.queries.indicators import Family, families, indicators, why_not
from reports.queries.series import AgencySeries, Year, series_of

from . import kept
from .asked_once import site_of
from .figures import REASONS, Drawn, Heading, Table, Values, as_csv, family_chart, table_of

HEADS = (
    "机关",
    "年度",
    "指标编号",
    "指标",
    "单位",
    "数值",
    "空白格数",
    "没有数值的原因",
    "格式",
    "照录",
)


@dataclass(frozen=True)
class Block:
    """One family of indicators on the page."""

    family: Family
    charts: Sequence[Drawn]
    table: Table


@require_safe
def trends(request: HttpRequest, slug: str) -> HttpResponseBase:
    agency = listings.agency_at(slug)
    if agency is None:
        raise Http404
    series = series_of(agency)
    told = told_by(series)
    context = {
        "place": "trends",
        "agency": agency,
        "series": series,
        "blocks": [
            Block(each, family_chart(each.key, each, told), table_of(each, "年度", told))
            for each in families()
        ]
        if told
        else [],
        "why_not": why_not(),
        "linked": of_trends(
            site_of(request),
            slug,
            agency.name,
            agency.division.name if agency.division else "",
            [each.year for each in series.years if each.is_in_force],
        ),
        "both_editions": len(series.editions) > 1,
        "as_printed": [each.year for each in series.years if each.as_printed],
        "renamed": renamed(series),
    }
    return kept.answer(request, render(request, "public/trends.html", context))


def told_by(series: AgencySeries) -> list[tuple[Heading, Values]]:
    """Each year with what is to be said of it, and its values."""
    return [
        (heading_of(series, each), {key: row[at] for key, row in series.values.items()})
        for at, each in enumerate(series.years)
    ]


def heading_of(series: AgencySeries, year: Year) -> Heading:
    address = reverse("public:report", args=[series.slug, year.year])
    return Heading(
        str(year.year),
        part_of(year),
        tuple(notes_of(year)),
        "" if year.state == "none" else address,
    )


def part_of(year: Year) -> str:
    """The edition of the report; of a missing one that in force for its year."""
    if year.edition is None and year.year < min(EDITIONS):
        return ""
    return f"{year.edition or edition_for(year.year).key}年版"


def notes_of(year: Year) -> Iterator[str]:
    if year.state == "none":
        yield "本站没有这一年度的报告"
    elif year.state == "withdrawn":
        yield "报告已撤回公布"
    else:
        yield f"{year.edition}年版"
        if year.as_printed:
            yield "照录"


def renamed(series: AgencySeries) -> list[Year]:
    """The years whose report says another name than today's, once for each name."""
    found: dict[str, Year] = {}
    for year in series.years:
        if year.name and year.name != series.name:
            found[year.name] = year
    return list(found.values())


@require_safe
def trends_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    agency = listings.agency_at(slug)
    if agency is None:
        raise Http404
    return as_csv(request, f"{agency.name}历年数据.csv", HEADS, lines_of(series_of(agency)))


def lines_of(series: AgencySeries) -> Iterator[tuple[object, ...]]:
    """Every value of a series on a line of its own."""
    for key, indicator in indicators().items():
        for year, value in zip(series.years, series.of(key), strict=True):
            yield (
                series.name, year.year, key, indicator.label, indicator.unit, value.number,
                value.blanks, REASONS.get(value.why, ""), year.edition or "",
                "是" if year.as_printed else "",
            )  # fmt: skip
