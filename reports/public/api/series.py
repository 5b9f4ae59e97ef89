"""An agency's indicators over the years, and a region's sums of one year."""

from typing import Any

from django.http import HttpRequest
from ninja import Path, Query, Router

from reports.models import Division
from reports.queries import regions, series
from reports.queries.indicators import indicators

from .agencies import known_agency
from .answers import RegionAnswer, SeriesAnswer
from .links import links_of
from .problems import unknown
from .questions import AgencyPath, RegionPath, SeriesAsked, StatisticsAsked

router = Router(tags=["序列和统计"])


@router.get("/agencies/{slug:slug}/series", response=SeriesAnswer, summary="一个机关的历年数据")
def agency_series(
    request: HttpRequest, where: Path[AgencyPath], asked: Query[SeriesAsked]
) -> object:
    """两版格式同口径的指标，从第一份报告到最近应当公布的年度；没有报告的年度也列出并说明。"""
    made = series.to_json(series.series_of(known_agency(where.slug)))
    years = [each["year"] for each in made["years"]]
    made["indicators"] = [
        {**each, "values": told_by_year(years, each["values"])}
        for each in chosen(made["indicators"], asked.indicator)
    ]
    return {**made, "page": links_of(request)("trends", where.slug)}


@router.get(
    "/statistics/{slug:code}/{year:year}", response=RegionAnswer, summary="一个区域一年的合计"
)
def statistics(
    request: HttpRequest, where: Path[RegionPath], asked: Query[StatisticsAsked]
) -> object:
    """该区划和它下面各级区划已公布报告的合计，按下级区划和机关性质分列；不排名次。

    政府的报告本身是下级机关之和的，不重复计入。印错的总计不采用，由各数据项相加。
    """
    division = known_division(where.code)
    found = regions.statistics_of(division, where.year, asked.kind or "")
    made = regions.to_json(found)
    keys = asked.indicator or list(indicators())
    for each in (made, *made["regions"], *made["kinds"]):
        each["values"] = [{"indicator": key, **each["values"][key]} for key in keys]
    return {
        **made,
        "kind": found.kind or None,
        "years": list(found.years),
        "indicators": chosen(made["indicators"], asked.indicator),
        "page": links_of(request)("region_year", where.code, where.year),
    }


def known_division(code: str) -> Division:
    found = regions.division_of(code)
    if found is None:
        raise unknown("行政区划", code)
    return found


def chosen(described: list[dict[str, Any]], keys: list[str]) -> list[dict[str, Any]]:
    return [each for each in described if not keys or each["key"] in keys]


def told_by_year(years: list[int], values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"year": year, **value} for year, value in zip(years, values, strict=True)]
