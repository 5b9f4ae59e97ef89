"""A 汇总表 for a spreadsheet: what was summed, a sheet for each table of each form, the lists."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from .archive import printable
from .document import Document
from .rollup import NO_REPORT, Listing, Paper
from .xlsx import (
    BORDER,
    CENTERED,
    FONT,
    HEADING,
    LEFT,
    LINE,
    SHADED,
    TOP,
    TYPE,
    draw_table,
    fit_pages,
    lines_of,
    write,
)

ABOUT = "说明"
ABOUT_WIDTH = 100.0
WIDEST = 31  # characters of a sheet's name
WIDTH = 24.0  # of a list's column; the first holds a body's name
FIRST_WIDTH = 40.0


def draw(paper: Paper) -> Document:
    book = Workbook()
    book.remove(book.worksheets[0])
    draw_about(book.create_sheet(ABOUT), paper)
    for form in paper.forms:
        for part in form.tables:
            assert part.table is not None
            draw_table(book.create_sheet(f"{form.name} {part.title}"[:WIDEST]), part, part.table)
    for listing in paper.listings:
        draw_listing(book.create_sheet(listing.heading[:WIDEST]), listing)
    book.properties.title = printable(paper.title)
    book.properties.creator = printable(paper.agency)
    book.properties.language = "zh-CN"
    file = BytesIO()
    book.save(file)
    return paper.finished("xlsx", TYPE, file.getvalue())


def draw_about(page: Worksheet, paper: Paper) -> None:
    page.column_dimensions["A"].width = ABOUT_WIDTH
    said = (NO_REPORT, *paper.notes, *(note for form in paper.forms for note in form.notes))
    write(page, 1, 1, paper.title).font = HEADING
    for number, text in enumerate(said, 3):
        cell = write(page, number, 1, text)
        cell.font, cell.alignment = FONT, TOP
        page.row_dimensions[number].height = LINE * lines_of(text, ABOUT_WIDTH) + 3
    fit_pages(page, high=0)


def draw_listing(page: Worksheet, listing: Listing) -> None:
    """A row for each body; numbers as numbers."""
    for column, text in enumerate(listing.columns, 1):
        cell = write(page, 1, column, text)
        cell.font, cell.fill, cell.border, cell.alignment = FONT, SHADED, BORDER, CENTERED
        page.column_dimensions[get_column_letter(column)].width = (
            FIRST_WIDTH if column == 1 else WIDTH
        )
    for number, texts in enumerate(listing.rows, 2):
        for column, text in enumerate(texts, 1):
            cell = write(page, number, column, text)
            if text.isdecimal():
                cell.value = int(text)
            cell.font, cell.border = FONT, BORDER
            cell.alignment = LEFT if column == 1 else CENTERED
    if not listing.rows:
        write(page, 2, 1, listing.nothing).font = FONT
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    fit_pages(page, high=0)
