"""A list of findings for a spreadsheet: a row for each finding, a row for each report."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from .document import Document
from .finding_list import COLUMNS, NAME, SIGNATURES, TITLE, FindingList, cells_of, finished
from .xlsx import BORDER, CENTERED, FONT, HEADING, LEFT, LINE, SHADED, TYPE, fit_pages, lines_of
from .xlsx import write as write_text

SUMMARY = "汇总"
WHOSE = (("机关", 20.0), ("年度", 8.0))
WIDTHS = (6.0, 24.0, 44.0, 30.0, 14.0, 10.0, 7.0, 30.0)  # of COLUMNS
SUMMARY_COLUMNS = (
    ("序号", 6.0), ("机关", 28.0), ("年度", 8.0), ("格式", 20.0), ("文件", 34.0),
    ("应当改正", 10.0), ("需要说明", 10.0), ("提示", 8.0), ("结果", 40.0),
)  # fmt: skip
KINDS = ("error", "explain", "hint")
MIDDLE = {"序号", "年度", "等级", "代码", "应当改正", "需要说明", "提示"}
FIRST = 3


def draw(found: FindingList) -> Document:
    book = Workbook()
    book.remove(book.worksheets[0])
    draw_entries(book.create_sheet(NAME), found)
    draw_summary(book.create_sheet(SUMMARY), found)
    book.properties.title = TITLE
    book.properties.creator = found.by
    book.properties.language = "zh-CN"
    file = BytesIO()
    book.save(file)
    return finished(found, "xlsx", TYPE, file.getvalue())


def draw_entries(page: Worksheet, found: FindingList) -> None:
    columns = (COLUMNS[0], *(name for name, _ in WHOSE), *COLUMNS[1:])
    widths = (WIDTHS[0], *(width for _, width in WHOSE), *WIDTHS[1:])
    start(page, TITLE, columns, widths)
    row = FIRST
    for report in found.reports:
        for entry in report.entries:
            row += 1
            number, *rest = cells_of(row - FIRST, entry)
            year = str(report.year) if report.year else ""
            draw_row(page, row, columns, widths, (number, report.agency, year, *rest))
    if row == FIRST:
        write_text(page, row + 1, 1, found.reports[0].summary).font = FONT
    page.auto_filter.ref = f"A{FIRST}:{get_column_letter(len(columns))}{max(row, FIRST)}"
    for offset, text in enumerate(SIGNATURES):
        write_text(page, max(row, FIRST + 1) + 2 + offset, 2, text).font = FONT


def draw_summary(page: Worksheet, found: FindingList) -> None:
    columns, widths = (tuple(each) for each in zip(*SUMMARY_COLUMNS, strict=True))
    start(page, f"{SUMMARY}：{found.checked}", columns, widths)
    for number, report in enumerate(found.reports, 1):
        counts = (str(report.count(kind)) for kind in KINDS)
        year = str(report.year) if report.year else ""
        texts = (str(number), report.agency, year, report.edition, report.document,
                 *counts, report.summary)  # fmt: skip
        draw_row(page, FIRST + number, columns, widths, texts)
    page.auto_filter.ref = f"A{FIRST}:{get_column_letter(len(columns))}{FIRST + len(found.reports)}"


def start(page: Worksheet, title: str, columns: tuple[str, ...], widths: tuple[float, ...]) -> None:
    """Title and head, which stay in sight and come again on each printed page."""
    write_text(page, 1, 1, title).font = HEADING
    for column, (text, width) in enumerate(zip(columns, widths, strict=True), 1):
        cell = write_text(page, FIRST, column, text)
        cell.font, cell.border, cell.fill = Font(name="宋体", size=10.5, bold=True), BORDER, SHADED
        cell.alignment = CENTERED
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = f"A{FIRST + 1}"
    page.print_title_rows = f"{FIRST}:{FIRST}"
    fit_pages(page, high=0)


def draw_row(
    page: Worksheet,
    row: int,
    columns: tuple[str, ...],
    widths: tuple[float, ...],
    texts: tuple[str, ...],
) -> None:
    """Figures as numbers only where the column counts; what was quoted stays text."""
    lines = 1
    for column, (name, width, text) in enumerate(zip(columns, widths, texts, strict=True), 1):
        cell = write_text(page, row, column, text)
        if name in MIDDLE and text.isdecimal():
            cell.value = int(text)
        cell.font, cell.border = FONT, BORDER
        cell.alignment = CENTERED if name in MIDDLE else LEFT
        lines = max(lines, lines_of(text, width))
    page.row_dimensions[row].height = LINE * lines + 3
