"""The report for Word and WPS by GB/T 9704-2012, for editing and for the official typefaces.

Its readers have 方正小标宋, 仿宋_GB2312 and 楷体_GB2312; the document names them. Headings are
real heading styles, tables keep their printed spans and repeat their header rows.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from reports.editions.wording import EXPLANATIONS
from reports.sheet import Addition, Sheet

from .archive import printable, without_time
from .document import Document, Options, document
from .docx_page import (
    HEI,
    KAI,
    SIZE,
    indent_first_line,
    name_fallbacks,
    set_fonts,
    set_page,
    set_styles,
)
from .docx_table import add_plain_table, add_table
from .presentation import DrawnParagraph, DrawnPart, Presentation, present
from .title import ems

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def draw(sheet: Sheet, options: Options) -> Document:
    report = present(sheet)
    word = new_document()
    set_styles(word)
    set_page(word, draft=options.draft)
    name_fallbacks(word)
    add_title(word, report)
    for each in report.preface:
        add_paragraph(word, each)
    add_additions(word, report.additions)
    below_table = False
    for part in report.parts:
        add_part(word, part, below_table=below_table)
        below_table = part.table is not None
    add_signature(word, report)
    add_explanations(word, options.explained)
    set_properties(word, report)
    file = BytesIO()
    word.save(file)
    return document(sheet, "docx", TYPE, without_time(sheet, file.getvalue()))


def set_properties(word: WordDocument, report: Presentation) -> None:
    properties = word.core_properties
    properties.title = printable(report.title)[:255]
    properties.author = printable(report.sheet.agency)[:255]
    properties.language = "zh-CN"
    properties.comments = ""


def add_title(word: WordDocument, report: Presentation) -> None:
    paragraph = word.add_paragraph(style="Title")
    for number, line in enumerate(report.title_lines):
        if number:
            paragraph.add_run().add_break()
        paragraph.add_run(printable(line))


def add_part(word: WordDocument, part: DrawnPart, *, below_table: bool) -> None:
    heading = word.add_paragraph(part.title, style="Heading 1")
    if below_table:
        heading.paragraph_format.space_before = Pt(10)
    if part.table:
        heading.paragraph_format.page_break_before = part.key == "applications"
        add_table(word, part.table)
    for each in part.paragraphs:
        add_paragraph(word, each)
    add_additions(word, part.additions)


def add_paragraph(word: WordDocument, drawn: DrawnParagraph) -> None:
    """A paragraph in its level's type; a heading by itself is a real heading."""
    if drawn.heading and not drawn.rest:
        word.add_paragraph(printable(drawn.text), style=f"Heading {drawn.level + 1}")
        return
    paragraph = word.add_paragraph()
    indent_first_line(paragraph)
    if drawn.heading:
        lead = paragraph.add_run(printable(drawn.heading))
        set_fonts(lead._element.get_or_add_rPr(), HEI if drawn.level == 1 else KAI)
    paragraph.add_run(printable(drawn.rest))


def add_additions(word: WordDocument, additions: Iterable[Addition]) -> None:
    for addition in additions:
        lines = [
            "以下为原报告自行增加的内容，照录：",
            addition.heading,
            *addition.text.splitlines(),
        ]
        for line in filter(str.strip, lines):
            indent_first_line(word.add_paragraph(printable(line)))
        if addition.rows:
            add_plain_table(word, addition.rows)


def add_signature(word: WordDocument, report: Presentation) -> None:
    """A blank line, name and date as GB/T 9704-2012, 7.3.5.2 sets them."""
    name, date = report.signed_by, report.signed_on
    if not name and not date:
        return
    last = word.element.body[-2]  # before the section's own properties
    if isinstance(last, CT_P):  # no page with nothing but a signature on it
        Paragraph(last, word._body).paragraph_format.keep_with_next = True
    blank = word.add_paragraph()
    blank.paragraph_format.keep_with_next = True
    if report.date_outgrows:
        name_from_right, date_from_right = 4 + ems(date) - ems(name), 2.0
    else:
        name_from_right, date_from_right = 2.0, ems(name) - ems(date)
    for text, characters in ((name, name_from_right), (date, date_from_right)):
        if text:
            paragraph = word.add_paragraph(printable(text))
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.keep_together = True
            paragraph.paragraph_format.keep_with_next = text is name
            indent_right(paragraph, characters)


def add_explanations(word: WordDocument, explained: Sequence[tuple[str, str]]) -> None:
    """On a page of its own behind the report, what was explained when it was published."""
    if not explained:
        return
    heading = word.add_paragraph(EXPLANATIONS, style="Heading 1")
    heading.paragraph_format.page_break_before = True
    for message, reason in explained:
        indent_first_line(word.add_paragraph(printable(message)))
        indent_first_line(word.add_paragraph(printable(f"说明：{reason}")))


def indent_right(paragraph: Paragraph, characters: float) -> None:
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:rightChars"), str(round(characters * 100)))
    indent.set(qn("w:right"), str(round(characters * SIZE * 20)))
