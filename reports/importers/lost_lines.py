"""Rows of part three whose label is lost or unknown, placed by their position.

Between two rows with known labels the form has so many lines. Rows of the right
number, or numbers of the right number, are those lines in order; and whatever
was assumed is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.editions.grammar import Number

from .document import GridCell, GridRow
from .labels import LINES
from .numbers import is_figure, parse_number
from .placing import Placing, filled_figures, fit, row_source, rows_source, shown

TABLE = "applications"
MANY = 3


@dataclass(frozen=True)
class Run:
    """One of the rows between two known ones: its unknown label, and the cells after it."""

    row: GridRow
    label: str
    cells: tuple[GridCell, ...]

    @property
    def blank(self) -> bool:
        return all(cell.blank for cell in self.row)


def place_run(
    run: Sequence[Run], gap: tuple[str, ...], columns: tuple[str, ...], placing: Placing
) -> None:
    """Place the rows into the lines of the gap, by the first way that is sure."""
    rows = [at for at in run if not at.blank or fit(at.cells, len(columns))]
    if gap and rows:
        for way in (by_rows, by_numbers, by_zeros):
            if way(rows, gap, columns, placing):
                return
    left = list(gap)
    for at in rows:
        key = next((key for key in left if LINES.plausible(at.label, key)), "") if at.label else ""
        if key and fit(at.cells, len(columns)):
            left.remove(key)
            place_row(at, key, columns, placing)
        else:
            if at.label.strip() and fit(at.cells, len(columns)):
                placing.extra.append(shown(at.label))
            placing.leave(
                at.row,
                f"{row_source(at.row)}：“{shown(at.label) or '（无行名）'}”不是格式里的行，"
                "没有读入表格，照录为附加内容。",
            )


def by_rows(
    run: Sequence[Run], gap: tuple[str, ...], columns: tuple[str, ...], placing: Placing
) -> bool:
    """As many whole rows as lines, each with no label or a likely one."""
    if len(run) != len(gap) or not all(
        fit(at.cells, len(columns)) and LINES.plausible(at.label, key)
        for at, key in zip(run, gap, strict=True)
    ):
        return False
    for at, key in zip(run, gap, strict=True):
        place_row(at, key, columns, placing)
    say_lost(run, gap, placing)
    return True


def place_row(at: Run, key: str, columns: tuple[str, ...], placing: Placing) -> None:
    placing.label(key, at.label)
    remark = "" if at.label.strip() else "行名丢失，按位置读取"
    for column, cell in zip(columns, fit(at.cells, len(columns)) or (), strict=True):
        placing.place(f"{column}.{key}", cell, remark)


def say_lost(run: Sequence[Run], gap: tuple[str, ...], placing: Placing) -> None:
    """Which rows without a label were taken for which lines; many of them in one sentence."""
    lost = [(at, key) for at, key in zip(run, gap, strict=True) if not at.label.strip()]
    if len(lost) > MANY and len(lost) == len(run):
        placing.note(
            f"{rows_source([at.row for at in run])}没有行名，行数与格式相同，按次序作为"
            f"“{LINES.label_of(gap[0])}”至“{LINES.label_of(gap[-1])}”共 {len(gap)} 行读取。"
        )
        return
    for at, key in lost:
        form = LINES.label_of(key)
        placing.note(f"{row_source(at.row)}没有行名，按位置作为“{form}”读取。")


def lost_figures(run: Sequence[Run]) -> list[GridCell] | None:
    """The filled cells of rows without labels, or None where a text is among them."""
    cells = filled_figures([at.cells for at in run])
    if any(at.label.strip() for at in run) or not all(is_figure(cell.text) for cell in cells):
        return None
    return cells


def by_numbers(
    run: Sequence[Run], gap: tuple[str, ...], columns: tuple[str, ...], placing: Placing
) -> bool:
    """Exactly as many numbers as the lines have cells, however the rows are broken."""
    cells = lost_figures(run)
    if cells is None or len(cells) != len(gap) * len(columns):
        return False
    wanted = [(key, column) for key in gap for column in columns]
    for (key, column), cell in zip(wanted, cells, strict=True):
        placing.label(key, "")
        placing.place(f"{column}.{key}", cell, "行名丢失，按次序读取")
    placing.note(
        f"{rows_source([at.row for at in run])}没有行名，{len(cells)} 个数恰为"
        f"“{LINES.label_of(gap[0])}”至“{LINES.label_of(gap[-1])}”共 {len(gap)} 行的格数，按次序读取。"
    )
    return True


def by_zeros(
    run: Sequence[Run], gap: tuple[str, ...], columns: tuple[str, ...], placing: Placing
) -> bool:
    """Fewer numbers than cells, but every one is 0 and the form leaves room for 0 only.

    Which 0 is whose cannot be told and need not be: the lines are the outcomes,
    and 一 + 二 - 四 is 0 in each column, so none of them can be more than 0.
    """
    cells = lost_figures(run)
    outcomes, balance = placing.edition.applications.down
    lines = {key for term in outcomes.terms for key in term.keys}
    expected = len(gap) * len(columns)
    if not cells or not lines <= set(gap) or not expected / 2 <= len(cells) < expected:
        return False
    if any(parse_number(cell.text).number != 0 for cell in cells):
        return False
    around = [*balance.left, *(term for term in balance.right if not set(term.keys) & lines)]
    keys = [key for term in around for key in term.keys]
    if any(figure(placing, column, key) != 0 for column in columns for key in keys):
        return False
    for key in gap:
        placing.label(key, "")
        for column in columns:
            placing.place(f"{column}.{key}", cells[0], "行名丢失，留下的数都是0，按0读取")
    placing.note(
        f"{rows_source([at.row for at in run])}没有行名，只有 {len(cells)} 个数，而格式在这里有"
        f" {expected} 格，不能逐格对应；这些数都是 0，新收、上年结转、结转下年度也都是 0，"
        "所以各格都按 0 读取，请对照原件核实。"
    )
    return True


def figure(placing: Placing, column: str, key: str) -> Number | None:
    cell = placing.cells.get(f"{TABLE}.{column}.{key}")
    return None if cell is None else parse_number(cell.text).number
