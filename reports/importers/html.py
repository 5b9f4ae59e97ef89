"""Web page → Document: the part of the page which holds the report.

Scripts, styles, navigation and what is hidden are left out. Tables that only
lay a page out are looked into; the others become grids with their spans.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from .article import Piece, article_of
from .document import BLANK, Document, RawCell
from .encodings import page_text
from .reading import UnreadableDocument
from .spans import TOO_MANY, WIDEST, Spanned, laid_out

Element = Any  # lxml-stubs say too little of elements
MOST_ELEMENTS = 150_000
DEEPEST = 200
MOST_TAGS = 300_000  # looked at before the tree is made
MOST_MARKS = 2_000  # in one tag, where attributes are compared with each other
TAG = re.compile(r"<[a-zA-Z][^<>]*")
MARK = re.compile(r"[\s=]+")
BROKEN = "网页已损坏，不能读取；请在浏览器中打开后重新保存再试。"
DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "button",
        "select",
        "input",
        "textarea",
        "option",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "head",
        "title",
    ]
)
BLOCKS = frozenset(
    [
        "html",
        "body",
        "main",
        "article",
        "section",
        "header",
        "footer",
        "aside",
        "address",
        "blockquote",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hgroup",
        "hr",
        "li",
        "menu",
        "ol",
        "p",
        "pre",
        "search",
        "summary",
        "ul",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
    ]
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
OWN_REMARKS = frozenset(
    {"statutory-addition-note", "statutory-mark", "byline", "statutory-information"}
)
WHITE = re.compile(r"[ \t\r\n\f]+")
WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—]")
NEWLINE = "\v"  # of <br>, while the source's own line breaks are still spaces


def read_html(data: bytes) -> Document:
    text = page_text(data)
    if text.count("<") > MOST_TAGS or any(
        len(MARK.findall(tag)) > MOST_MARKS for tag in TAG.findall(text) if len(tag) > MOST_MARKS
    ):
        raise UnreadableDocument(TOO_MANY)
    root = parsed(text)
    walk = Walk()
    walk.content(root, linked=False)
    walk.end(root)
    return article_of(walk.pieces, titles_of(root))


def parsed(text: str) -> Element:
    """The page's tree; bounded in depth and number of elements, nothing is fetched."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as problem:
        raise UnreadableDocument(BROKEN) from problem
    if root is None:
        raise UnreadableDocument(BROKEN)
    depth = count = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > DEEPEST or count > MOST_ELEMENTS:
            raise UnreadableDocument(TOO_MANY)
    return root


def name_of(element: Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def is_dropped(element: Element) -> bool:
    """Navigation, what is hidden, an office program's page edges, our own pages' additions."""
    if name_of(element) in DROPPED or name_of(element) == "":
        return True
    return (
        element.get("role") in ("navigation", "search", "banner")
        or element.get("hidden") is not None
        or (name_of(element) == "div" and element.get("title") in ("header", "footer"))
        or bool(HIDDEN.search(element.get("style", "")))
        or not OWN_REMARKS.isdisjoint(element.get("class", "").split())
    )


def is_own_addition(table: Element) -> bool:
    """A local table on our own pages, whose caption is ours."""
    return "table-addition" in table.get("class", "").split()


def titles_of(root: Element) -> Iterator[str]:
    """What the page's head calls it, for pages whose article has no title of its own."""
    for meta in root.iter("meta"):
        if meta.get("name", "").lower() == "articletitle":
            yield meta.get("content", "").strip(BLANK)
    for title in root.iter("title"):
        yield re.split(r"\s*[-_|—–]+\s*", "".join(title.itertext()).strip(BLANK))[0]


def flat(text: str) -> str:
    """Text as a browser shows it; a source's line break between Chinese characters is nothing."""

    def space(found: re.Match[str]) -> str:
        around = text[max(found.start() - 1, 0) : found.start()] + text[found.end() :][:1]
        broken = "\n" in found[0] or "\r" in found[0]
        return "" if broken and WIDE.search(around) else " "

    return WHITE.sub(space, text) if len(text) < 100_000 else WHITE.sub(" ", text)


@dataclass
class Walk:
    """A walk through a page that gathers its paragraphs and tables in order."""

    pieces: list[Piece] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    unlinked: bool = False  # whether any of what was said stands outside links

    def block(self, element: Element) -> None:
        """A block: what was said before it ends, and so does what it says."""
        self.end(element.getparent())
        if name_of(element) == "table":
            self.table(element)
            return
        self.content(element, linked=False)
        self.end(element)

    def content(self, element: Element, linked: bool) -> None:
        self.say(element.text, linked)
        for child in element:
            if name_of(child) == "br":
                self.said.append(NEWLINE)
            elif not is_dropped(child):
                if name_of(child) in BLOCKS:
                    self.block(child)
                else:
                    self.content(child, linked or name_of(child) == "a")
            self.said += [" "] if name_of(child) in DROPPED else []
            if name_of(child) in BLOCKS:
                self.end(element)
            self.say(child.tail, linked)

    def say(self, text: str | None, linked: bool) -> None:
        if text:
            self.said.append(text)
            self.unlinked = self.unlinked or (not linked and bool(text.strip(BLANK)))

    def end(self, element: Element) -> None:
        """What was said becomes paragraphs of that element; a heading's lines are one."""
        text, self.said = flat("".join(self.said)), []
        linked, self.unlinked = not self.unlinked, False
        if name_of(element) in ("h1", "h2", "h3"):
            text = text.replace(NEWLINE, "")
        for line in text.split(NEWLINE):
            if line.strip(BLANK):
                self.pieces.append(Piece(element, line.strip(BLANK), linked=linked))

    def table(self, table: Element) -> None:
        """A grid; or, where it only lays out, what its cells hold in order."""
        rows = [(left, list(cells_of(row))) for left, row in rows_of(table)]
        for caption in () if is_own_addition(table) else table.iterchildren("caption"):
            self.block(caption)
            self.pieces = [each for each in self.pieces if not each.repeats_heading(caption)]
        nested = next(table.iterdescendants("table"), None) is not None
        if nested or all(len(cells) < 2 for _, cells in rows):
            for _, cells in rows:
                for cell in cells:
                    self.block(cell)
            return
        self.pieces.append(Piece(table, rows=tuple(map(tuple, grid_rows(rows)))))


def rows_of(table: Element) -> Iterator[tuple[int, Element]]:
    """The table's rows, each with how many are left of its section, itself included."""
    sections: list[list[Element]] = [[]]
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        if is_dropped(child):
            continue
        if name_of(child) == "tr":
            sections[-1].append(child)
        else:
            rows = [row for row in child.iterchildren("tr") if not is_dropped(row)]
            sections += [rows, []]
    for rows in sections:
        yield from ((len(rows) - at, row) for at, row in enumerate(rows))


def cells_of(row: Element) -> Iterator[Element]:
    return (cell for cell in row.iterchildren("td", "th") if not is_dropped(cell))


def grid_rows(rows: Iterable[tuple[int, list[Element]]]) -> list[list[RawCell]]:
    return laid_out(
        [
            Spanned(text_of(cell), span(cell, "rowspan", left), span(cell, "colspan", WIDEST))
            for cell in cells
        ]
        for left, cells in rows
    )


def span(cell: Element, name: str, most: int) -> int:
    """A cell's span; as browsers do, a rowspan of 0 goes down to its section's end."""
    text = cell.get(name, "1").strip()
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1
    return min(number or (most if name == "rowspan" else 1), most)


def text_of(cell: Element) -> str:
    """A cell's text, one line a paragraph."""
    inner = Walk()
    inner.content(cell, linked=False)
    inner.end(cell)
    return "\n".join(piece.text for piece in inner.pieces)
