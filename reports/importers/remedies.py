"""Part four: fifteen figures in one row below three rows of headings."""

from collections.abc import Sequence

from reports.editions.grammar import Edition

from .document import GridCell, GridRow
from .labels import LITIGATION, REMEDIES, RESULTS, Match
from .numbers import is_figure
from .placing import Placing, fit, row_source

TABLE = "remedies"
Heads = Sequence[Sequence[tuple[str, str]]]  # rows of (key, printed label)


def place_remedies(rows: Sequence[GridRow], edition: Edition) -> Placing:
    placing = Placing(TABLE, edition)
    heads = [row for row in rows if is_header(row)]
    order = order_of(heads, placing)
    for row in (row for row in rows if not is_header(row)):
        cells = figures_in(row, len(order))
        if cells is None or placing.cells:
            placing.leave(
                row, f"{row_source(row)}不是格式里的数字行，没有读入第四部分，照录为附加内容。"
            )
            continue
        spanned = "几列合并为一格，逐列读取" if len(row) < len(order) else ""
        for key, cell in zip(order, cells, strict=True):
            placing.place(key, cell, spanned)
    return placing


def is_header(row: GridRow) -> bool:
    return any(label_in(cell) for cell in row)


def label_in(cell: GridCell) -> Match | None:
    if cell.blank or is_figure(cell.text):
        return None
    words = (REMEDIES, LITIGATION, RESULTS)
    return next((found for each in words if (found := each.look_up(cell.text))), None)


def figures_in(row: GridRow, width: int) -> tuple[GridCell, ...] | None:
    """The row's figures; a label before them (「件数」) is none."""
    cells = fit(row, width)
    if cells and (is_figure(cells[0].text) or any(map(str.isdigit, cells[0].text))):
        return cells
    return fit(row[1:], width) if len(row) > 1 and not is_figure(row[0].text) else cells


def order_of(heads: Sequence[GridRow], placing: Placing) -> tuple[str, ...]:
    """The cells' keys in printed order: remedies by their headings, results within each."""
    table = placing.edition.remedies
    standard = tuple(place.key for place in table.places())
    found = [[(m.key, cell.text) for cell in row if (m := label_in(cell))] for row in heads]
    groups = groups_in(found, placing.edition)
    results = results_in(found, groups, placing.edition)
    keys = tuple(f"{group}.{key}" for group in groups for key, _ in results.get(group, ()))
    if sorted(keys) != sorted(standard):
        placing.note("第四部分的标题没有全部认出，按格式规定的次序读取。")
        return standard
    for row in found:
        for key, text in row:
            if key != "litigation":
                placing.label(key, text)
    if keys != standard:
        placing.note("第四部分各列的次序与格式不同，按各列的标题读取。")
    return keys


def groups_in(found: Heads, edition: Edition) -> tuple[str, ...]:
    """The remedies from left to right: what stands under 行政诉讼 takes its place."""
    keys = {group.key: group for group in edition.remedies.groups}
    named = list(dict.fromkeys(key for row in found for key, _ in row if key in keys))
    under = [key for key in named if keys[key].under]
    order: list[str] = []
    for key, _ in (pair for row in found for pair in row):
        if key == "litigation":
            order += [each for each in under if each not in order]
        elif key in keys and key not in order:
            order.append(key)
    return tuple(order)


def results_in(
    found: Heads, groups: tuple[str, ...], edition: Edition
) -> dict[str, Sequence[tuple[str, str]]]:
    """Each remedy's results: the upper row has those without a common heading."""
    keys = {result.key for result in edition.remedies.results}
    width = len(keys)
    rows = [[pair for pair in row if pair[0] in keys] for row in found]
    listed = [row for row in rows if row]
    if len(listed) == 2:
        plain = [g for g in groups if not edition.remedies.group(g).under]
        owners = [*plain, *(g for g in groups if g not in plain)]
    else:
        owners = list(groups)
    flat = [pair for row in listed for pair in row]
    return {group: flat[at * width : (at + 1) * width] for at, group in enumerate(owners)}
