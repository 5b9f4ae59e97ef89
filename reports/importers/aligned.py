"""Text in aligned columns, as `pdftotext -layout` writes it → paragraphs and tables.

A page begins at a form feed. Columns stand apart by spaces and are aligned only
within a page, and there only about; so cells are told by order where a row has
all its figures, and by position only where it lacks some (aligned_tables).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from unicodedata import east_asian_width

from .aligned_lines import Line, Token, figures_of
from .aligned_tables import table_rows
from .document import BLANK, Block, Paragraph, grid_of
from .normal import squeezed
from .parts import HEADINGS, TOP_MARK, looks_like_heading
from .pdf_lines import mended

TABLE_PARTS = frozenset({"disclosure", "applications", "remedies"})
PAGE_NUMBER = re.compile(r"^(?:第[0-9]+页(?:,?共[0-9]+页)?|[—–-]*[0-9]{1,3}[—–-]*|[0-9]+/[0-9]+)$")
WORD = re.compile(r"\S+")
GAP = re.compile(r"\S {2,}\S")
FEWEST = 5  # lines of figures in columns, in a text of this kind
INDENT = 2
SHORT = 0.7  # of a full line


def is_aligned(text: str) -> bool:
    """Whether a text has tables in columns made of spaces."""
    if text.count("\t") > FEWEST or text.count("|") > FEWEST:
        return False
    rows = 0
    for at, line in enumerate(text.split("\n")):
        tokens = words(line, at, 0).tokens
        figures = len(figures_of(tokens))
        rows += figures > 4 or (figures > 0 and len(tokens) > 1 and bool(GAP.search(line.strip())))
    return rows >= FEWEST


def words(text: str, number: int, page: int, wide: bool = False) -> Line:
    """A line's words at their places; ``wide`` where a Chinese character takes two."""
    spans = ((found[0], found.start(), found.end()) for found in WORD.finditer(text))
    if not wide:
        return Line(number, page, tuple(Token(*span) for span in spans))
    places = [0, *accumulate(map(width, text))]
    return Line(number, page, tuple(Token(t, places[a], places[b]) for t, a, b in spans))


def width(text: str) -> int:
    """How many places a text takes where a Chinese character takes two."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def raggedness(lines: Sequence[Line]) -> float:
    """How far from each other stand the first figures of rows that have the same number."""
    rows = [line for line in lines if len(line.figures) > 1]
    pairs = (
        (a, b) for a, b in pairwise(rows) if (a.page, len(a.figures)) == (b.page, len(b.figures))
    )
    firsts = ((a.figures[0], b.figures[0]) for a, b in pairs)
    return sum(min(abs(a.start - b.start), abs(a.end - b.end)) for a, b in firsts)


def blocks_of_aligned(text: str) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks, and what is to be said of them."""
    notes: list[str] = []
    blocks: list[Block] = []
    tables = 0
    found = min((lines_of(text, wide) for wide in (False, True)), key=raggedness)
    edges = Edges.of(found)
    for part, lines in regions(found):
        if part not in TABLE_PARTS:
            blocks += paragraphs(lines, edges)
            continue
        table, prose = divided(lines)
        rows = table_rows(part, table, notes)
        if rows:
            tables += 1
            blocks.append(grid_of(tables, rows))
        blocks += paragraphs(prose, edges)
    return tuple(blocks), tuple(dict.fromkeys(notes))


def lines_of(text: str, wide: bool) -> list[Line]:
    """Every line with its number in the file, without the pages' numbers."""
    found: list[Line] = []
    number = 0
    for at, page in enumerate(re.split("\f", text)):
        printed = page.split("\n")
        filled = [n for n, line in enumerate(printed) if line.strip(BLANK)]
        edges = {*filled[:1], *filled[-1:]}
        for n, line in enumerate(printed):
            number += n > 0
            dropped = n in edges and PAGE_NUMBER.match(squeezed(line))
            found.append(words("" if dropped else line, number + 1, at, wide))
    return found


def regions(lines: Iterable[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Lines by the part which they stand in; a heading is a region of its own."""
    part = ""
    here: list[Line] = []
    for line in lines:
        text = line.text
        if text and looks_like_heading(text):
            yield part, here
            yield "", [line]
            found = HEADINGS.look_up(TOP_MARK.sub("", squeezed(text)))
            part, here = found.key if found else "", []
        else:
            here.append(line)
    yield part, here


def divided(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of a part's table, and the sentences below it."""
    last = max((at for at, line in enumerate(lines) if line.figures), default=-1)
    end = next((at for at in range(last + 1, len(lines)) if "。" in lines[at].text), len(lines))
    return list(lines[:end]), list(lines[end:])


@dataclass(frozen=True)
class Edges:
    """Where the lines of each page begin, and how wide a full line of prose is."""

    left: dict[int, float]
    full: int

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "Edges":
        left: dict[int, float] = {}
        full = 0
        for line in (line for line in lines if line.tokens):
            left[line.page] = min(left.get(line.page, line.start), line.start)
            if not line.figures and len(line.text) > FEWEST:
                full = max(full, width(line.text))
        return cls(left, full)

    def begins(self, line: Line, before: Line | None, said: str) -> bool:
        """Whether a line begins a paragraph: below an empty or a short line, or indented."""
        if before is None and line.start < self.left[line.page] + INDENT:
            return said[-1] not in "，、；："
        if before is None or line.start >= self.left[line.page] + INDENT:
            return True
        return width(before.text) < self.full * SHORT


def paragraphs(lines: Sequence[Line], edges: Edges) -> Iterator[Paragraph]:
    """Lines joined to the paragraphs which they were broken from."""
    said: list[str] = []
    before: Line | None = None
    for line in lines:
        if line.tokens:
            if said and edges.begins(line, before, said[-1]):
                yield Paragraph(mended(said))
                said = []
            said.append(line.text)
        before = line if line.tokens else None
    if said:
        yield Paragraph(mended(said))
