"""A 汇总表 for Word and WPS: what was summed, the tables of each form, then the lists."""

from io import BytesIO

from docx import Document as new_document
from docx.document import Document as WordDocument

from .archive import printable
from .document import Document
from .docx import TYPE, add_title
from .docx_page import indent_first_line, name_fallbacks, set_page, set_styles
from .docx_table import add_plain_table, add_table
from .rollup import NO_REPORT, Listing, Paper, Sums


def draw(paper: Paper) -> Document:
    word = new_document()
    set_styles(word)
    set_page(word, draft=False)
    name_fallbacks(word)
    add_title(word, paper.forms[0].report)
    for note in (NO_REPORT, *paper.notes):
        indent_first_line(word.add_paragraph(printable(note)))
    for form in paper.forms:
        add_form(word, form)
    for listing in paper.listings:
        add_listing(word, listing)
    word.core_properties.title = printable(paper.title)[:255]
    word.core_properties.author = printable(paper.agency)[:255]
    word.core_properties.language = "zh-CN"
    word.core_properties.comments = ""
    file = BytesIO()
    word.save(file)
    return paper.finished("docx", TYPE, file.getvalue())


def add_form(word: WordDocument, form: Sums) -> None:
    for part in form.tables:
        assert part.table is not None
        heading = word.add_paragraph(f"{part.title}（{form.name}）", style="Heading 1")
        heading.paragraph_format.page_break_before = part.key != "remedies"
        heading.paragraph_format.keep_with_next = True
        add_table(word, part.table)
    for note in form.notes:
        indent_first_line(word.add_paragraph(printable(note)))


def add_listing(word: WordDocument, listing: Listing) -> None:
    heading = word.add_paragraph(listing.heading, style="Heading 1")
    heading.paragraph_format.keep_with_next = True
    if listing.rows:
        add_plain_table(word, (listing.columns, *listing.rows))
    else:
        indent_first_line(word.add_paragraph(listing.nothing))
