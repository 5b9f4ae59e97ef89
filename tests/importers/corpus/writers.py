"""A description → a file of each format, and the reading of it."""

from collections.abc import Callable, Iterable, Iterator
from html import escape
from io import BytesIO

from django.conf import settings as site
from docx import Document as new_docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from weasyprint import CSS, HTML

from reports.exporters.pdf import drawing, press
from reports.importers import Reading
from reports.importers.document import Document
from reports.importers.docx import read_docx
from reports.importers.html import read_html
from reports.importers.pdf import read_pdf
from reports.importers.recognition import understand
from reports.importers.text import read_text
from reports.importers.xlsx import read_xlsx

from .. import documents as make
from .report import Block, Layout, Rows

WORD_STYLE = "<w:tblPr><w:tblW w:w='0' w:type='auto'/></w:tblPr>"
PAGE_STYLE = (
    "@page { size: A4; margin: 20mm } html { font: 14pt/24pt 'report-song' } p { margin: 0 }"
    "table { border-collapse: collapse; font: 8pt/11pt 'report-song'; width: 100% }"
    "tr { break-inside: avoid } td { border: 1pt solid black; height: 12pt; padding: 2pt }"
)
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-临江市人民政府</title>
</head><body><div class="top"><ul><li><a href="/">首页</a></li><li><a href="/n">政府信息公开年报</a>
</li></ul></div><div class="content">{content}</div><div class="foot"><p>主办：临江市人民政府　版权所有</p>
</div></body></html>"""


def flat(blocks: Iterable[Block]) -> Iterator[str | Rows]:
    """Without tables that only lay out, for formats which have none."""
    for block in blocks:
        if isinstance(block, Layout):
            yield from flat(block.blocks)
        else:
            yield block


def as_lines(blocks: Iterable[Block]) -> bytes:
    """Text with one cell a line."""
    return make.as_lines(flat(blocks))


def as_tabs(blocks: Iterable[Block]) -> bytes:
    """Text with one row a line."""
    return make.as_spreadsheet(flat(blocks))


def as_html(blocks: Iterable[Block]) -> bytes:
    listed = tuple(blocks)
    title = next((block for block in listed if isinstance(block, str)), "")
    return PAGE.format(title=escape(title), content=body(listed)).encode()


def body(blocks: Iterable[Block]) -> str:
    return "".join(map(element, blocks))


def element(block: Block) -> str:
    if isinstance(block, str):
        return f"<p>　　{broken(block)}</p>\n"
    if isinstance(block, Layout):
        return f"<table width='100%'><tr><td>{body(block.blocks)}</td></tr></table>"
    rows = (
        "".join(
            f"<td rowspan={cell.rows} colspan={cell.columns}>{broken(cell.text)}</td>"
            for cell in row
        )
        for row in block
    )
    return f"<table border=1>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>\n"


def broken(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def as_docx(blocks: Iterable[Block]) -> bytes:
    document = new_docx()
    for block in blocks:
        add(document, block)
    return make.saved(document)


def add(document, block: Block) -> None:
    if isinstance(block, str):
        document.add_paragraph(block)
    elif isinstance(block, Layout):
        cell = document.add_table(1, 1).cell(0, 0)
        for inner in block.blocks:
            add_within(cell, inner)
        cell.add_paragraph("")
    else:
        document._body._element._insert_tbl(word_table(block))


def add_within(cell, block: Block) -> None:
    if isinstance(block, str):
        cell.add_paragraph(block)
    elif isinstance(block, Layout):
        inner = cell.add_table(1, 1).cell(0, 0)
        for each in block.blocks:
            add_within(inner, each)
        inner.add_paragraph("")
    else:
        cell._element.append(word_table(block))


def word_table(rows: Rows):
    """The table's own XML: python-docx takes a second to merge so many cells."""
    lines = []
    hanging: dict[int, int] = {}  # column → width of what hangs there
    for line in make.laid_out(rows):
        cells = []
        for column, cell in line:
            width = hanging[column] if cell is None else cell.columns
            merge = "<w:vMerge/>" if cell is None else ""
            if cell is not None and cell.rows > 1:
                merge, hanging[column] = '<w:vMerge w:val="restart"/>', width
            runs = "<w:r><w:br/></w:r>".join(
                f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
                for piece in (cell.text if cell else "").split("\n")
            )
            cells.append(
                f'<w:tc><w:tcPr><w:gridSpan w:val="{width}"/>{merge}</w:tcPr><w:p>{runs}</w:p></w:tc>'
            )
        lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return parse_xml(f"<w:tbl {nsdecls('w')}>{WORD_STYLE}<w:tblGrid/>{''.join(lines)}</w:tbl>")


def as_xlsx(blocks: Iterable[Block]) -> bytes:
    book = Workbook()
    page = book.active
    at = 1
    for block in flat(blocks):
        if isinstance(block, str):
            page.cell(at, 1, block)
            page.merge_cells(start_row=at, start_column=1, end_row=at, end_column=10)
            at += 1
            continue
        for line in make.laid_out(block):
            for column, cell in line:
                if cell is None:
                    continue
                number = make.is_number(cell.text) and cell.text
                page.cell(at, column + 1, float(cell.text) if number else cell.text)
                if cell.rows > 1 or cell.columns > 1:
                    page.merge_cells(
                        start_row=at, start_column=column + 1,
                        end_row=at + cell.rows - 1, end_column=column + cell.columns,
                    )  # fmt: skip
            at += 1
        at += 1
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def as_pdf(blocks: Iterable[Block]) -> bytes:
    with drawing:
        tools = press(site.FONT_ROOT)
        style = CSS(string=PAGE_STYLE, font_config=tools.fonts)
        page = HTML(string=body(flat(blocks)), url_fetcher=tools.fetcher)
        return page.write_pdf(stylesheets=[style], font_config=tools.fonts)


WRITERS: dict[str, Callable[[Iterable[Block]], bytes]] = {
    "lines": as_lines,
    "tabs": as_tabs,
    "html": as_html,
    "docx": as_docx,
    "xlsx": as_xlsx,
    "pdf": as_pdf,
}
READERS: dict[str, Callable[[bytes], Document]] = {
    "lines": read_text,
    "tabs": read_text,
    "html": read_html,
    "docx": read_docx,
    "xlsx": read_xlsx,  # without a process apart, which takes longer than the reading
    "pdf": read_pdf,
}


def reading_of(blocks: Iterable[Block], form: str) -> Reading:
    """What is read in a document of that form."""
    return understand(READERS[form](WRITERS[form](blocks)))
