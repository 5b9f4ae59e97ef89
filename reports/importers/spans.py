"""Cells with spans laid out as every reader hands them over.

A cell that goes on from the row above is repeated as an empty one marked
``merged``; one that is several columns wide stands once (document.py).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .document import MOST_CELLS, RawCell
from .reading import UnreadableDocument

WIDEST = 1000  # columns; what HTML allows
TOO_MANY = "文件里的表格或段落太多，不像一份年度报告。"


@dataclass(frozen=True)
class Spanned:
    """A cell with its spans; ``column`` is where it begins, -1 for the next free one."""

    text: str
    rows: int = 1
    columns: int = 1
    column: int = -1


def laid_out(rows: Iterable[Sequence[Spanned]]) -> list[list[RawCell]]:
    """Rows of cells with the continuations of what hangs down from above."""
    found: list[list[RawCell]] = []
    hanging: dict[int, Spanned] = {}  # column → what hangs there, with the rows left
    total = 0
    for row in rows:
        line: dict[int, RawCell] = {
            column: RawCell("", cell.columns, merged=True) for column, cell in hanging.items()
        }
        taken = {
            c for column, cell in hanging.items() for c in range(column, column + cell.columns)
        }
        hanging = {
            column: replace(cell, rows=cell.rows - 1)
            for column, cell in hanging.items()
            if cell.rows > 1
        }
        for column, cell in placed(row, taken):
            line[column] = RawCell(cell.text, cell.columns)
            if cell.rows > 1:
                hanging[column] = replace(cell, rows=cell.rows - 1)
        total += len(line)
        if total > MOST_CELLS:
            raise UnreadableDocument(TOO_MANY)
        found.append([line[column] for column in sorted(line)])
    return found


def placed(row: Sequence[Spanned], taken: set[int]) -> Iterator[tuple[int, Spanned]]:
    """Each cell of a row with its column: its own, or the next which nothing hangs into."""
    column = 0
    for cell in row:
        if cell.column >= 0:
            column = cell.column
        while column in taken:
            column += 1
        if column > WIDEST:
            raise UnreadableDocument(TOO_MANY)
        yield column, cell
        column += cell.columns
