"""Rows and cells of the form's tables in aligned text.

A row of figures is a line; its label may take several, from the figures' own
downwards or with the figures in their middle. Where a row lacks figures, those
it has are placed by the columns; what that does not make certain stays as it is.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .aligned_labels import applications_rows
from .aligned_lines import Line, Token, by_position, named, raw
from .disclosure import caption_of
from .document import RawCell
from .labels import LITIGATION, REMEDIES, ROWS

WRAPPED = "第四部分的数字在文本中折为两行，上下连成一个数读取，请对照原件核实。"


def table_rows(part: str, lines: Sequence[Line], notes: list[str]) -> list[list[RawCell]]:
    rows = {"disclosure": disclosure_rows, "applications": applications_rows}.get(part)
    return list(rows(lines)) if rows else list(remedies_rows(lines, notes))


# part two


def disclosure_rows(lines: Sequence[Line]) -> Iterator[list[RawCell]]:
    """Captions, headers and rows; the pieces of a label are joined to the form's wording."""
    filled = [line for line in lines if line.tokens]
    starts = [at for at, line in enumerate(filled) if caption_of(line.text)]
    yield from (raw(line.tokens, line.number) for line in filled[: starts[0] if starts else None])
    for start, end in pairwise([*starts, len(filled)]):
        yield [RawCell(filled[start].text, line=filled[start].number)]
        yield from block_rows(filled[start + 1 : end])


def block_rows(lines: Sequence[Line]) -> Iterator[list[RawCell]]:
    at = [n for n, line in enumerate(lines) if line.figures]
    head = list(lines[: at[0]] if at else lines)
    waiting: list[Token] = []
    while len(head) > 1 and len(head[-1].tokens) == 1 and not head_goes_on(head[0], head[-1]):
        waiting.insert(0, head.pop().tokens[0])
    slots = headings(head)
    if head:
        yield raw(slots, head[0].number)
    for here, after in pairwise([*at, len(lines)]):
        label = "".join(token.text for token in (*waiting, *lines[here].words))
        below = [token for line in lines[here + 1 : after] for token in line.tokens]
        taken = pieces_taken(label, [token.text for token in below], after == len(lines))
        label += "".join(token.text for token in below[:taken])
        waiting = below[taken:]
        figures = by_position(lines[here].figures, slots[1:]) or lines[here].figures
        yield [RawCell(label, line=lines[here].number), *raw(figures, lines[here].number)]


def head_goes_on(head: Line, line: Line) -> bool:
    """Whether a lone piece below a header's line belongs to one of its figures' columns."""
    return any(token.overlaps(line.tokens[0]) for token in head.tokens[1:])


def headings(lines: Sequence[Line]) -> list[Token]:
    """A header's cells, each with its pieces on the lines below."""
    if not lines:
        return []
    first = max(lines, key=lambda line: len(line.tokens))
    cells = [[(line.number, token)] for line in [first] for token in line.tokens]
    for line in lines:
        for token in line.tokens if line is not first else ():
            near = min(cells, key=lambda cell: abs(middle(cell[0][1]) - middle(token)))
            near.append((line.number, token))
    joined = []
    for cell in cells:
        pieces = [token for _, token in sorted(cell, key=lambda each: each[0])]
        text = "".join(token.text for token in pieces)
        joined.append(Token(text, min(t.start for t in pieces), max(t.end for t in pieces)))
    return joined


def middle(token: Token) -> float:
    return (token.start + token.end) / 2


def pieces_taken(label: str, below: Sequence[str], last: bool) -> int:
    """How many of the pieces below a figure's line are its label's own."""
    for taken in range(len(below) + 1):
        found = ROWS.look_up(label + "".join(below[:taken]))
        if found and found.exact:
            return len(below) if last else taken
    return len(below)


# part four


def remedies_rows(lines: Sequence[Line], notes: list[str]) -> Iterator[list[RawCell]]:
    filled = [line for line in lines if line.tokens]
    at = next((n for n, line in enumerate(filled) if len(line.figures) > 2), len(filled))
    yield from named(filled[:at], (REMEDIES, LITIGATION))
    for number, line in enumerate(filled[at:], at):
        if number > at and line.figures and not line.words:
            continue
        figures = line.figures
        below = filled[number + 1] if number + 1 < len(filled) else None
        if number == at and below and below.figures and not below.words:
            figures, wrapped = joined(figures, below.figures)
            notes += [WRAPPED] if wrapped else []
        yield raw((*line.words, *figures), line.number)


def joined(upper: Sequence[Token], lower: Sequence[Token]) -> tuple[tuple[Token, ...], bool]:
    """Numbers broken in two by a narrow column: each piece goes under the one above it."""
    cells = list(upper)
    for piece in lower:
        under = [at for at, token in enumerate(upper) if token.overlaps(piece)]
        if len(under) != 1:
            return tuple(upper), False
        above = cells[under[0]]
        cells[under[0]] = Token(above.text + piece.text, above.start, above.end)
    return tuple(cells), True
