"""A list of findings for Word and WPS, on A4 across, in the type of the house's documents."""

from io import BytesIO

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

from .archive import printable
from .document import Document
from .docx import TYPE
from .docx_page import name_fallbacks, set_page, set_styles
from .docx_table import cell_of, insert, new_row, new_table
from .finding_list import (
    COLUMNS,
    SIGNATURES,
    TITLE,
    CheckedReport,
    FindingList,
    cells_of,
    facts_of,
    finished,
)

MARGIN = 20  # mm, left and right
WIDTHS = (600, 2200, 3800, 2600, 1150, 1100, 750, 2370)  # twips, of COLUMNS: 257 mm in all
MIDDLE = (0, 4, 5, 6)  # the columns with a word or a number
FACT_WIDTHS = (1500, 5785, 1500, 5785)


def draw(found: FindingList) -> Document:
    word = new_document()
    set_styles(word)
    set_page(word, draft=False)
    lay_across(word)
    name_fallbacks(word)
    for number, report in enumerate(found.reports):
        add_report(word, found, report, anew=number > 0)
    properties = word.core_properties
    properties.title, properties.author = TITLE, printable(found.by)[:255]
    properties.created = properties.modified = found.at.replace(tzinfo=None)
    properties.language, properties.comments = "zh-CN", ""
    file = BytesIO()
    word.save(file)
    return finished(found, "docx", TYPE, file.getvalue())


def lay_across(word: WordDocument) -> None:
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin, section.bottom_margin = Mm(22), Mm(22)
    section.header_distance, section.footer_distance = Mm(12), Mm(12)


def add_report(
    word: WordDocument, found: FindingList, report: CheckedReport, *, anew: bool
) -> None:
    title = word.add_paragraph(TITLE, style="Title")
    title.paragraph_format.page_break_before = anew
    title.paragraph_format.space_after = Pt(10)
    add_facts(word, found, report)
    if report.entries:
        word.add_paragraph().paragraph_format.line_spacing = Pt(8)
        add_entries(word, report)
    for note in report.notes:
        word.add_paragraph(printable(f"读取说明：{note}")).paragraph_format.line_spacing = Pt(22)
    add_signatures(word)


def add_facts(word: WordDocument, found: FindingList, report: CheckedReport) -> None:
    facts = list(facts_of(found, report))
    grid = new_table(FACT_WIDTHS)
    for pair in zip(facts[::2], facts[1::2], strict=True):
        row = new_row(header=False)
        for text, width in zip((text for fact in pair for text in fact), FACT_WIDTHS, strict=True):
            row.append(cell_of(text, width, 1, "", left=True))
        grid.append(row)
    insert(word, grid)


def add_entries(word: WordDocument, report: CheckedReport) -> None:
    grid = new_table(WIDTHS)
    rows: list[tuple[bool, tuple[str, ...]]] = [(True, COLUMNS)]
    rows += [(False, cells_of(number, each)) for number, each in enumerate(report.entries, 1)]
    for header, texts in rows:
        row = new_row(header=header)
        for column, (text, width) in enumerate(zip(texts, WIDTHS, strict=True)):
            left = not header and column not in MIDDLE
            row.append(cell_of(text, width, 1, "", left=left))
        grid.append(row)
    insert(word, grid)


def add_signatures(word: WordDocument) -> None:
    for number in range(0, len(SIGNATURES), 2):
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(8)
        paragraph.paragraph_format.keep_together = True
        paragraph.paragraph_format.keep_with_next = number + 2 < len(SIGNATURES)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(130))
        paragraph.add_run("\t".join(SIGNATURES[number : number + 2]))
