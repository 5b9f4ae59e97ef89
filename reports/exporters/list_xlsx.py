"""A list for a spreadsheet: a title, a head that stays in sight, a row for each thing."""

from collections.abc import Iterable, Sequence
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from .archive import printable
from .xlsx import (
    BORDER,
    CENTERED,
    FONT,
    HEADING,
    LEFT,
    LINE,
    SHADED,
    fit_pages,
    lines_of,
    text_into,
    write,
)

BOLD = Font(name="宋体", size=10.5, bold=True)
FIRST = 3  # the row of the head, below the title and an empty row


class Column(NamedTuple):
    """``middle`` centers what stands in it, and counts it as a number if it is one."""

    title: str
    width: float
    middle: bool = False


def start(page: Worksheet, title: str, columns: Sequence[Column]) -> None:
    """Title and head, which stay in sight and come again on each printed page."""
    write(page, 1, 1, title).font = HEADING
    for number, column in enumerate(columns, 1):
        as_head(write(page, FIRST, number, column.title))
    lay_out(page, columns)


def as_head(cell: Cell) -> Cell:
    cell.font, cell.border, cell.fill, cell.alignment = BOLD, BORDER, SHADED, CENTERED
    return cell


def lay_out(page: Any, columns: Sequence[Column]) -> None:
    """The widths, and the head that stays."""
    for number, column in enumerate(columns, 1):
        page.column_dimensions[get_column_letter(number)].width = column.width
    page.freeze_panes = f"A{FIRST + 1}"
    page.print_title_rows = f"{FIRST}:{FIRST}"
    fit_pages(page, high=0)


def draw_row(page: Worksheet, row: int, columns: Sequence[Column], texts: Sequence[str]) -> None:
    """Figures as numbers only where the column counts; what was quoted stays text."""
    lines = 1
    for number, (column, text) in enumerate(zip(columns, texts, strict=True), 1):
        cell = styled(write(page, row, number, text), column)
        if counts(column, text):
            cell.value = int(text)
        lines = max(lines, lines_of(text, column.width))
    page.row_dimensions[row].height = LINE * lines + 3


def styled(cell: Cell, column: Column) -> Cell:
    cell.font, cell.border = FONT, BORDER
    cell.alignment = CENTERED if column.middle else LEFT
    return cell


def counts(column: Column, text: str) -> bool:
    """Whether the text is a number that may be counted with."""
    return column.middle and text.removeprefix("-").isdecimal()


def filtered(page: Any, columns: Sequence[Column], last: int) -> None:
    """The head's own filters, over every row."""
    page.auto_filter.ref = f"A{FIRST}:{get_column_letter(len(columns))}{max(last, FIRST)}"


def draw_list(
    name: str, title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, by: str
) -> bytes:
    """A workbook of one sheet with the rows, in their order.

    Written as it comes, one cell of each column serving all rows: the style of
    every cell by itself took most of the time of five thousand rows.
    """
    book = Workbook(write_only=True)
    page = book.create_sheet(name)
    lay_out(page, columns)
    heading = text_into(WriteOnlyCell(page), title)
    heading.font = HEADING
    page.append([heading])
    page.append([])
    page.append([as_head(text_into(WriteOnlyCell(page), column.title)) for column in columns])
    cells = [styled(WriteOnlyCell(page), column) for column in columns]
    row, high = FIRST, cache(lines_of)  # most texts stand in many rows
    for row, texts in enumerate(rows, FIRST + 1):
        lines = 1
        for cell, column, text in zip(cells, columns, texts, strict=True):
            if counts(column, text):
                cell.value = int(text)
            else:
                text_into(cell, text)
            lines = max(lines, high(text, column.width))
        page.row_dimensions[row].height = LINE * lines + 3
        page.append(cells)
    filtered(page, columns, row)
    book.properties.title = printable(title)
    book.properties.creator = printable(by)
    book.properties.language = "zh-CN"
    file = BytesIO()
    book.save(file)
    return file.getvalue()
