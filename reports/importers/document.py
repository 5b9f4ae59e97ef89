"""The neutral structure between a reader and recognition: paragraphs and grids.

A grid is a table as rows of printed cells. A cell that goes on from the row
above (a vertical merge) stands as an empty cell; one that is several columns
wide stands once. So a .docx and a text file converted from it look alike.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

MOST_CELLS = 8_000  # a report has some 350
MOST_PARAGRAPHS = 8_000
MOST_CHARACTERS = 200_000  # some 20,000


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class GridCell:
    """A printed cell; table, row and position count from 1 as a reader counts.

    ``columns`` is its span where the format tells it; ``merged`` marks the
    continuation of the cell above; ``line`` is the line of a text file.
    """

    text: str
    table: int = 0
    row: int = 0
    position: int = 0
    columns: int = 1
    merged: bool = False
    line: int = 0

    @property
    def source(self) -> str:
        where = f"第{self.table}张表第{self.row}行第{self.position}格"
        return f"{where}（文本第{self.line}行）" if self.line else where

    @property
    def blank(self) -> bool:
        return not self.text.strip(BLANK)


# every space there is, and marks without width: what strips off a text's edges
BLANK = "".join(
    map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0xAD, 0x1680, *range(0x2000, 0x2010),
              0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF))
)  # fmt: skip
GridRow = tuple[GridCell, ...]


@dataclass(frozen=True)
class TableGrid:
    """A table: rows of cells. ``number`` counts the document's tables from 1."""

    number: int
    rows: tuple[GridRow, ...]


Block = Paragraph | TableGrid


@dataclass(frozen=True)
class Document:
    """What a reader hands over; ``notes`` says what it left out."""

    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()

    def grids(self) -> Iterator[TableGrid]:
        return (block for block in self.blocks if isinstance(block, TableGrid))

    def paragraphs(self) -> Iterator[Paragraph]:
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def texts(self) -> Iterator[str]:
        yield from (cell.text for grid in self.grids() for row in grid.rows for cell in row)
        yield from (paragraph.text for paragraph in self.paragraphs())

    def changed(self, change: Callable[[str], str]) -> "Document":
        """The document with every text as ``change`` makes it."""

        def row_of(row: GridRow) -> GridRow:
            return tuple(replace(cell, text=change(cell.text)) for cell in row)

        blocks = (
            replace(block, rows=tuple(map(row_of, block.rows)))
            if isinstance(block, TableGrid)
            else replace(block, text=change(block.text))
            for block in self.blocks
        )
        return replace(self, blocks=tuple(blocks))

    @property
    def too_large(self) -> bool:
        cells = [cell.text for grid in self.grids() for row in grid.rows for cell in row]
        paragraphs = [paragraph.text for paragraph in self.paragraphs()]
        return (
            len(cells) > MOST_CELLS
            or len(paragraphs) > MOST_PARAGRAPHS
            or sum(map(len, cells)) + sum(map(len, paragraphs)) > MOST_CHARACTERS
        )


@dataclass(frozen=True)
class RawCell:
    """A cell as a reader finds it, before the grid is numbered."""

    text: str
    columns: int = 1
    merged: bool = False
    line: int = 0


def grid_of(number: int, rows: Iterable[Iterable[RawCell]]) -> TableGrid:
    """A grid whose cells know where they stand."""
    return TableGrid(
        number,
        tuple(
            tuple(
                GridCell(raw.text, number, at, position, raw.columns, raw.merged, raw.line)
                for position, raw in enumerate(row, 1)
            )
            for at, row in enumerate(rows, 1)
        ),
    )
