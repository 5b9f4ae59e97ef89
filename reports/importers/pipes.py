"""Tables with pipes: markdown's, and the looser form that is left of web pages.

Markdown has a pipe at each edge and a row of dashes below the header. The looser
form has pipes only between cells, and a cell may be broken over lines before its
pipe: what stands without one right above a row goes on into it.
"""

import re
from collections.abc import Iterator, Sequence

from .disclosure import is_corner
from .document import BLANK, Block, Paragraph, RawCell, grid_of
from .labels import ROWS
from .loose_cells import loose_table
from .normal import MARK, squeezed
from .numbers import is_figure
from .parts import looks_like_heading

FEWEST = 4  # rows with pipes, in a text of this kind
LONGEST_PIECE = 30  # characters of a broken cell's line
MOST_PIECES = 8
EDGES = ("|", "｜")
RULE = re.compile(r"^[\s|:=+—–-]*-[\s|:=+—–-]*$")
SPLIT = re.compile(r"(?<!\\)[|｜]")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
HEADING = re.compile(r"^#{1,6}\s+")
STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def is_piped(text: str) -> bool:
    if "\t" in text:
        return False
    return sum(is_row(line) for line in text.split("\n")) >= FEWEST


def is_row(line: str) -> bool:
    """Several cells on one line; a pipe after every single cell is ``loose_cells``'s."""
    cells = SPLIT.split(line)
    return len(cells) > 2 or (len(cells) == 2 and all(cell.strip(BLANK) for cell in cells))


def blocks_of_pipes(lines: Sequence[str]) -> Iterator[Block]:
    """Paragraphs, and the tables between them."""
    at, tables, bounded = 0, 0, is_bounded(lines)
    while at < len(lines):
        rows, end = table_at(lines, at, bounded)
        if rows:
            tables += 1
            yield grid_of(tables, rows)
            at = end
            continue
        end, loose = loose_table(lines, at)
        if loose:
            tables += 1
            yield grid_of(tables, loose)
            at = end
            continue
        if text := plain(lines[at]):
            yield Paragraph(text)
        at += 1


def is_bounded(lines: Sequence[str]) -> bool:
    """Whether the rows have pipes at their edges, as markdown's have."""
    rows = [line.strip(BLANK) for line in lines if SPLIT.search(line)]
    return sum(row.startswith(EDGES) and row.endswith(EDGES) for row in rows) * 2 > len(rows)


def table_at(lines: Sequence[str], at: int, bounded: bool) -> tuple[list[list[RawCell]], int]:
    """The rows of a table that begins at a line, and the line after it."""
    rows: list[list[RawCell]] = []
    while at < len(lines):
        first = next_filled(lines, at) if rows else at
        end = row_end(lines, first, bounded)
        if end == first:
            break
        text = "\n".join(lines[first:end])
        if not RULE.match(text):
            rows.append([RawCell(cell, line=first + 1) for cell in cells_in(text, bounded)])
        at = end
    return rows, at


def next_filled(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip(BLANK):
        at += 1
    return at


def row_end(lines: Sequence[str], at: int, bounded: bool) -> int:
    """The line after the row that begins at a line; the line itself where none does."""
    end = at
    while end < len(lines) and not SPLIT.search(lines[end]):
        text = lines[end].strip(BLANK)
        if not is_piece(text) or end - at >= MOST_PIECES:
            return at
        end += 1
    if end == len(lines):
        return at
    end += 1
    if not bounded:
        return end_of_broken(lines, at, end)
    if not lines[at].lstrip(BLANK).startswith(EDGES):
        return end
    closed = end
    while not lines[closed - 1].rstrip(BLANK).endswith(EDGES):
        if closed == len(lines) or closed - at > MOST_PIECES or not is_piece(lines[closed]):
            return end
        closed += 1
    return closed


def end_of_broken(lines: Sequence[str], at: int, end: int) -> int:
    """The line after a loose row whose second or third cell is broken over lines.

    What stands before the break has no figure and ends in a label; what comes
    after it are the label's rest and figures, and as many as it then lacks.
    """
    head = cells_in("\n".join(lines[at:end]), False)
    if not head[-1] or any(is_figure(cell) for cell in head if cell):
        return end
    rest = end
    while rest < len(lines) and rest - end < MOST_PIECES and not SPLIT.search(lines[rest]):
        if not is_piece(lines[rest]):
            return end
        rest += 1
    if rest == len(lines):
        return end
    return rest + 1 if belongs(head, cells_in(lines[rest], False)) else end


def belongs(head: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether cells are the rest of a broken row: a label's with its figures, or a header's."""
    label, *others = rest
    if not label or not others or is_figure(label):
        return False
    if is_corner(head[0]):
        filled = [cell for cell in others if cell]
        return bool(filled) and not ROWS.look_up(label) and not any(map(is_figure, filled))
    marked = MARK.match(squeezed(head[-1])) and not MARK.match(squeezed(label))
    return bool(marked) and all(map(is_figure, others))


def is_piece(text: str) -> bool:
    """Whether a line may be a piece of a cell rather than a paragraph."""
    said = text.strip(BLANK)
    return (
        0 < len(said) <= LONGEST_PIECE and "。" not in said and not looks_like_heading(plain(said))
    )


def cells_in(text: str, bounded: bool) -> list[str]:
    """A row's cells; ``bounded`` where a pipe at its edge is no cell's end but the table's."""
    said = text.strip(BLANK)
    cells = [plain(cell.replace("\\|", "|")) for cell in SPLIT.split(said)]
    first = int(bounded and said.startswith(EDGES))
    last = len(cells) - int(bounded and said.endswith(EDGES) and len(cells) > first + 1)
    return cells[first:last]


def plain(text: str) -> str:
    """A text without markdown's marks."""
    said = HEADING.sub("", text.strip(BLANK)).replace("&nbsp;", " ")
    return STRONG.sub(r"\2", BREAK.sub("\n", said)).strip(BLANK)
