"""Tables without rules, or with level ones only: lines in columns → rows of cells.

They are read as aligned text is (aligned.py), by the exact places of what
stands in a line.
"""

from collections.abc import Sequence
from dataclasses import replace

from . import aligned_lines
from .aligned import TABLE_PARTS, divided, regions
from .aligned_tables import table_rows
from .document import RawCell
from .pdf_lines import Line
from .pdf_tables import Table, figures

FEWEST = 2  # rows with figures in columns
MANY = 3  # figures in one row, which make it a table's


def with_columns(items: Sequence[Line | Table], notes: list[str]) -> list[Line | Table]:
    """The items with tables in place of the lines of a part which has no ruled one."""
    lines = [in_columns(item, at) for at, item in enumerate(items) if isinstance(item, Line)]
    found = dict(enumerate(items))
    for part, region in regions(lines):
        if part not in TABLE_PARTS or not region:
            continue
        first, last = region[0].number, region[-1].number
        if any(is_filled(items[at]) for at in range(first, last + 1)):
            continue
        table, _ = divided(region)
        rows = table_rows(part, table, notes) if is_table(table) else []
        if rows:
            for line in table:
                del found[line.number]
            found[first] = table_of(rows, [items[line.number] for line in table])
    return [found[at] for at in sorted(found)]


def in_columns(line: Line, number: int) -> aligned_lines.Line:
    """A line as aligned text has it: its places are counted in half characters."""
    unit = max(line.size, 1) / 2
    return aligned_lines.Line(
        number,
        line.page,
        tuple(
            aligned_lines.Token(piece.text, piece.x0 / unit, piece.x1 / unit)
            for piece in line.pieces
        ),
    )


def is_filled(item: Line | Table) -> bool:
    return isinstance(item, Table) and any(figures(row) for row in item.rows)


def is_table(lines: Sequence[aligned_lines.Line]) -> bool:
    """Whether figures stand in columns there."""
    rows = [line for line in lines if line.figures]
    beside = [line for line in rows if len(line.tokens) > 1]
    return len(beside) >= FEWEST or any(len(line.figures) > MANY for line in rows)


def table_of(rows: Sequence[Sequence[RawCell]], lines: Sequence[Line | Table]) -> Table:
    """The table in place of its lines."""
    printed = [line for line in lines if isinstance(line, Line)]
    left, right = min(line.x0 for line in printed), max(line.x1 for line in printed)
    box = (left, printed[0].top, right, printed[-1].top + printed[-1].size)
    cells = tuple(tuple(replace(cell, line=0) for cell in row) for row in rows)
    return Table(printed[0].page, box, (left, right), cells)
