"""A region's statistics: its year, the regions in it, its bodies, and the years before."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.editions.bodies import BodyKind, Level
from reports.exporters.linked_figures import of_region
from reports.models import Division
from reports.queries import listings, regions
from reports.queries.indicators import SHARED, Family, families, indicators, why_not
from reports.queries.region_bodies import bodies_in, standing_of, without_region
from reports.queries.regions import Row, Statistics

from . import kept
from .asked_once import site_of
from .asking import key_in
from .context import address_of
from .figures import REASONS, Drawn, Heading, Table, Values, as_csv, family_chart, table_of

PAGE = 200
HEADS = (
    "范围",
    "名称",
    "年度",
    "机关性质",
    "机关数",
    "已公布",
    "指标编号",
    "指标",
    "单位",
    "数值",
    "空白格数",
    "没有数值的原因",
)
MOST_ROWS = 60  # of regions in a chart; the table has them all


@require_safe
def entrance(request: HttpRequest) -> HttpResponseBase:
    context = {
        "place": "statistics",
        "entries": [(each, Level(each.level).label) for each in regions.entries()],
        "without_region": without_region(),
    }
    return kept.answer(request, render(request, "public/statistics.html", context))


@require_safe
def newest(request: HttpRequest, code: str) -> HttpResponse:
    """To the newest year for which there is anything, or to the way in."""
    division = found(code)
    years = regions.years_of(division)
    if not years:
        return redirect("public:statistics")
    return redirect("public:region_year", code, years[0])


def found(code: str) -> Division:
    division = regions.division_of(code)
    if division is None:
        raise Http404
    return division


def kind_asked(request: HttpRequest) -> str:
    kind = request.GET.get("kind", "")
    return kind if kind in set(BodyKind) else ""


@require_safe
def statistics(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    division, kind = found(code), kind_asked(request)
    said = regions.statistics_of(division, year, kind)
    bodies, after = bodies_in(division, year, kind), key_in(request.GET)
    page = listings.following(bodies, after, PAGE)
    history = history_of(said)
    context = {
        "place": "statistics",
        "said": said,
        "level": division.get_level_display(),
        "kind_label": BodyKind(kind).label if kind else "",
        "kind_choices": choices(said),
        "query": urlencode({"kind": kind}) if kind else "",
        "blocks": [block(each, history) for each in families()] if said.history else [],
        "inside": inside(said) if said.regions else None,
        "kinds": tables_of("机关性质", said, said.kinds) if len(said.kinds) > 1 else [],
        "share": family_of(SHARED).parts[0],
        "editions": [(f"{key}年版", count) for key, count in said.editions.items()],
        "page": page,
        "is_first": after is None,
        "bodies_count": bodies.count(),
        "bodies": standing_of(page.agencies, year),
        "why_not": why_not(),
        "linked": of_region(
            site_of(request),
            address_of(request),
            code,
            said.region.name,
            year,
            data=bool(said.coverage.published or said.history),
        ),
    }
    return kept.answer(request, render(request, "public/region.html", context))


def family_of(key: str) -> Family:
    return next(each for each in families() if each.key == key)


def choices(said: Statistics) -> list[tuple[str, str, bool]]:
    """(label, query, whether it is shown) of all kinds together and of each kind."""
    kinds = [("", "全部"), *((str(each), each.label) for each in BodyKind)]
    return [(label, f"?kind={key}" if key else "?", key == said.kind) for key, label in kinds]


def history_of(said: Statistics) -> list[tuple[Heading, Values]]:
    """Each year of the region, with how many reports it sums."""
    return [
        (
            Heading(
                str(year),
                "",
                (f"{reports:,} 份报告" if reports else "没有生效的报告",),
                reverse("public:region_year", args=[said.region.code, year]),
            ),
            values,
        )
        for year, reports, values in said.history
    ]


def block(family: Family, history: list[tuple[Heading, Values]]) -> dict[str, object]:
    return {
        "family": family,
        "charts": family_chart(family.key, family, history),
        "table": table_of(family, "年度", history),
    }


def inside(said: Statistics) -> dict[str, object]:
    """The regions directly in it, by their codes: a chart of what was received, and tables."""
    told = rows_told(said, said.regions)
    charts: list[Drawn] = []
    are_many = len(told) > MOST_ROWS
    if not are_many:
        charts = family_chart("inside", family_of("outcomes"), told, in_rows=True)
    return {
        "charts": charts,
        "are_many": are_many,
        "tables": tables_of("地区", said, said.regions),
        "rows": said.regions,
    }


def tables_of(corner: str, said: Statistics, rows: tuple[Row, ...]) -> list[Table]:
    told = rows_told(said, rows)
    return [
        table_of(family_of(key), corner, told, f"{said.year}年度按{corner}：{family_of(key).label}")
        for key in ("received", "outcomes", SHARED)
    ]


def rows_told(said: Statistics, rows: tuple[Row, ...]) -> list[tuple[Heading, Values]]:
    return [(heading_of(said, each), each.values) for each in rows]


def heading_of(said: Statistics, row: Row) -> Heading:
    coverage = f"{row.coverage.bodies:,} 个机关中 {row.coverage.published:,} 个已公布"
    address = (
        reverse("public:region_year", args=[row.key, said.year])
        if row.key.isdecimal()
        else reverse("public:region_year", args=[said.region.code, said.year]) + f"?kind={row.key}"
    )
    return Heading(row.label, "", (coverage,), address)


@require_safe
def statistics_csv(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    said = regions.statistics_of(found(code), year, kind_asked(request))
    name = f"{said.region.name}{year}年度统计.csv"
    return as_csv(request, name, HEADS, lines_of(said))


def lines_of(said: Statistics) -> Iterator[tuple[object, ...]]:
    """Every value of the page on a line of its own: the region, those in it, and its kinds."""
    whole = Row(said.region.code, said.region.name, said.coverage, said.values)
    kind = BodyKind(said.kind).label if said.kind else "全部"
    for scope, rows in (("本地区", (whole,)), ("下级地区", said.regions), ("机关性质", said.kinds)):
        for row in rows:
            of_kind = row.label if scope == "机关性质" else kind
            name = said.region.name if scope == "机关性质" else row.label
            for key, indicator in indicators().items():
                value = row.values[key]
                yield (
                    scope, name, said.year, of_kind, row.coverage.bodies, row.coverage.published,
                    key, indicator.label, indicator.unit, value.number, value.blanks,
                    REASONS.get(value.why, ""),
                )  # fmt: skip
