"""A list of findings for a spreadsheet: a row for each finding, a row for each report."""

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from .document import Document
from .finding_list import COLUMNS, NAME, SIGNATURES, TITLE, FindingList, cells_of, finished
from .list_xlsx import FIRST, Column, draw_row, filtered, start
from .xlsx import FONT, TYPE
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
    first, *others = zip(COLUMNS, WIDTHS, strict=True)
    columns = columns_of((first, *WHOSE, *others))
    start(page, TITLE, columns)
    row = FIRST
    for report in found.reports:
        for entry in report.entries:
            row += 1
            number, *rest = cells_of(row - FIRST, entry)
            year = str(report.year) if report.year else ""
            draw_row(page, row, columns, (number, report.agency, year, *rest))
    if row == FIRST:
        write_text(page, row + 1, 1, found.reports[0].summary).font = FONT
    filtered(page, columns, row)
    for offset, text in enumerate(SIGNATURES):
        write_text(page, max(row, FIRST + 1) + 2 + offset, 2, text).font = FONT


def draw_summary(page: Worksheet, found: FindingList) -> None:
    columns = columns_of(SUMMARY_COLUMNS)
    start(page, f"{SUMMARY}：{found.checked}", columns)
    for number, report in enumerate(found.reports, 1):
        counts = (str(report.count(kind)) for kind in KINDS)
        year = str(report.year) if report.year else ""
        texts = (str(number), report.agency, year, report.edition, report.document,
                 *counts, report.summary)  # fmt: skip
        draw_row(page, FIRST + number, columns, texts)
    filtered(page, columns, FIRST + len(found.reports))


def columns_of(widths: Iterable[tuple[str, float]]) -> tuple[Column, ...]:
    return tuple(Column(title, width, title in MIDDLE) for title, width in widths)
