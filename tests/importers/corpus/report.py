"""A report described without any format, and what a careful reader finds in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from reports.editions.grammar import Kind, Number, Place, plain
from reports.editions.layout import Grid, applications_grid, disclosure_grid, remedies_grid
from reports.editions.wording import date_text
from reports.sheet import Sheet, name_of

TABLES = ("disclosure", "applications", "remedies")


@dataclass(frozen=True)
class Cell:
    """A printed cell with its spans; ``place`` is the full name of the figure's place, if any."""

    text: str
    rows: int = 1
    columns: int = 1
    place: str = ""


Row = tuple[Cell, ...]
Rows = tuple[Row, ...]


@dataclass(frozen=True)
class Layout:
    """A table that only lays a page out, around everything else."""

    blocks: tuple["Block", ...]


Block = str | Rows | Layout


@dataclass(frozen=True)
class Part:
    """A printed part: the form's key or "", its heading ("": printed without), its content."""

    key: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """What is printed; and in ``sheet``, ``figures``, ``missing`` and ``said`` what is found.

    ``figures`` overrides cells of the sheet, ``missing`` are places without a
    cell, ``said`` pieces of sentences which a note must have, ``kept`` texts
    which must stand in an addition, ``unread`` texts of the sheet which the
    variation itself changes.
    """

    sheet: Sheet
    front: tuple[Block, ...]
    parts: tuple[Part, ...]
    tail: tuple[Block, ...]
    around: Callable[[tuple[Block, ...]], tuple[Block, ...]] | None = None
    figures: Mapping[str, Number | None] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    said: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """From top to bottom."""
        said = list(self.front)
        for part in self.parts:
            said += [part.heading] if part.heading else []
            said += part.blocks
        whole = (*said, *self.tail)
        return self.around(whole) if self.around else whole

    @property
    def expected(self) -> dict[str, Number | None]:
        """Every cell of the edition by its full name, as it must be read."""
        cells = {name_of(place): number for place, number in self.sheet.cells()}
        return {**cells, **self.figures, **dict.fromkeys(self.missing)}

    def part(self, key: str) -> Part:
        return next(part for part in self.parts if part.key == key)

    def table(self, key: str) -> Rows:
        return next(block for block in self.part(key).blocks if isinstance(block, tuple))

    def with_part(self, key: str, **changes: object) -> "Report":
        parts = tuple(replace(p, **changes) if p.key == key else p for p in self.parts)
        return replace(self, parts=parts)

    def with_table(self, key: str, *blocks: Block) -> "Report":
        """The table of a part replaced by other blocks."""
        now = []
        for block in self.part(key).blocks:
            now += blocks if isinstance(block, tuple) else [block]
        return self.with_part(key, blocks=tuple(now))

    def with_tables(self, change: Callable[[Cell], Cell], *keys: str) -> "Report":
        """Every cell of the tables changed."""

        def changed(block: Block) -> Block:
            if not isinstance(block, tuple):
                return block
            return tuple(tuple(change(cell) for cell in row) for row in block)

        parts = tuple(
            replace(part, blocks=tuple(map(changed, part.blocks)))
            if part.key in (keys or TABLES)
            else part
            for part in self.parts
        )
        return replace(self, parts=parts)

    def saying(self, *pieces: str) -> "Report":
        return replace(self, said=(*self.said, *pieces))

    def losing(self, *names: str) -> "Report":
        return replace(self, missing=self.missing | set(names))


def report_of(sheet: Sheet) -> Report:
    """The sheet on the form, as it is printed without any fault."""
    edition = sheet.edition
    grids = {
        "disclosure": disclosure_grid(edition.disclosure),
        "applications": applications_grid(edition.applications),
        "remedies": remedies_grid(edition.remedies),
    }
    parts = []
    for part in edition.parts[1:]:
        content = rows_of(grids[part.key], sheet) if part.is_table else None
        blocks = (content,) if content else tuple(sheet.text(part.key).split("\n"))
        parts.append(Part(part.key, part.title, blocks))
    tail = (sheet.signed_by, date_text(sheet.signed_on)) if sheet.signed_on else ()
    return Report(sheet, (sheet.title, *sheet.preface.split("\n")), tuple(parts), tail)


def rows_of(grid: Grid, sheet: Sheet) -> Rows:
    def cell(each) -> Cell:
        if each.place is None:
            return Cell(each.text, each.rows, each.columns)
        number = sheet.figure(each.place)
        text = "" if number is None else plain(number)
        return Cell(text, each.rows, each.columns, name_of(each.place))

    return tuple(tuple(cell(each) for each in row) for row in grid.rows)


def row_at(rows: Rows, name: str) -> int:
    """The row in which a place's figure stands."""
    return next(n for n, row in enumerate(rows) if any(cell.place == name for cell in row))


def line_at(rows: Rows, line: str) -> int:
    """The row of part three of that line."""
    return row_at(rows, f"applications.total.{line}")


def places_in(rows: Rows) -> tuple[str, ...]:
    return tuple(cell.place for row in rows for cell in row if cell.place)


def place_named(report: Report, name: str) -> Place:
    return next(place for place in report.sheet.edition.places() if name_of(place) == name)


def is_amount(report: Report, name: str) -> bool:
    return place_named(report, name).kind is Kind.AMOUNT


def unspanned(rows: Rows) -> Rows:
    """Without vertical merges: what goes on below stands as empty cells."""
    lines, hanging = [], {}
    for row in rows:
        column, line, cells = 0, [], list(row)
        while cells or hanging.get(column, (0, 0))[0] > 0:
            left, width = hanging.get(column, (0, 0))
            if left > 0:
                line.append(Cell("", columns=width))
                hanging[column] = (left - 1, width)
                column += width
                continue
            cell = cells.pop(0)
            line.append(replace(cell, rows=1))
            hanging[column] = (cell.rows - 1, cell.columns)
            column += cell.columns
        lines.append(tuple(line))
    return tuple(lines)


def without_row(rows: Rows, at: int) -> Rows:
    """Without one row; what hung into it is so much shorter, what began in it begins below."""
    kept = [list(row) for row in rows]
    gone = kept.pop(at)
    for number in range(at):
        kept[number] = [
            replace(cell, rows=cell.rows - 1) if number + cell.rows > at else cell
            for cell in kept[number]
        ]
    down = [replace(cell, rows=cell.rows - 1) for cell in gone if cell.rows > 1]
    if down:
        kept[at] = [*down, *kept[at]]
    return tuple(map(tuple, kept))


def with_row(rows: Rows, at: int, row: Row) -> Rows:
    """With a further row at a place; what hangs past it is one row longer."""
    before = [
        tuple(
            replace(cell, rows=cell.rows + 1) if number + cell.rows > at else cell for cell in line
        )
        for number, line in enumerate(rows[:at])
    ]
    return (*before, row, *rows[at:])
