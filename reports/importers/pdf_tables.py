"""Ruled tables on a page: the cells that the rules enclose, with their spans."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .document import RawCell
from .labels import (
    APPLICANTS,
    APPLICANTS_HEADING,
    FIGURES,
    GROUPS,
    LINES,
    LITIGATION,
    ORGANIZATIONS,
    REMEDIES,
    RESULTS,
    ROWS,
    Vocabulary,
)
from .numbers import is_figure
from .pdf_lines import Line, lines_of, mended
from .pdf_pages import Char, Page
from .pdf_rules import NEAR, Box, Ruled, nearest, ruled_tables
from .spans import Spanned, laid_out

HEADS = (APPLICANTS, APPLICANTS_HEADING, FIGURES, LITIGATION, ORGANIZATIONS, REMEDIES, RESULTS)
MOST_IN_ONE = 2  # figures that may stand beside each other in a cell, once in a table
MOST_LABELS = 3  # of one row: its groups' and its own


@dataclass(frozen=True)
class Table:
    """A table or what a page has of it; ``edges`` are where its columns begin and end."""

    page: int
    box: Box
    edges: tuple[float, ...]
    rows: tuple[tuple[RawCell, ...], ...]
    split: int = 0  # rows that stood on two pages

    @property
    def top(self) -> float:
        return self.box[1]

    def followed_by(self, other: "Table") -> "Table":
        """This table with what the next page has of it, less the head repeated there."""
        rows = list(other.rows)
        for mine in self.rows:
            if not rows or words(mine) != words(rows[0]) or not is_head(mine):
                break
            rows.pop(0)
        edges = max(self.edges, other.edges, key=len)
        above, split = list(self.rows), self.split
        if above and rows and is_split(above[-1], rows[0]):
            rows[0] = both_halves(above.pop(), rows[0])
            split += 1
        return replace(self, page=other.page, edges=edges, rows=(*above, *rows), split=split)

    def completed(self, lines: Sequence[Line]) -> "Table | None":
        """The table with labels that go on below its last rule; None where no label does."""
        rows = [list(row) for row in self.rows]
        said: dict[tuple[int, int], list[str]] = {}
        for piece in (piece for line in lines for piece in line.pieces):
            place = self.label_at((piece.x0 + piece.x1) / 2)
            if place is None:
                return None
            said.setdefault(place, []).append(piece.text)
        for (row, at), texts in said.items():
            cell, rest = rows[row][at], mended(texts)
            if not is_label(cell.text, rest) and (cell.text or not is_exact(rest, HEADS)):
                return None
            rows[row][at] = replace(cell, text=mended([cell.text, rest]))
        return replace(self, rows=tuple(map(tuple, rows)), page=lines[-1].page)

    def label_at(self, x: float) -> tuple[int, int] | None:
        """Row and position of the cell at the table's end which a place across lies in."""
        for number in range(len(self.rows) - 1, -1, -1):
            row = self.rows[number]
            column = max(len(self.edges) - 1 - sum(cell.columns for cell in row), 0)
            for at, cell in enumerate(row):
                last = min(column + cell.columns, len(self.edges) - 1)
                here = self.edges[column] < x < self.edges[last]
                if here and (cell.text or not cell.merged):
                    return number, at
                column = last
        return None


def is_split(upper: Sequence[RawCell], lower: Sequence[RawCell]) -> bool:
    """Whether two rows are the halves of one that a page's end parted.

    Its figures stand in one half, and the halves of a label say what the form
    says; or one half is empty. Two rows with figures are never one.
    """
    if not words(lower) or not words(upper):
        return figures(upper) or figures(lower)
    pairs = [(a.text, b.text) for a, b in in_pairs(upper, lower)]
    if len(upper) == len(lower) and is_split_head(pairs):
        return True
    if any(a and b and (is_figure(a) or is_figure(b)) for a, b in pairs):
        return False
    if figures(upper) and figures(lower):
        return False
    for labels, rest in ((upper, lower), (lower, upper)):
        said = words(labels)
        apart = not any(a and b for a, b in pairs)
        if apart and figures(rest) and all(is_exact(text, [GROUPS]) for text in said):
            return True
        if is_head(labels) and all(is_figure(t) or is_exact(t, [GROUPS]) for t in words(rest)):
            known = LINES.look_up(said[-1]) or ROWS.look_up(said[-1])
            return bool(len(said) <= MOST_LABELS and known and known.exact)
    return any(is_label(a, b) for a, b in pairs)


def is_split_head(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether two rows are halves of a table's header, each with some of its headings."""
    whole = [mended([a, b]) for a, b in pairs if a or b]
    return (
        any(b and not a for a, b in pairs)
        and all(not (a and b) or is_label(a, b) for a, b in pairs)
        and all(is_exact(text, HEADS) for text in whole)
    )


def is_label(upper: str, lower: str) -> bool:
    """Whether two halves make a line's label which neither of them is."""
    if not upper or not lower:
        return False
    return any(
        is_exact(mended([upper, lower]), [each])
        and not (is_exact(upper, [each]) or is_exact(lower, [each]))
        for each in (LINES, ROWS, GROUPS, *HEADS)
    )


def is_exact(text: str, vocabularies: Iterable[Vocabulary]) -> bool:
    return any((found := each.look_up(text)) and found.exact for each in vocabularies)


def figures(row: Iterable[RawCell]) -> bool:
    return any(is_figure(text) for text in words(row))


def both_halves(upper: Sequence[RawCell], lower: Sequence[RawCell]) -> tuple[RawCell, ...]:
    more = max(upper, lower, key=len)
    joined = [
        replace(a, text=mended([a.text, b.text]), merged=a.merged and not b.text)
        for a, b in in_pairs(upper, lower)
    ]
    return (*more[: len(more) - len(joined)], *joined)


def in_pairs(upper: Sequence[RawCell], lower: Sequence[RawCell]) -> list[tuple[RawCell, RawCell]]:
    """Cells one above the other; one of the rows may lack the outer labels."""
    count = min(len(upper), len(lower))
    return list(zip(upper[-count:], lower[-count:], strict=True))


def words(row: Iterable[RawCell]) -> list[str]:
    return [cell.text for cell in row if cell.text]


def is_head(row: Iterable[RawCell]) -> bool:
    return not figures(row)


def goes_on(table: Table, other: Table) -> bool:
    """Whether a table that ends a page goes on with the one that begins the next.

    They end at one place, and one has no column that the other has not: the
    last rows may lack some of the label's columns, the outer ones too.
    """
    few, many = sorted((table.edges, other.edges), key=len)
    return (
        other.page == table.page + 1
        and len(few) > 1
        and abs(few[-1] - many[-1]) < NEAR * 2
        and all(abs(edge - many[nearest(many, edge)]) < NEAR * 2 for edge in few)
    )


def tables_of(page: Page) -> list[Table]:
    """The page's ruled tables, without those whose figures stand outside of the rules."""
    ruled = ruled_tables(page.rules, page.chars)
    tables = [table for each in ruled if (table := table_of(each, page))]
    free = [char for char in page.chars if not any(inside(char, t.box) for t in tables)]
    return [table for table in tables if not has_figures_beside(table, free)]


def inside(char: Char, box: Box) -> bool:
    x, y = char.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def has_figures_beside(table: Table, free: Iterable[Char]) -> bool:
    """Whether only the labels are ruled."""
    if any(figures(row) for row in table.rows):
        return False
    _, top, _, bottom = table.box
    beside = [char for char in free if top <= char.middle[1] <= bottom]
    return any(is_figure(piece.text) for line in lines_of(beside, 0) for piece in line.pieces)


def table_of(ruled: Ruled, page: Page) -> Table | None:
    """What the rules enclose; None where they do not part the figures."""
    chars: list[list[Char]] = [[] for _ in ruled.cells]
    for char in page.chars:
        if inside(char, ruled.box):
            chars[ruled.cell_at(*char.middle)].append(char)
    texts = [lines_of(own, page.number) for own in chars]
    if not parts_figures([line for lines in texts for line in lines]):
        return None
    rows: list[list[Spanned]] = [[] for _ in ruled.down[1:]]
    for cell, lines in zip(ruled.cells, texts, strict=True):
        text = mended(line.text for line in lines)
        rows[cell.row].append(Spanned(text, cell.rows, cell.columns, cell.column))
    return Table(page.number, ruled.box, ruled.across, tuple(map(tuple, laid_out(rows))))


def parts_figures(lines: Sequence[Line]) -> bool:
    """Whether the lines that stand in cells hold a figure each, as far as they hold any."""
    rows = [len(line.pieces) for line in lines if is_row(line)]
    single = any(len(line.pieces) == 1 and is_figure(line.text) for line in lines)
    return not rows or (len(rows) == 1 and rows[0] <= MOST_IN_ONE and single)


def is_row(line: Line) -> bool:
    return len(line.pieces) > 1 and all(is_figure(piece.text) for piece in line.pieces)
