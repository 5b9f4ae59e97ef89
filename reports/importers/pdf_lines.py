"""Characters on a page → lines, and lines → paragraphs."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .document import BLANK
from .normal import same_characters
from .pdf_pages import Char

WORD = re.compile(r"[A-Za-z0-9]")
GAP = 0.45  # of a character, between what stands in two columns
TITLE = 1.2  # times the body's type
BLANK_LINE = 1.7  # line pitches
INDENT = 0.8  # characters
SHORT = 1.6


@dataclass(frozen=True)
class Piece:
    """What stands together in a line, parted from the rest by a clear gap."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True)
class Line:
    """A printed line; measures are points from the page's left and upper edge."""

    text: str
    page: int
    x0: float
    x1: float
    top: float
    size: float
    pieces: tuple[Piece, ...] = ()


def lines_of(chars: Iterable[Char], page: int) -> list[Line]:
    """Characters side by side, from the top down."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: char.middle[1]):
        if rows and char.middle[1] - rows[-1][0].middle[1] < char.size / 2:
            rows[-1].append(char)
        else:
            rows.append([char])
    lines = (line_of(sorted(row, key=lambda char: char.x0), page) for row in rows)
    return [line for line in lines if line.text]


def line_of(chars: Sequence[Char], page: int) -> Line:
    """A line's text; a gap is a space between Latin words, or where it is a wide one."""
    said = [char for char in chars if char.text.strip(BLANK)]
    if not said:
        return Line("", page, 0, 0, 0, 0)
    text = ""
    before: Char | None = None
    for char in chars:
        if before is not None:
            gap = (char.x0 - before.x1) / max(char.size, 1)
            words = WORD.match(before.text) and WORD.match(char.text)
            spaced = before.text.isspace() or char.text.isspace()
            text += " " if not spaced and (gap > 1 or (words and gap > 0.2)) else ""
        text += char.text
        before = char
    size = Counter(round(char.size, 1) for char in said).most_common(1)[0][0]
    left, right = said[0].x0, max(char.x1 for char in said)
    whole = same_characters(text).strip(BLANK)
    return Line(whole, page, left, right, said[0].top, size, tuple(pieces_of(said, size)))


def pieces_of(chars: Sequence[Char], size: float) -> Iterator[Piece]:
    """What a line's gaps part."""
    run = [chars[0]]
    for char in chars[1:]:
        if char.x0 - max(each.x1 for each in run) > size * GAP:
            yield piece_of(run)
            run = []
        run.append(char)
    yield piece_of(run)


def piece_of(run: Sequence[Char]) -> Piece:
    text = same_characters("".join(char.text for char in run))
    return Piece(text, run[0].x0, max(char.x1 for char in run))


def mended(texts: Iterable[str]) -> str:
    """Lines of one paragraph: a space only between Latin words."""
    whole = ""
    for text in texts:
        words = whole and whole[-1].isascii() and whole[-1].isalpha()
        whole += f" {text}" if words and text[:1].isascii() and text[:1].isalpha() else text
    return whole


@dataclass(frozen=True)
class Measure:
    """The type area of a document's body: where lines begin and end, and its type size."""

    left: float
    right: float
    size: float
    indents: bool  # paragraphs begin with an indent
    pitch: float  # from line to line

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Measure":
        sizes = Counter[float]()
        for line in lines:
            sizes[line.size] += len(line.text)
        size = sizes.most_common(1)[0][0] if sizes else 1.0
        body = [line for line in lines if abs(line.size - size) < 1] or list(lines)
        starts = Counter(round(line.x0) for line in body)
        usual = [x0 for x0, times in starts.items() if times > 1] or [*starts] or [0]
        left = float(min(usual))
        indented = sum(1.5 < (line.x0 - left) / size < 2.6 for line in body)
        right = max((line.x1 for line in body), default=0.0)
        steps = sorted(
            line.top - above.top
            for above, line in pairwise(body)
            if line.page == above.page and line.top > above.top
        )
        pitch = steps[len(steps) // 2] if steps else size
        return cls(left, right, size, indented > 1, pitch)

    def begins(self, line: Line, before: Line) -> bool:
        """Whether a line begins a paragraph, below the line before it."""
        if abs(line.size - before.size) > self.size / 10:
            return True
        if line.size > self.size * TITLE:
            return line.page != before.page
        if line.x0 > self.left + self.size * INDENT:
            return True
        if line.page == before.page and line.top - before.top > self.pitch * BLANK_LINE:
            return True  # a long signature, which begins where any line does
        if self.indents:
            return False
        return before.x1 < self.right - self.size * SHORT
