"""The statutory tables as printed: rows of cells with their spans.

One description for the page, the PDF, the document and whoever reads one:
no table's shape is written anywhere else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import lcm

from .grammar import ApplicationsTable, Block, Column, DisclosureTable, Line, Place, RemediesTable


@dataclass(frozen=True)
class Cell:
    """A printed cell: a label, or the place of a figure.

    ``rows`` and ``columns`` are its spans; ``scope`` is what a header cell
    heads (col, colgroup, row, rowgroup), empty for a figure.
    """

    text: str = ""
    place: Place | None = None
    rows: int = 1
    columns: int = 1
    scope: str = ""


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """A printed table: ``width`` grid columns, header rows, then bodies of rows."""

    width: int
    head: tuple[Row, ...]
    bodies: tuple[tuple[Row, ...], ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return (*self.head, *(row for body in self.bodies for row in body))


def disclosure_grid(table: DisclosureTable) -> Grid:
    """Part two. Blocks of one, two or three figures share one grid by spans."""
    units = lcm(*(len(block.columns) for block in table.blocks))
    bodies = tuple(tuple(block_rows(table, block, units)) for block in table.blocks)
    return Grid(units + 1, (), bodies)


def block_rows(table: DisclosureTable, block: Block, units: int) -> Iterator[Row]:
    span = units // len(block.columns)
    heads = (Cell(column.label, columns=span, scope="col") for column in block.columns)
    yield (Cell(block.caption, columns=units + 1, scope="colgroup"),)
    yield (Cell(table.corner, scope="col"), *heads)
    places = {(place.line, place.column): place for place in block.places()}
    for row in block.rows:
        figures = (
            Cell(place=places[row.key, column.key], columns=span) for column in block.columns
        )
        yield (Cell(row.label, scope="row"), *figures)


def column_heads(columns: tuple[Column, ...], rows: int) -> tuple[list[Cell], list[Cell]]:
    """Two header rows: a column without a common heading takes both."""
    upper, lower = [], []
    for under, group in groupby(columns, key=lambda column: column.under):
        members = list(group)
        if under:
            upper.append(Cell(under, columns=len(members), scope="colgroup"))
            lower += [Cell(column.label, scope="col") for column in members]
        else:
            upper += [Cell(column.label, rows=rows, scope="col") for column in members]
    return upper, lower


LABELS = 3  # grid columns of part three's labels


def applications_grid(table: ApplicationsTable) -> Grid:
    """Part three: three columns of labels, seven of figures."""
    upper, lower = column_heads(table.columns, rows=2)
    head = (
        (
            Cell(table.corner, rows=3, columns=LABELS, scope="rowgroup"),
            Cell(table.columns_heading, columns=len(table.columns), scope="colgroup"),
        ),
        tuple(upper),
        tuple(lower),
    )
    places = {(place.line, place.column): place for place in table.places()}

    def figures(line: Line) -> Row:
        return tuple(Cell(place=places[line.key, column.key]) for column in table.columns)

    def rows_of(line: Line, width: int) -> Iterator[Row]:
        if not line.children:
            yield (Cell(line.label, columns=width, scope="row"), *figures(line))
            return
        inner = [row for child in line.children for row in rows_of(child, width - 1)]
        yield (Cell(line.label, rows=len(inner), scope="rowgroup"), *inner[0])
        yield from inner[1:]

    body = tuple(row for line in table.lines for row in rows_of(line, LABELS))
    return Grid(LABELS + len(table.columns), head, (body,))


def remedies_grid(table: RemediesTable) -> Grid:
    """Part four: three header rows over one row of fifteen figures."""
    results = len(table.results)
    top, middle, bottom = [], [], []
    for under, members in groupby(table.groups, key=lambda group: group.under):
        groups = list(members)
        top.append(Cell(under or groups[0].label, columns=results * len(groups), scope="colgroup"))
        for group in groups:
            if under:
                middle.append(Cell(group.label, columns=results, scope="colgroup"))
                bottom += [Cell(result.label, scope="col") for result in table.results]
            else:
                middle += [Cell(result.label, rows=2, scope="col") for result in table.results]
    figures = tuple(Cell(place=place) for place in table.places())
    return Grid(len(figures), (tuple(top), tuple(middle), tuple(bottom)), ((figures,),))
