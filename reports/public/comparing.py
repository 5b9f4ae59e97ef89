"""Bodies side by side, over the years and for one year. They stand in the tree's order, not by value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.models import Agency
from reports.queries import listings
from reports.queries.indicators import Family, Indicator, families, why_not
from reports.queries.series import AgencySeries, series_together

from . import kept
from .asking import LONGEST
from .figures import (
    Drawn,
    Heading,
    Table,
    TableRow,
    Values,
    as_csv,
    cell,
    data_of,
    family_chart,
    small,
    table_of,
)
from .trends import HEADS, lines_of, told_by

MOST = 6
FOUND = 20


@dataclass(frozen=True)
class Compared:
    """What the address asks for: bodies by slug, one year, one family of indicators, a name."""

    slugs: tuple[str, ...]
    year: int | None
    family: Family
    words: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        said, show = query.get("year", ""), query.get("show", "")
        slugs = tuple(dict.fromkeys(each for each in query.getlist("agency") if each.isascii()))
        shown = next((each for each in families() if each.key == show), families()[0])
        words = query.get("q", "").replace("\x00", "").strip()[:LONGEST]
        year = int(said) if said.isascii() and said.isdecimal() and len(said) == 4 else None
        return cls(tuple(each for each in slugs if "\x00" not in each), year, shown, words)

    def query(self, slugs: Sequence[str] | None = None, **said: object) -> str:
        """The address's query for the same question with something else asked."""
        asked = {"year": self.year, "show": self.family.key} | said
        pairs = [("agency", each) for each in (self.slugs if slugs is None else slugs)]
        pairs += [(name, str(value)) for name, value in asked.items() if value]
        return urlencode(pairs)


@dataclass(frozen=True)
class Side:
    """One of the bodies compared, with the address without it, and its charts over the years."""

    series: AgencySeries
    without: str
    charts: Sequence[Drawn]


@require_safe
def compare(request: HttpRequest) -> HttpResponseBase:
    asked = Compared.of(request.GET)
    found = list(listings.compared(asked.slugs))
    chosen = found[:MOST]
    slugs = [each.slug for each in chosen]
    series = series_together(chosen)
    years = [each.year for each in series[0].years] if series else []
    year = asked.year if asked.year in years else newest(series)
    context = {
        "place": "compare",
        "asked": asked,
        "slugs": slugs,
        "most": MOST,
        "unknown": sorted(set(asked.slugs) - {each.slug for each in found}),
        "left_out": found[MOST:],
        "sides": sides(asked, series),
        "year": year,
        "years": [(each, asked.query(slugs, year=each)) for each in years],
        "families": [(each, asked.query(slugs, year=year, show=each.key)) for each in families()],
        "found": candidates(asked, slugs) if asked.words else [],
        "is_full": len(slugs) >= MOST,
        "over_years": [over_years(each, series) for each in indicators_of(asked.family)],
        "one_year": one_year(asked.family, series, year) if year else None,
        "why_not": why_not(),
        "csv_query": urlencode([("agency", each) for each in slugs]),
    }
    return kept.answer(request, render(request, "public/compare.html", context))


def newest(series: Sequence[AgencySeries]) -> int | None:
    """The last year of which any of them has a report in force."""
    return max((y.year for each in series for y in each.years if y.is_in_force), default=None)


def candidates(asked: Compared, slugs: Sequence[str]) -> list[tuple[Agency, str]]:
    """Bodies of that name that are not compared yet, each with the address that adds it."""
    named = listings.agencies_named(asked.words).exclude(slug__in=slugs)[:FOUND]
    return [(each, asked.query([*slugs, each.slug])) for each in named]


def indicators_of(family: Family) -> tuple[Indicator, ...]:
    """What is compared over the years: the total alone, or each member where there is none."""
    return (family.total,) if family.total else family.parts


def sides(asked: Compared, series: Sequence[AgencySeries]) -> list[Side]:
    slugs = [each.slug for each in series]
    tops = {
        each.key: most(each, series) for each in indicators_of(asked.family) if not each.is_share
    }
    return [
        Side(
            each,
            asked.query([slug for slug in slugs if slug != each.slug]),
            [
                small_chart(f"over-{at}-{indicator.key}", each, indicator, tops.get(indicator.key))
                for indicator in indicators_of(asked.family)
                if any(year.is_in_force for year in each.years)
            ],
        )
        for at, each in enumerate(series)
    ]


def most(indicator: Indicator, series: Sequence[AgencySeries]) -> int:
    """The largest value of all, at which the scale of each of their charts ends."""
    numbers = [value.number or 0 for each in series for value in each.of(indicator.key)]
    return int(max(numbers, default=0))


def small_chart(key: str, series: AgencySeries, indicator: Indicator, top: int | None) -> Drawn:
    title = f"{series.name}：{indicator.label}"
    return small(key, data_of(title, [indicator], indicator, told_by(series), top))


def over_years(indicator: Indicator, series: Sequence[AgencySeries]) -> Table:
    """A row for each body, a column for each year."""
    years = [str(each.year) for each in series[0].years] if series else []
    return Table(
        f"{indicator.label}（{indicator.unit}）",
        "机关",
        tuple(years),
        tuple(
            TableRow(each.name, tuple(cell(value, indicator) for value in each.of(indicator.key)))
            for each in series
        ),
    )


def one_year(
    family: Family, series: Sequence[AgencySeries], year: int
) -> tuple[list[Drawn], Table]:
    """The bodies below each other for one year: the family's parts, and their table."""
    told: list[tuple[Heading, Values]] = []
    for each in series:
        heading, values = next(pair for pair in told_by(each) if pair[0].label == str(year))
        told.append((Heading(each.name, "", heading.notes, heading.address), values))
    charts = family_chart("year", family, told, in_rows=True)
    return charts, table_of(family, "机关", told, f"{year}年度：{family.label}")


@require_safe
def compare_csv(request: HttpRequest) -> HttpResponseBase:
    asked = Compared.of(request.GET)
    chosen = list(listings.compared(asked.slugs))[:MOST]
    return as_csv(request, "机关比较数据.csv", HEADS, every_line(series_together(chosen)))


def every_line(series: Sequence[AgencySeries]) -> Iterator[tuple[object, ...]]:
    for each in series:
        yield from lines_of(each)
