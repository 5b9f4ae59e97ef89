"""Published figures, a row for each report and cell."""

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from reports.queries.open_figures import Cells, Row, rows
from reports.sheet import TABLES, json_number, name_of

from .answers import FigureRow, Page
from .paging import cursor_behind, key_in, next_link
from .questions import FiguresAsked
from .reports import wanted

router = Router(tags=["数据"])


@router.get("/figures", response=Page[FigureRow], summary="数据项的列表")
def figures(request: HttpRequest, response: HttpResponse, asked: Query[FiguresAsked]) -> object:
    """每份现行报告的每个数据项一行，按文本形成的先后和印制的顺序排列。空白是 null，不是零。"""
    cells = Cells(asked.table or "", tuple(asked.line), tuple(asked.column))
    key = key_in(asked)
    behind = (int(key[0]), int(key[1])) if key else None
    found, more = rows(wanted(asked).texts(), cells, asked.limit, behind)
    cursor = cursor_behind(asked, found[-1].key) if more else ""
    items = [row_of(each) for each in found]
    return Page[FigureRow](items=items, next=next_link(request, response, cursor))


def row_of(row: Row) -> FigureRow:
    text, place = row.revision, row.place
    division = text.report.agency.division
    return FigureRow.model_construct(
        agency=text.report.agency.slug,
        agency_name=text.agency_name,
        division=division.code if division else None,
        year=text.report.year,
        edition=text.edition,
        version=text.number,
        as_printed=text.as_printed,
        name=name_of(place),
        table=TABLES[place.part],
        line=place.line,
        column=place.column,
        line_label=place.line_label,
        column_label=place.column_label,
        kind=place.kind.value,
        value=json_number(row.number),
    )
