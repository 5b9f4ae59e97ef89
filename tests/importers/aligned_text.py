"""Reports as text in aligned columns, drawn cell by cell from a known sheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

from . import documents as make
from .documents import Rows

GAP = 2
WIDTHS = {4: (9, 8, 8, 10), 10: (5, 6, 12, *[5] * 7), 15: (5,) * 15}


@dataclass(frozen=True)
class Look:
    """How the text is laid out; ``wide`` where a Chinese character takes two places."""

    centered: bool = False
    wide: bool = False
    spaced: bool = True  # an empty line between rows
    page: int = 0  # lines on a page
    repeated: bool = False  # a table's header is printed again on the next page
    right: bool = False  # figures stand at the right of their column


def width(text: str, wide: bool) -> int:
    return sum(2 if wide and east_asian_width(each) in "WF" else 1 for each in text)


def as_aligned(blocks: Iterable[str | Rows], look: Look) -> bytes:
    lines: list[tuple[str, list[str]]] = []  # a line, and the header to repeat above it
    for block in blocks:
        if isinstance(block, str):
            lines += [(block, []), ("", [])]
        else:
            lines += drawn(block, look)
    return "\n".join(paged(lines, look)).encode()


def paged(lines: list[tuple[str, list[str]]], look: Look) -> Iterator[str]:
    page = 1
    for at, (line, head) in enumerate(lines):
        if look.page and at and at % look.page == 0:
            page += 1
            yield from ("", "", f"{' ' * 40}— {page - 1} —")
            yield "\f" + (head[0] if look.repeated and head else line)
            if look.repeated and head:
                yield from (*head[1:], line)
            continue
        yield line


def drawn(rows: Rows, look: Look) -> Iterator[tuple[str, list[str]]]:
    """A table's lines."""
    laid = list(make.laid_out(rows))
    count = max(column + cell.columns for line in laid for column, cell in line if cell)
    widths = [
        each * (2 if look.wide else 1) for each in WIDTHS[min(w for w in WIDTHS if w >= count)]
    ]
    starts = [sum(widths[:at]) + GAP * at for at in range(len(widths) + 1)]
    cells = [(at, c, cell) for at, line in enumerate(laid) for c, cell in line if cell]
    texts = [
        (at, column, cell, pieces(cell.text, starts[column + cell.columns] - starts[column] - GAP, look))
        for at, column, cell in cells
    ]  # fmt: skip
    heights = [1] * len(laid)
    for at, _, cell, said in sorted(texts, key=lambda each: each[2].rows):
        lacking = len(said) - sum(heights[at : at + cell.rows])
        heights[at + cell.rows - 1] += max(0, lacking)
    tops = [sum(heights[:at]) + at * look.spaced for at in range(len(heights) + 1)]
    canvas: dict[int, list[tuple[int, str]]] = {}
    for at, column, cell, said in texts:
        room = tops[at + cell.rows] - look.spaced - tops[at] - len(said)
        top = tops[at] + (room // 2 if look.centered else 0)
        for number, text in enumerate(said):
            shift = widths[column] - width(text, look.wide) if look.right and text.isdigit() else 0
            canvas.setdefault(top + number, []).append((starts[column] + shift, text))
    lines = [line_of(sorted(canvas.get(number, [])), look) for number in range(tops[-1])]
    head = next(
        (n for n, line in enumerate(laid) for _, c in line if c and c.text[:2] == "一、"), 0
    )
    for number, line in enumerate(lines):
        yield line, lines[: tops[head]] if number > tops[head] else []
    yield "", []


def pieces(text: str, room: int, look: Look) -> list[str]:
    """A cell's text broken where its column ends."""
    said = [""]
    for each in text:
        if width(said[-1] + each, look.wide) > room:
            said.append("")
        said[-1] += each
    return said


def line_of(pieces: list[tuple[int, str]], look: Look) -> str:
    line = ""
    for start, text in pieces:
        line += " " * max(start - width(line, look.wide), bool(line)) + text
    return line.rstrip()


def without(rows: Rows, figure: str) -> Rows:
    """The rows with one figure's cell left blank."""
    return [[replace(c, text="") if c.text == figure else c for c in row] for row in rows]
