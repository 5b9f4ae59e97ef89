"""What may be asked: every parameter with its bounds, its sentence and an example.

Identifiers come from the editions. A parameter that is not here is refused, and
one that is given twice where one is meant (``addresses.refuse_strangers``).
"""

from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from reports.editions import EDITIONS
from reports.editions.bodies import BodyKind, Level
from reports.queries.indicators import indicators
from reports.queries.terms import LONGEST
from reports.sheet import TABLES

from .values import Flag, Moment, OneOf, Whole

PLACES = [place for edition in EDITIONS.values() for place in edition.places()]
KINDS = tuple(str(kind) for kind in BodyKind)
LEVELS = tuple(str(level) for level in Level)
TABLE_KEYS = tuple(TABLES.values())
LINES = tuple(dict.fromkeys(place.line for place in PLACES))
COLUMNS = tuple(dict.fromkeys(place.column for place in PLACES))
SLUG = r"^[-a-zA-Z0-9_]{1,80}$"
CODE = r"^[0-9]{1,12}$"
PRINTABLE = r"^[^\x00-\x1f]*$"


def said(description: str, *examples: Any, **bounds: Any) -> Any:
    """A field's metadata; every one has its sentence."""
    return Field(description=description, examples=list(examples) or None, **bounds)


Year = Annotated[Whole, Field(ge=1000, le=2999)]
Slug = Annotated[str, Field(pattern=SLUG)]
Code = Annotated[str, Field(pattern=CODE)]
EditionKey = Annotated[Whole, OneOf(tuple(EDITIONS))]
Kind = Annotated[str, OneOf(KINDS)]


class Question(Schema):
    """Which page of a list, and how long it may be."""

    limit: Annotated[Whole, said("每页最多多少条", ge=1, le=100)] = 50
    cursor: Annotated[
        str, said("上一页 next 给出的游标，原样带回；不要自己构造", max_length=500)
    ] = ""


class AgenciesAsked(Question):
    kind: Annotated[Kind | None, said("机关性质的标识", "department")] = None
    region: Annotated[Code | None, said("行政区划代码：该区划和它下面各级区划的机关", "990100")] = (
        None
    )
    parent: Annotated[Slug | None, said("上级机关的标识：只要它的直接下级")] = None
    below: Annotated[Slug | None, said("机关的标识：它和它下面各级机关")] = None
    name: Annotated[
        str | None,
        said(
            "全称、简称或曾用名里的字词，空格分开的都要有；只有一个字的，要以它开头",
            "档案局",
            min_length=1,
            max_length=LONGEST,
            pattern=PRINTABLE,
        ),
    ] = None


class DivisionsAsked(Question):
    level: Annotated[Annotated[str, OneOf(LEVELS)] | None, said("区划级别的标识", "county")] = None
    parent: Annotated[Code | None, said("上级区划的代码：只要它的直接下级")] = None


class ReportsOf(Question):
    """What reports and figures are narrowed by alike."""

    year: Annotated[
        list[Year], said("报告年度；可以写多次，如 year=2023&year=2024", [2024], max_length=50)
    ] = []
    agency: Annotated[Slug | None, said("机关的标识：只要这一个机关")] = None
    below: Annotated[Slug | None, said("机关的标识：它和它下面各级机关")] = None
    region: Annotated[Code | None, said("行政区划代码：该区划和它下面各级区划")] = None
    kind: Annotated[Kind | None, said("机关性质的标识", "town")] = None
    edition: Annotated[EditionKey | None, said("格式的标识", 2021)] = None
    as_printed: Annotated[
        Flag | None, said("true：只要照录的历史报告；false：只要本站填报的报告", False)
    ] = None


class ReportsAsked(ReportsOf):
    published_since: Annotated[
        Moment | None, said("在这一时刻或以后公布（含更正后重新公布）", "2025-01-01")
    ] = None
    published_until: Annotated[Moment | None, said("在这一时刻以前公布", "2026-01-01")] = None
    order: Annotated[
        Annotated[str, OneOf(("newest", "oldest"))],
        said("newest：最近公布的在前；oldest：最早公布的在前，适合持续跟踪"),
    ] = "newest"


class FiguresAsked(ReportsOf):
    table: Annotated[Annotated[str, OneOf(TABLE_KEYS)] | None, said("表的标识", "applications")] = (
        None
    )
    line: Annotated[
        list[Annotated[str, OneOf(LINES)]],
        said("行的标识；可以写多次。标识的含义见 /editions", ["received"], max_length=50),
    ] = []
    column: Annotated[
        list[Annotated[str, OneOf(COLUMNS)]],
        said("列的标识；可以写多次", ["total"], max_length=50),
    ] = []
    limit: Annotated[Whole, said("每页最多多少条", ge=1, le=1000)] = 500


class SearchAsked(Question):
    q: Annotated[
        str,
        said("检索词", "主动公开", min_length=1, max_length=LONGEST, pattern=PRINTABLE),
    ]
    year: Annotated[Year | None, said("报告年度", 2024)] = None
    kind: Annotated[Kind | None, said("机关性质的标识")] = None
    region: Annotated[Code | None, said("行政区划代码：该区划和它下面各级区划")] = None
    order: Annotated[
        Annotated[str, OneOf(("relevance", "newest"))],
        said("relevance：最相关的在前，只排最近的若干份；newest：年度新的在前，全部列出"),
    ] = "relevance"
    limit: Annotated[Whole, said("每页最多多少条", ge=1, le=100)] = 20


class SeriesAsked(Schema):
    indicator: Annotated[
        list[Annotated[str, OneOf(tuple(indicators()))]],
        said("指标的标识；可以写多次，不写就是全部", ["received"], max_length=50),
    ] = []


class StatisticsAsked(SeriesAsked):
    kind: Annotated[Kind | None, said("机关性质的标识：只合计这一种机关", "town")] = None


class AgencyPath(Schema):
    slug: Annotated[Slug, said("机关的标识")]


class DivisionPath(Schema):
    code: Annotated[Code, said("行政区划代码")]


class RegionPath(DivisionPath):
    year: Annotated[Year, said("报告年度", 2024)]


class ReportPath(AgencyPath):
    year: Annotated[Year, said("报告年度", 2024)]


class VersionPath(ReportPath):
    number: Annotated[Whole, said("第几版", 1, ge=1, le=32767)]


class EditionPath(Schema):
    edition: Annotated[EditionKey, said("格式的标识", 2021)]
