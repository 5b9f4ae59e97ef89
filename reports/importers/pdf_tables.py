"""Ruled tables on a page: the cells that the rules enclose, with their spans."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .document import RawCell
from .numbers import is_figure
from .pdf_lines import lines_of, mended
from .spans import Spanned, laid_out

Box = tuple[float, float, float, float]  # x0, top, x1, bottom
NEAR = 2.5  # points between rules that are one


@dataclass(frozen=True)
class Table:
    """A table or what a page has of it; ``edges`` are where its columns begin and end."""

    page: int
    box: Box
    edges: tuple[float, ...]
    rows: tuple[tuple[RawCell, ...], ...]

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
        return replace(self, page=other.page, edges=edges, rows=(*self.rows, *rows))


def words(row: Iterable[RawCell]) -> list[str]:
    return [cell.text for cell in row if cell.text]


def is_head(row: Iterable[RawCell]) -> bool:
    return not any(is_figure(text) for text in words(row))


def goes_on(table: Table, other: Table) -> bool:
    """Whether a table that ends a page goes on with the one that begins the next.

    They are equally wide, and one has no column that the other has not: the
    last rows may lack some of the label's columns.
    """
    few, many = sorted((table.edges, other.edges), key=len)
    outer = zip((few[0], few[-1]), (many[0], many[-1]), strict=True)
    return (
        other.page == table.page + 1
        and all(abs(a - b) < NEAR * 2 for a, b in outer)
        and all(abs(edge - many[nearest(many, edge)]) < NEAR * 2 for edge in few)
    )


def inside(char: Any, box: Box) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def tables_of(page: Any, chars: Sequence[Any]) -> list[Table]:
    """The page's ruled tables; a frame around text is none."""
    found = [table for table in page.find_tables() if len(table.cells) > 1]
    return [table_of(table, chars, page.page_number) for table in found]


def table_of(table: Any, chars: Iterable[Any], page: int) -> Table:
    here = [char for char in chars if inside(char, table.bbox)]
    across = edges(x for cell in table.cells for x in (cell[0], cell[2]))
    down = edges(y for cell in table.cells for y in (cell[1], cell[3]))
    rows: list[list[Spanned]] = [[] for _ in down[1:]]
    for cell in sorted(table.cells, key=lambda cell: cell[0]):
        column, right = nearest(across, cell[0]), nearest(across, cell[2])
        row, below = nearest(down, cell[1]), nearest(down, cell[3])
        if right > column and below > row:
            text = mended(
                line.text for line in lines_of([c for c in here if inside(c, cell)], page)
            )
            rows[row].append(Spanned(text, below - row, right - column, column))
    return Table(page, table.bbox, tuple(across), tuple(map(tuple, laid_out(rows))))


def edges(points: Iterable[float]) -> list[float]:
    """The rules' places, each once."""
    found: list[float] = []
    for point in sorted(points):
        if not found or point - found[-1] > NEAR:
            found.append(point)
    return found


def nearest(rules: Sequence[float], point: float) -> int:
    return min(range(len(rules)), key=lambda at: abs(rules[at] - point))
