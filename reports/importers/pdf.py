"""PDF with a text layer → Document: tables, and paragraphs put together from lines.

What a page adds to the report (its number, a line above or below every page)
is left out; a table that goes on over a page is one, its repeated head once.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import takewhile
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from .document import Block, Document, Paragraph, grid_of
from .numbers import is_figure
from .pdf_columns import with_columns
from .pdf_lines import Line, Measure, lines_of, mended
from .pdf_pages import page_of
from .pdf_tables import Table, goes_on, inside, tables_of
from .reading import UnreadableDocument

MOST_PAGES = 300
MOST_CHARACTERS = 300_000
FEWEST = 20  # characters of a text layer
BROKEN = "PDF 文件已损坏或者不完整，不能读取；请重新保存后再试。"
SCANNED = (
    "这份 PDF 没有文字层，多半是扫描件，不能读取文字；请上传报告的 .docx 原件，或者先作文字识别。"
)
LOCKED = "PDF 设有打开密码，不能读取；请取消密码后再试。"
ASLANT = "斜排或者竖排的文字（例如水印）没有读取。"
CODELESS = "PDF 里的字体没有写明各是什么字，不能读取文字；请上传报告的 .docx 原件。"
PAGE_NUMBER = re.compile(
    r"^(?:[-—–―－·\s]*[0-9]{1,3}[-—–―－·\s]*|第\s*[0-9]{1,3}\s*页(?:[,，\s]*共\s*[0-9]{1,3}\s*页)?"
    r"|[0-9]{1,3}\s*/\s*[0-9]{1,3})$"
)
NUMBER = re.compile(r"[0-9]+")
EDGE = 2  # lines which may stand above or below a page's text
MOST_ENDS = 8  # lines below a table that may end its labels
FEW = 2  # figures that may stand in a head or a foot
NO_CODE = re.compile(r"\(cid:[0-9]+\)|[\ue000-\uf8ff\ufffd\x00-\x08]")
WHOLE = 0.7  # of a page: an image that large is a scanned page
RECOGNIZED = "这份 PDF 是扫描件加上文字识别得来的文字层，识别可能有错，请对照原件逐格核对。"


@dataclass(frozen=True)
class Sheet:
    """A page: its lines and tables from top to bottom."""

    items: tuple[Line | Table, ...]


def read_pdf(data: bytes) -> Document:
    notes: list[str] = []
    try:
        with pdfplumber.open(BytesIO(data)) as file:
            if len(file.pages) > MOST_PAGES:
                raise UnreadableDocument(f"PDF 超过 {MOST_PAGES} 页，不像一份年度报告。")
            if not file.pages:
                raise UnreadableDocument(BROKEN)
            pages = [sheet_of(page, notes) for page in characters_of(file, notes)]
    except UnreadableDocument:
        raise
    except Exception as problem:  # the libraries let any exception through on damaged files
        locked = any(isinstance(each, PDFPasswordIncorrect) for each in (problem, *problem.args))
        raise UnreadableDocument(LOCKED if locked else BROKEN) from problem
    blocks = tuple(blocks_of(without_furniture(pages, notes), notes))
    return Document(blocks, tuple(notes))


def characters_of(file: Any, notes: list[str]) -> Iterator[Any]:
    """The pages, as long as they hold a bounded amount of text; a scan holds none."""
    total = codeless = 0
    for page in file.pages:
        total += len(page.chars)
        codeless += sum(bool(NO_CODE.match(char["text"])) for char in page.chars)
        if total > MOST_CHARACTERS:
            raise UnreadableDocument("PDF 里的文字太多，不像一份年度报告。")
        yield page
        page.close()
    if total < FEWEST:
        raise UnreadableDocument(SCANNED)
    if codeless * 5 > total:
        raise UnreadableDocument(CODELESS)
    if codeless:
        notes.append(f"PDF 里有 {codeless} 个字符没有写明是什么字，请对照原件核对。")


def sheet_of(printed: Any, notes: list[str]) -> Sheet:
    page = page_of(printed)
    if page.aslant and ASLANT not in notes:
        notes.append(ASLANT)
    if page.chars and page.image > WHOLE and RECOGNIZED not in notes:
        notes.append(RECOGNIZED)
    tables = tables_of(page)
    free = [char for char in page.chars if not any(inside(char, table.box) for table in tables)]
    items: list[Line | Table] = [*lines_of(free, page.number), *tables]
    return Sheet(tuple(sorted(items, key=lambda item: item.top)))


def without_furniture(pages: Sequence[Sheet], notes: list[str]) -> list[Sheet]:
    """Pages without their numbers, and without the heads and feet that repeat on them.

    A running head may be missing from the first page or stand on every other
    one, and may count: it has its place on half of the pages.
    """
    times = Counter(
        mark
        for page in pages
        for mark in {mark_of(each) for each in at_edges(page) if isinstance(each, Line)}
    )
    exact = Counter(line.text for page in pages for line in page.items if isinstance(line, Line))

    def is_furniture(item: Line | Table) -> bool:
        if not isinstance(item, Line):
            return False
        if PAGE_NUMBER.match(item.text):
            return True
        if len(item.pieces) > FEW and all(is_figure(piece.text) for piece in item.pieces):
            return False  # a table's row
        repeated = times[mark_of(item)]
        if repeated < 2 or repeated * 2 < len(pages):
            return False
        if exact[item.text] < len(pages):
            said = f"页眉或者页脚“{NUMBER.sub('…', item.text)[:40]}”没有读取。"
            notes.extend([said] if said not in notes else [])
        return True

    trimmed = []
    for page in pages:
        items = list(page.items)
        while items and is_furniture(items[0]):
            items.pop(0)
        while items and is_furniture(items[-1]):
            items.pop()
        trimmed.append(Sheet(tuple(items)))
    return trimmed


def at_edges(page: Sheet) -> tuple[Line | Table, ...]:
    return (*page.items[:EDGE], *page.items[-EDGE:])


def mark_of(line: Line) -> tuple[str, int]:
    """What makes lines of several pages the same: their words and place, whatever they count."""
    return NUMBER.sub("0", line.text), round(line.top / 3)


def blocks_of(pages: Sequence[Sheet], notes: list[str]) -> Iterator[Block]:
    """Paragraphs and grids of all pages, joined where a page's end parted them."""
    items = with_columns([item for page in pages for item in page.items], notes)
    measure = Measure.of([item for item in items if isinstance(item, Line)])
    said: list[Line] = []
    tables = 0
    for item in joined(items):
        if isinstance(item, Line) and said and not measure.begins(item, said[-1]):
            said.append(item)
            continue
        if said:
            yield Paragraph(mended(line.text for line in said))
        said = [item] if isinstance(item, Line) else []
        if isinstance(item, Table):
            tables += 1
            if item.split:
                notes.append(f"第{tables}张表有 {item.split} 行分在两页上，已经合为一行。")
            yield grid_of(tables, item.rows)
    if said:
        yield Paragraph(mended(line.text for line in said))


def joined(items: Sequence[Line | Table]) -> Iterator[Line | Table]:
    """Tables that go on over a page as one, with the labels whose ends stand below the rules."""
    waiting = list(items)
    before: Table | None = None
    while waiting:
        item = waiting[0]
        if before is not None and isinstance(item, Table) and goes_on(before, item):
            before = before.followed_by(item)
            del waiting[0]
        elif before is not None and (taken := rest_of(before, waiting)):
            before = taken[0]
            del waiting[: taken[1]]
        else:
            if before is not None:
                yield before
            before = item if isinstance(item, Table) else None
            if isinstance(item, Line):
                yield item
            del waiting[0]
    if before is not None:
        yield before


def rest_of(table: Table, items: Sequence[Line | Table]) -> tuple[Table, int] | None:
    """The table with the ends of its labels from so many of the lines that follow."""
    lines = [*takewhile(lambda item: isinstance(item, Line), items[:MOST_ENDS])]
    for count in range(len(lines), 0, -1):
        found = table.completed([line for line in lines[:count] if isinstance(line, Line)])
        if found:
            return found, count
    return None
