"""The report for a spreadsheet: the tables with their cells merged as printed, then the text."""

from io import BytesIO
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.sheet import Sheet

from .archive import printable, without_time
from .csv import harmless
from .document import Document, Options, document
from .presentation import DrawnCell, DrawnPart, DrawnTable, Presentation, present
from .title import ems

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROSE = "文字部分"
THIN = Side(style="thin")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTERED = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
TOP = Alignment(vertical="top", wrap_text=True)
SHADED = PatternFill("solid", fgColor="F1F2F2")
HEADING = Font(name="宋体", size=14, bold=True)
FONT = Font(name="宋体", size=10.5)
WIDTHS = {"label-1": 16.0, "label-2": 12.0, "label-3": 34.0, "figure": 11.0}
PROSE_WIDTH = 100.0
LINE = 15.0  # points
FIRST = 3  # the row of a table's first line, below its heading and an empty row


def draw(sheet: Sheet, options: Options) -> Document:
    report = present(sheet)
    book = Workbook()
    book.remove(book.worksheets[0])
    for part in report.parts:
        if part.table:
            draw_table(book.create_sheet(part.title[:31]), part, part.table)
    draw_prose(book.create_sheet(PROSE), report)
    book.properties.title = printable(report.title)
    book.properties.creator = printable(sheet.agency)
    book.properties.language = "zh-CN"
    file = BytesIO()
    book.save(file)
    return document(sheet, "xlsx", TYPE, without_time(sheet, file.getvalue()))


def write(page: Worksheet, row: int, column: int, text: str) -> Cell:
    """A text cell: never a formula."""
    cell = page.cell(row, column)
    assert isinstance(cell, Cell)
    return text_into(cell, text)


def text_into(cell: Cell, text: str) -> Cell:
    cell.value = harmless(printable(text))
    cell.data_type = "s"
    return cell


def draw_table(page: Worksheet, part: DrawnPart, table: DrawnTable) -> None:
    write(page, 1, 1, part.title).font = HEADING
    for number, kind in enumerate(table.columns, 1):
        page.column_dimensions[get_column_letter(number)].width = WIDTHS[kind]
    for row in table.rows:
        for drawn in row:
            draw_cell(page, drawn)
    below = FIRST + len(table.rows) + 1
    for addition in part.additions:
        rows = (*((line,) for line in (addition.heading, addition.text) if line), *addition.rows)
        for offset, texts in enumerate(rows):
            for column, text in enumerate(texts, 1):
                write(page, below + offset, column, text).font = FONT
        below += len(rows) + 1
    set_heights(page, table)
    if table.head:
        page.freeze_panes = f"A{FIRST + len(table.head)}"
        page.print_title_rows = f"{FIRST}:{FIRST + len(table.head) - 1}"
    fit_pages(page, high=1)


def fit_pages(page: Worksheet, high: int) -> None:
    """One printed page wide, and ``high`` pages high (0: as many as it takes)."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = "9"  # A4
    page.page_setup.fitToHeight = high
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of so many half-width characters."""
    return max(1, ceil(2 * ems(text) / (width - 1)))


def set_heights(page: Worksheet, table: DrawnTable) -> None:
    """Rows as high as their text: no program does it by itself for merged cells."""
    for number, row in enumerate(table.rows):
        lines = 1
        for cell in row:
            if cell.rows == 1:
                kinds = table.columns[cell.spot.column : cell.spot.column + cell.columns]
                lines = max(lines, lines_of(cell.text, sum(WIDTHS[kind] for kind in kinds)))
        page.row_dimensions[FIRST + number].height = LINE * lines + 3


def draw_cell(page: Worksheet, drawn: DrawnCell) -> None:
    top, left = FIRST + drawn.spot.row, drawn.spot.column + 1
    bottom, right = top + drawn.rows - 1, left + drawn.columns - 1
    cell = write(page, top, left, drawn.text + drawn.unit)
    if drawn.number is not None:
        cell.value = drawn.number
    elif not drawn.text:
        cell.value = None
    for across in page.iter_rows(top, bottom, left, right):
        for each in across:
            each.border = BORDER
    cell.font = FONT
    cell.alignment = CENTERED if drawn.place or drawn.scope == "col" else LEFT
    if drawn.scope == "colgroup" and drawn.spot.section < 0:
        cell.alignment = CENTERED
    if not drawn.place:
        cell.fill = SHADED
    if (top, left) != (bottom, right):
        page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def draw_prose(page: Worksheet, report: Presentation) -> None:
    """One paragraph a row beside its part's heading; the title first, the signature last."""
    rows = [("", report.title)]
    preface = report.sheet.edition.parts[0].title
    rows += [(preface, each.text) for each in report.preface]
    for part in report.parts:
        rows += [(part.title, each.text) for each in part.paragraphs]
    rows += [("", text) for text in (report.signed_by, report.signed_on) if text]
    page.column_dimensions["A"].width = 28
    page.column_dimensions["B"].width = PROSE_WIDTH
    for number, texts in enumerate(rows, 1):
        for column, text in enumerate(texts, 1):
            cell = write(page, number, column, text)
            cell.font, cell.alignment = FONT, TOP
        page.row_dimensions[number].height = LINE * lines_of(texts[1], PROSE_WIDTH) + 3
    fit_pages(page, high=0)
    page["B1"].font = HEADING
