"""Ruled tables on a page: the cells that the rules enclose, with their spans."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .document import RawCell
from .labels import LINES, RESULTS, ROWS
from .numbers import is_figure
from .pdf_lines import lines_of, mended
from .spans import Spanned, laid_out

Box = tuple[float, float, float, float]  # x0, top, x1, bottom
NEAR = 2.5  # points between rules that are one
MOST_LABELS = 3  # of one row: its groups' and its own
FEWEST_RULES = 3  # upright rules that end at one height end a row there


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


def is_split(upper: Sequence[RawCell], lower: Sequence[RawCell]) -> bool:
    """Whether two rows are the halves of one that a page's end parted.

    Its figures stand in one half, and the halves of a label say what the form
    says; or one half is empty. Two rows with figures are never one.
    """
    if not words(lower) or not words(upper):
        return figures(upper) or figures(lower)
    pairs = [(a.text, b.text) for a, b in in_pairs(upper, lower)]
    if any(a and b and (is_figure(a) or is_figure(b)) for a, b in pairs):
        return False
    if figures(upper) and figures(lower):
        return False
    for labels, rest in ((upper, lower), (lower, upper)):
        if is_head(labels) and all(is_figure(text) for text in words(rest)):
            said = words(labels)
            known = LINES.look_up(said[-1]) or ROWS.look_up(said[-1])
            return bool(len(said) <= MOST_LABELS and known and known.exact)
    return any(is_label(a, b) for a, b in pairs)


def is_label(upper: str, lower: str) -> bool:
    """Whether two halves make a line's label which neither of them is."""
    if not upper or not lower:
        return False
    for words_of_form in (LINES, ROWS, RESULTS):
        whole = words_of_form.look_up(mended([upper, lower]))
        if whole and whole.exact:
            halves = (words_of_form.look_up(upper), words_of_form.look_up(lower))
            return not any(half and half.exact for half in halves)
    return False


def figures(row: Iterable[RawCell]) -> bool:
    return any(is_figure(text) for text in words(row))


def both_halves(upper: Sequence[RawCell], lower: Sequence[RawCell]) -> tuple[RawCell, ...]:
    more = max(upper, lower, key=len)
    joined = [replace(a, text=mended([a.text, b.text])) for a, b in in_pairs(upper, lower)]
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
    found = page.find_tables({"explicit_horizontal_lines": open_ends(page)})
    found = [table for table in found if len(table.cells) > 1]
    return [table_of(table, chars, page.page_number) for table in found]


def open_ends(page: Any) -> list[Any]:
    """Level edges where upright rules end together without one: a row that a page's end parted."""
    level = [edge for edge in page.edges if edge["orientation"] == "h"]
    ends: dict[int, list[Any]] = {}
    for edge in page.edges:
        if edge["orientation"] == "v" and edge["height"] > NEAR:
            for end in (edge["top"], edge["bottom"]):
                ends.setdefault(round(end), []).append((float(edge["x0"]), float(end)))
    found = []
    for points in ends.values():
        left, right, y = min(points)[0], max(points)[0], points[0][1]
        if len({round(x) for x, _ in points}) < FEWEST_RULES:
            continue
        if not any(abs(edge["top"] - y) < NEAR * 2 for edge in level):
            found.append(
                {"x0": left, "x1": right, "top": y, "bottom": y, "width": right - left,
                 "orientation": "h", "object_type": "line"}
            )  # fmt: skip
    return found


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
