"""Cells put into places: what the recognition of each table fills."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.editions import EDITIONS
from reports.editions.grammar import Edition, Place
from reports.sheet import name_of

from .document import GridCell, GridRow
from .normal import said_in

PLACES: dict[str, Place] = {
    name_of(place): place for edition in EDITIONS.values() for place in edition.places()
}


@dataclass
class Placing:
    """A statutory table as far as it was understood, against one edition.

    ``cells`` maps a place's full name to its cell, ``remarks`` to what was
    assumed of it; ``labels`` maps a line's or column's full name to the label
    printed there; ``leftover`` are rows which are not the form's; ``units`` what
    a header counts an amount in ("" where it does not say).
    """

    table: str
    edition: Edition
    cells: dict[str, GridCell] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    leftover: list[GridRow] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)  # rows and columns that the form has not
    notes: list[str] = field(default_factory=list)

    def place(self, key: str, cell: GridCell, remark: str = "") -> bool:
        """Put a cell into the place ``key`` of this table; False if it is taken or unknown."""
        name = f"{self.table}.{key}"
        if name not in PLACES or name in self.cells:
            return False
        self.cells[name] = cell
        if cell.merged:
            remark = remark or "与上面一格合并"
        if remark:
            self.remarks[name] = remark
        return True

    def label(self, key: str, text: str) -> None:
        self.labels.setdefault(f"{self.table}.{key}", text.strip())

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def leave(self, row: GridRow, why: str = "") -> None:
        """Keep a row as a local addition."""
        if any(not cell.blank for cell in row):
            self.leftover.append(row)
            if why:
                self.note(why)

    @property
    def share(self) -> float:
        """How much of the edition's table was found."""
        wanted = names_of(self.edition, self.table)
        return sum(name in self.cells for name in wanted) / len(wanted)


def names_of(edition: Edition, table: str) -> tuple[str, ...]:
    names = (name_of(place) for place in edition.places())
    return tuple(name for name in names if name.startswith(f"{table}."))


def fit(cells: Sequence[GridCell], width: int) -> tuple[GridCell, ...] | None:
    """Exactly ``width`` cells out of those after a row's label, or None.

    Spare empty cells (a spreadsheet's merged ones) are dropped from the sides, and
    between figures at equal distances; a cell that spans several columns stands
    for each of them.
    """
    given = tuple(cells)
    if spread := one_spread(given, width):
        return spread
    if len(given) > width:
        if all(cell.blank for cell in given[:-width]):
            return given[-width:]
        if all(cell.blank for cell in given[width:]):
            return given[:width]
        filled = [at for at, cell in enumerate(given) if not cell.blank]
        whole = given[filled[0] : filled[-1] + 1]
        return whole if len(whole) == width else evenly(given, width)
    if len(given) < width and given and sum(cell.columns for cell in given) == width:
        return tuple(cell for cell in given for _ in range(cell.columns))
    return given if len(given) == width else None


def one_spread(given: tuple[GridCell, ...], width: int) -> tuple[GridCell, ...] | None:
    """One figure merged over all columns, with nothing but empty cells after it."""
    if not given or given[0].blank or given[0].columns != width or width == 1:
        return None
    return given[:1] * width if all(cell.blank for cell in given[1:]) else None


def evenly(given: tuple[GridCell, ...], width: int) -> tuple[GridCell, ...] | None:
    """The first of every so many cells, where all between them are empty."""
    step, rest = divmod(len(given), width)
    if rest or any(not cell.blank for at, cell in enumerate(given) if at % step):
        return None
    return given[::step]


def filled_figures(rows: Sequence[Sequence[GridCell]]) -> list[GridCell]:
    return [cell for row in rows for cell in row if not cell.blank]


def row_source(row: Sequence[GridCell]) -> str:
    """「第3张表第5行」."""
    return f"第{row[0].table}张表第{row[0].row}行" if row else ""


def rows_source(rows: Sequence[Sequence[GridCell]]) -> str:
    first, last = rows[0][0], rows[-1][0]
    if (first.table, first.row) == (last.table, last.row):
        return row_source(rows[0])
    if first.table != last.table:
        return f"{row_source(rows[0])}至{row_source(rows[-1])}"
    return f"第{first.table}张表第{first.row}至{last.row}行"


def shown(text: str) -> str:
    """A printed label in one line, for a note."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else f"{flat[:40]}…"


def unit_in(header: str) -> str:
    """What an amount's header counts it in: 万元, 元, or "" where it does not say."""
    said = said_in(header)
    return "万元" if "万元" in said else "元" if "元" in said else ""
