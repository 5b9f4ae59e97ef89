""".docx → Document, from the XML itself: text in order, tables with their merges.

Deleted text (修订) is left out and inserted text kept; text boxes, headers and
footers are not read. XML entities are never resolved. Elements are known by
their local names, so strict and transitional files read alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from .archive import BROKEN, member, opened
from .document import BLANK, Block, Document, Paragraph, RawCell, grid_of
from .docx_numbering import Numbering
from .reading import UnreadableDocument
from .spans import TOO_MANY

Element = Any  # lxml-stubs say too little of elements
DELETED = {"del", "moveFrom"}
TEXT_BOXES = {"txbxContent", "drawing", "pict", "object", "AlternateContent"}
WRAPPERS = {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink"}
MAIN = "word/document.xml"
MOST_MARKS = 600_000  # tags and attributes; ten pages from Word have some 60,000


@dataclass
class Walk:
    """What a walk through a document carries along."""

    numbering: Numbering
    tables: int = 0
    notes: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


def read_docx(data: bytes) -> Document:
    archive = opened(data)
    names = archive.namelist()
    main = MAIN if MAIN in names else next(n for n in names if n.startswith("word/document"))
    body = next((e for e in parsed(member(archive, main)) if local(e) == "body"), None)
    if body is None:
        raise UnreadableDocument(BROKEN)
    definitions, styles = (
        parsed(member(archive, name)) if name in names else None
        for name in ("word/numbering.xml", "word/styles.xml")
    )
    walk = Walk(Numbering.of(definitions, styles))
    blocks = tuple(blocks_in(body, walk))
    return Document(blocks, tuple(walk.notes))


def parsed(xml: bytes) -> Element:
    """The tree of a member; bounded beforehand, for a tree is fifty times as large as its text."""
    if xml.count(b"<") + xml.count(b"=") > MOST_MARKS:
        raise UnreadableDocument(TOO_MANY)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise UnreadableDocument(BROKEN) from problem


def local(element: Element) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def attribute(element: Element, name: str, default: str = "") -> str:
    """An attribute by its local name."""
    return next((v for key, v in element.attrib.items() if key.rsplit("}", 1)[-1] == name), default)


def child(element: Element, *path: str) -> Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        element = next((each for each in element if local(each) == name), None)
        if element is None:
            return None
    return element


def children(element: Element, name: str, skip: set[str] = DELETED) -> Iterator[Element]:
    """Children of a name, also those inside content controls and insertions."""
    for each in element:
        if local(each) == name:
            yield each
        elif local(each) in WRAPPERS - skip:
            yield from children(each, name, skip)


def blocks_in(container: Element, walk: Walk) -> Iterator[Block]:
    for each in container:
        name = local(each)
        if name == "p":
            text = text_of(each, walk).strip(BLANK)
            if text:
                yield Paragraph(text)
        elif name == "tbl":
            yield from table_blocks(each, walk)
        elif name in WRAPPERS:
            yield from blocks_in(each, walk)
        elif name in DELETED:
            walk.note("修订中已删除的内容没有读取。")


def text_of(paragraph: Element, walk: Walk) -> str:
    """A paragraph's text with its automatic number, as it is printed."""
    text = "".join(pieces(paragraph, walk))
    return f"{walk.numbering.mark_of(paragraph)}{text}" if text.strip(BLANK) else text


def pieces(element: Element, walk: Walk) -> Iterator[str]:
    for each in element:
        name = local(each)
        if name == "t":
            yield each.text or ""
        elif name == "tab":
            yield "\t" if local(element) == "r" else ""
        elif name in ("br", "cr"):
            yield "" if attribute(each, "type") in ("page", "column") else "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif name in DELETED:
            walk.note("修订中已删除的内容没有读取。")
        elif name in TEXT_BOXES:
            if any(local(e) == "t" and (e.text or "").strip() for e in each.iter()):
                walk.note("文本框和图形中的文字没有读取。")
        elif name == "r" and child(each, "rPr", "vanish") is not None:
            walk.note("隐藏的文字没有读取。")
        elif name not in ("pPr", "rPr", "instrText", "delText"):
            yield from pieces(each, walk)


def table_blocks(table: Element, walk: Walk) -> Iterator[Block]:
    """A grid; or, where cells hold tables of their own, what the cells hold in order."""
    rows = [row for row in children(table, "tr") if child(row, "trPr", "del") is None]
    if any(True for row in rows for cell in children(row, "tc") for _ in children(cell, "tbl")):
        walk.note("表格中套有表格，逐格拆开读取。")
        for row in rows:
            for cell in children(row, "tc"):
                yield from blocks_in(cell, walk)
        return
    walk.tables += 1
    yield grid_of(walk.tables, [list(cells_in(row, walk)) for row in rows])


def cells_in(row: Element, walk: Walk) -> Iterator[RawCell]:
    for cell in children(row, "tc"):
        properties = child(cell, "tcPr")
        settings = {} if properties is None else {local(each): each for each in properties}
        if "cellDel" in settings or goes_on(settings.get("hMerge")):
            continue
        span = attribute(settings["gridSpan"], "val", "1") if "gridSpan" in settings else "1"
        merged = goes_on(settings.get("vMerge"))
        texts = [text_of(each, walk).strip(BLANK) for each in children(cell, "p")]
        text = "" if merged else "\n".join(text for text in texts if text)
        columns = min(int(span), 63) if span.isdecimal() and span.isascii() else 1
        yield RawCell(text, max(columns, 1), merged)


def goes_on(merge: Element | None) -> bool:
    """Whether a cell is the continuation of a merged one."""
    return merge is not None and attribute(merge, "val", "continue") == "continue"
