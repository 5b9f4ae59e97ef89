"""A printed grid spread out: where each cell stands, and which headers are a figure's.

HTML's ``scope`` cannot say that a line stands under （三）不予公开 under 三、本年度
办理结果; every figure therefore names its headers (WCAG technique H43).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reports.editions import EDITIONS
from reports.editions.grammar import Edition, Kind
from reports.editions.layout import (
    Cell,
    Grid,
    Row,
    applications_grid,
    disclosure_grid,
    remedies_grid,
)

UNIT = "万元"  # of every amount
COLUMN_SCOPES = ("col", "colgroup")
ROW_SCOPES = ("row", "rowgroup")


@dataclass(frozen=True)
class Spot:
    """A cell with its place in the grid, counted from 0, and its section (-1 the head)."""

    cell: Cell
    row: int
    column: int
    section: int
    headers: tuple["Spot", ...] = ()
    unit: str = ""  # what a header has to add to its label

    def covers_row(self, row: int) -> bool:
        return self.row <= row < self.row + self.cell.rows

    def covers_column(self, column: int) -> bool:
        return self.column <= column < self.column + self.cell.columns


@dataclass(frozen=True)
class Spread:
    """A grid with every cell's place: head rows, then bodies of rows."""

    width: int
    head: tuple[tuple[Spot, ...], ...]
    bodies: tuple[tuple[tuple[Spot, ...], ...], ...]

    @property
    def rows(self) -> tuple[tuple[Spot, ...], ...]:
        return (*self.head, *(row for body in self.bodies for row in body))

    @property
    def spots(self) -> Iterator[Spot]:
        return (spot for row in self.rows for spot in row)


def grid_of(edition: Edition, part: str) -> Grid:
    """The printed grid of a table part by its key."""
    if part == "disclosure":
        return disclosure_grid(edition.disclosure)
    if part == "applications":
        return applications_grid(edition.applications)
    return remedies_grid(edition.remedies)


@cache
def spread_of(edition_key: int, part: str) -> Spread:
    """An edition's table spread out; its shape never changes."""
    grid = grid_of(EDITIONS[edition_key], part)
    bare = list(spread_rows(grid))
    flat = [spot for row in bare for spot in row]
    figures = [with_headers(spot, flat) for spot in flat if spot.cell.place]
    amounts = {
        id(next(header for header in reversed(figure.headers) if header.cell.scope == "col"))
        for figure in figures
        if figure.cell.place and figure.cell.place.kind is Kind.AMOUNT
    }
    drawn = {(spot.row, spot.column): spot for spot in figures}

    def finished(spot: Spot) -> Spot:
        if id(spot) in amounts and UNIT not in spot.cell.text:
            return Spot(spot.cell, spot.row, spot.column, spot.section, unit=f"（单位：{UNIT}）")
        return drawn.get((spot.row, spot.column), spot)

    rows = [tuple(finished(spot) for spot in row) for row in bare]
    head, rest = rows[: len(grid.head)], iter(rows[len(grid.head) :])
    bodies = tuple(tuple(next(rest) for _ in body) for body in grid.bodies)
    return Spread(grid.width, tuple(head), bodies)


def spread_rows(grid: Grid) -> Iterator[tuple[Spot, ...]]:
    """Each row's cells at the first columns that no cell from above still takes."""
    free = [0] * grid.width
    for number, (row, section) in enumerate(sectioned(grid)):
        spots, column = [], 0
        for cell in row:
            while free[column] > number:
                column += 1
            spots.append(Spot(cell, number, column, section))
            free[column : column + cell.columns] = [number + cell.rows] * cell.columns
            column += cell.columns
        yield tuple(spots)


def sectioned(grid: Grid) -> Iterator[tuple[Row, int]]:
    for row in grid.head:
        yield row, -1
    for section, body in enumerate(grid.bodies):
        for row in body:
            yield row, section


def with_headers(figure: Spot, flat: list[Spot]) -> Spot:
    """The figure with its headers: its line's first, then those above it."""
    lines = [
        spot for spot in flat
        if spot.cell.scope in ROW_SCOPES and spot.covers_row(figure.row)
        and spot.section == figure.section
    ]  # fmt: skip
    heads = [
        spot for spot in flat
        if spot.cell.scope in COLUMN_SCOPES and spot.covers_column(figure.column)
        and spot.row < figure.row and spot.section in (-1, figure.section)
    ]  # fmt: skip
    return Spot(figure.cell, figure.row, figure.column, figure.section, (*lines, *heads))
