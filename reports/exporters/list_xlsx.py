"""A list for a spreadsheet: a title, a head that stays in sight, a row for each thing."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from .archive import printable
from .xlsx import BORDER, CENTERED, FONT, HEADING, LEFT, LINE, SHADED, fit_pages, lines_of, write

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
        cell = write(page, FIRST, number, column.title)
        cell.font, cell.border, cell.fill = Font(name="宋体", size=10.5, bold=True), BORDER, SHADED
        cell.alignment = CENTERED
        page.column_dimensions[get_column_letter(number)].width = column.width
    page.freeze_panes = f"A{FIRST + 1}"
    page.print_title_rows = f"{FIRST}:{FIRST}"
    fit_pages(page, high=0)


def draw_row(page: Worksheet, row: int, columns: Sequence[Column], texts: Sequence[str]) -> None:
    """Figures as numbers only where the column counts; what was quoted stays text."""
    lines = 1
    for number, (column, text) in enumerate(zip(columns, texts, strict=True), 1):
        cell = write(page, row, number, text)
        if column.middle and text.removeprefix("-").isdecimal():
            cell.value = int(text)
        cell.font, cell.border = FONT, BORDER
        cell.alignment = CENTERED if column.middle else LEFT
        lines = max(lines, lines_of(text, column.width))
    page.row_dimensions[row].height = LINE * lines + 3


def filtered(page: Worksheet, columns: Sequence[Column], last: int) -> None:
    """The head's own filters, over every row."""
    page.auto_filter.ref = f"A{FIRST}:{get_column_letter(len(columns))}{max(last, FIRST)}"


def draw_list(
    name: str, title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, by: str
) -> bytes:
    """A workbook of one sheet with the rows, in their order."""
    book = Workbook()
    book.remove(book.worksheets[0])
    page = book.create_sheet(name)
    start(page, title, columns)
    row = FIRST
    for row, texts in enumerate(rows, FIRST + 1):
        draw_row(page, row, columns, texts)
    filtered(page, columns, row)
    book.properties.title = printable(title)
    book.properties.creator = printable(by)
    book.properties.language = "zh-CN"
    file = BytesIO()
    book.save(file)
    return file.getvalue()
