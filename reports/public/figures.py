"""Values as readers see them: in words, as the table beside a chart, and as the chart's data."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from reports.exporters.chart_columns import columns, line
from reports.exporters.chart_rows import rows
from reports.exporters.charts import NARROW, WIDE, Chart, Data, Item, Point
from reports.exporters.csv import TYPE, harmless
from reports.queries.indicators import SHARE, Family, Indicator, Value

from . import kept

GAPS = {"no_report": "无", "blank": "空白", "nothing_closed": "—"}
REASONS = {
    "no_report": "没有生效的报告",
    "blank": "报告里是空白",
    "nothing_closed": "没有办结的申请，没有比例",
}
HUNDRED = 100  # where the scale of a share ends
Values = Mapping[str, Value]


@dataclass(frozen=True)
class Cell:
    text: str
    kind: str = ""  # "" for a number, else zero or gap
    title: str = ""


@dataclass(frozen=True)
class TableRow:
    """A row; ``address`` leads to what it is about, ``notes`` say what to mind of it."""

    label: str
    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True)
class Table:
    caption: str
    corner: str
    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]

    @property
    def has_notes(self) -> bool:
        return any(row.notes for row in self.rows)


@dataclass(frozen=True)
class Drawn:
    """A chart in two sizes with what it is called; ``key`` is unique on its page."""

    key: str
    data: Data
    wide: Chart | None  # None where it is narrow on any page
    narrow: Chart

    @property
    def sizes(self) -> tuple[tuple[str, Chart], ...]:
        wide = (("wide", self.wide),) if self.wide else ()
        return (*wide, ("narrow", self.narrow))


@dataclass(frozen=True)
class Heading:
    """What one item of a chart and one row of its table is about."""

    label: str
    part_of: str = ""
    notes: tuple[str, ...] = ()
    address: str = ""


def spoken(value: Value, indicator: Indicator) -> str:
    """The value in a chart or a table: 「1,234」, 「57.0%」, or the word for its absence."""
    if value.number is None:
        return GAPS[value.why]
    return f"{value.number:.1f}%" if indicator.is_share else f"{value.number:,}"


def cell(value: Value, indicator: Indicator) -> Cell:
    if value.number is None:
        return Cell(GAPS[value.why], "gap", REASONS[value.why])
    return Cell(spoken(value, indicator), "" if value.number else "zero")


def blanks_said(values: Values, family: Family) -> Iterator[str]:
    """That cells were left blank, where some were and others not."""
    whole = family.total or family.parts[0]
    blanks = values[whole.key].blanks if family.total or len(family.parts) == 1 else 0
    if blanks:
        yield f"{blanks} 格空白，未计入"


def table_of(
    family: Family, corner: str, told: Iterable[tuple[Heading, Values]], caption: str = ""
) -> Table:
    """A row for each heading, a column for each indicator of the family."""
    return Table(
        caption or family.label,
        corner,
        tuple(f"{each.label}（{each.unit}）" for each in family.indicators),
        tuple(
            TableRow(
                heading.label,
                tuple(cell(values[each.key], each) for each in family.indicators),
                (*heading.notes, *blanks_said(values, family)),
                heading.address,
            )
            for heading, values in told
        ),
    )


def data_of(
    title: str,
    parts: Sequence[Indicator],
    total: Indicator,
    told: Iterable[tuple[Heading, Values]],
    top: int | None = None,
) -> Data:
    """The chart's data: the parts of each item, and its total as it is written."""
    items = tuple(
        Item(
            heading.label,
            tuple(Point(values[each.key].number, spoken(values[each.key], each)) for each in parts),
            Point(values[total.key].number, spoken(values[total.key], total)),
            heading.part_of,
        )
        for heading, values in told
    )
    top = HUNDRED if total.is_share else top
    return Data(
        title, description(items), total.unit, tuple(each.label for each in parts), items, top
    )


def description(items: Iterable[Item]) -> str:
    """Every item with its number, for who hears the chart."""
    return "；".join(f"{each.label}：{each.total.said}" for each in items) + "。"


def drawn(key: str, data: Data, *, in_rows: bool = False) -> Drawn:
    """The chart for wide and for narrow pages: on the latter in rows, whatever it is."""
    shape = line if data.unit == SHARE else columns
    wide = None if in_rows else shape(data, WIDE)
    return Drawn(key, data, wide or rows(data, WIDE), rows(data, NARROW))


def small(key: str, data: Data) -> Drawn:
    """A chart that stands beside others of its kind: narrow on any page."""
    drawing = rows(data, NARROW)
    return Drawn(key, data, None, drawing)


def family_chart(
    key: str,
    family: Family,
    told: Sequence[tuple[Heading, Values]],
    title: str = "",
    *,
    in_rows: bool = False,
) -> list[Drawn]:
    """The family on one chart; where its members add up to nothing, one for each of them."""
    title = title or family.label
    if family.total:
        return [drawn(key, data_of(title, family.parts, family.total, told), in_rows=in_rows)]
    return [
        drawn(
            f"{key}-{each.key}",
            data_of(
                title if len(family.parts) == 1 else f"{title}：{each.label}", [each], each, told
            ),
            in_rows=in_rows,
        )
        for each in family.parts
    ]


def as_csv(
    request: HttpRequest, filename: str, heads: Sequence[str], lines: Iterable[Sequence[object]]
) -> HttpResponseBase:
    """A table for Excel and WPS: UTF-8 with BOM, no cell that could be a formula."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(heads)
    for each in lines:
        writer.writerow(["" if one is None else harmless(str(one)) for one in each])
    content = b"\xef\xbb\xbf" + file.getvalue().encode()
    response = HttpResponse(content, content_type=TYPE)
    named = content_disposition_header(True, filename)
    response.headers["Content-Disposition"] = named or "attachment"
    return kept.answer(request, response)
