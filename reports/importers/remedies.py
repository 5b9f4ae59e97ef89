"""Part four: fifteen figures in one row below three rows of headings."""

from collections.abc import Sequence

from reports.editions.grammar import Edition

from .document import GridCell, GridRow
from .labels import LITIGATION, REMEDIES, RESULTS, Match
from .normal import bare
from .numbers import is_figure
from .placing import Placing, fit, row_source

TABLE = "remedies"
LEAST = 6  # figures in rows of their own: more than one remedy's
SHORTEST = 4  # of a remedy's name at the end of a longer label
Heads = Sequence[Sequence[tuple[str, str]]]  # rows of (key, printed label)


def place_remedies(rows: Sequence[GridRow], edition: Edition) -> Placing:
    placing = Placing(TABLE, edition)
    heads = [row for row in rows if is_header(row)]
    columns = [row for row in heads if sum(not cell.blank for cell in row) > 1]
    body = [row for row in rows if not is_header(row)]
    body = [row for row in body if any(not cell.blank for cell in row)] or body
    notes: list[str] = []
    order = order_of(columns or heads, placing, notes)
    whole = [row for row in body if figures_in(row, len(order))]
    if not whole and place_divided(rows, placing):
        return placing
    for sentence in notes:
        placing.note(sentence)
    for row in body:
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
    """A row of headings only: with figures beside them they are the figures' own labels."""
    figures = sum(1 for cell in row if not cell.blank and is_figure(cell.text))
    return not figures and any(label_in(cell) for cell in row)


def label_in(cell: GridCell) -> Match | None:
    if cell.blank or is_figure(cell.text):
        return None
    words = (REMEDIES, LITIGATION, RESULTS)
    return next((found for each in words if (found := each.look_up(cell.text))), None)


def figures_in(row: GridRow, width: int) -> tuple[GridCell, ...] | None:
    """The row's figures; a label before them (「件数」) is none."""
    cells = fit(row, width)
    if cells and (is_figure(cells[0].text) or with_digits(row) * 2 > len(row) > 1):
        return cells
    cells = fit(row[1:], width) if len(row) > 1 and not is_figure(row[0].text) else None
    return cells if cells and any(is_figure(cell.text) for cell in cells) else None


def with_digits(row: GridRow) -> int:
    return sum(any(map(str.isdigit, cell.text)) for cell in row)


def order_of(heads: Sequence[GridRow], placing: Placing, notes: list[str]) -> tuple[str, ...]:
    """The cells' keys in printed order: remedies by their headings, results within each."""
    table = placing.edition.remedies
    standard = tuple(place.key for place in table.places())
    found = [[(m.key, cell.text) for cell in row if (m := label_in(cell))] for row in heads]
    groups = groups_in(found, placing.edition)
    results = results_in(found, groups, placing.edition)
    keys = tuple(f"{group}.{key}" for group in groups for key, _ in results.get(group, ()))
    some = set(keys) < set(standard) and all(map(label_in, filled_in(heads)))
    if len(keys) != len(set(keys)) or not keys or not (some or set(keys) == set(standard)):
        notes.append("第四部分的标题没有全部认出，按格式规定的次序读取。")
        return standard
    for row in found:
        for key, text in row:
            if key != "litigation":
                placing.label(key, text)
    if keys != tuple(key for key in standard if key in keys):
        notes.append("第四部分各列的次序与格式不同，按各列的标题读取。")
    return keys


def filled_in(rows: Sequence[GridRow]) -> list[GridCell]:
    return [cell for row in rows for cell in row if not cell.blank]


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
    rows = [[pair for pair in row if pair[0] in keys] for row in found]
    listed = [row for row in rows if row]
    if len(listed) == 2:
        plain = [g for g in groups if not edition.remedies.group(g).under]
        owners = [*plain, *(g for g in groups if g not in plain)]
    else:
        owners = list(groups)
    flat = [pair for row in listed for pair in row]
    width, rest = divmod(len(flat), max(len(owners), 1))
    width = len(keys) if rest else width
    return {group: flat[at * width : (at + 1) * width] for at, group in enumerate(owners)}


def place_divided(rows: Sequence[GridRow], placing: Placing) -> bool:
    """Figures in more rows than one: a remedy a row, a result a row, or a table a remedy.

    Each figure's remedy is the last one named before it, its result the label
    beside it or above. False, with nothing placed, where they do not tell.
    """
    cells: dict[str, tuple[GridCell, str]] = {}
    group, results = "", list[Match]()
    for row in rows:
        filled = [cell for cell in row if not cell.blank or is_header(row)]
        named = next((key for cell in filled if (key := remedy_in(cell))), "")
        group = named or group
        told = [match for cell in filled if (match := result_in(cell))]
        figures = [cell for cell in row if is_figure(cell.text) and not cell.merged]
        if is_header(row):
            results = told or results
            continue
        keys = told if len(told) == 1 else results
        fitted = fit(figures, len(keys)) if group and keys else None
        for match, cell in zip(keys, fitted or (), strict=False):
            cells.setdefault(f"{group}.{match.key}", (cell, ""))
    if len(cells) < LEAST:
        return False
    placing.note("第四部分的数字分在几行，按各行、各列的标题读取。")
    for key, (cell, remark) in cells.items():
        placing.place(key, cell, remark)
    return True


def remedy_in(cell: GridCell) -> str:
    """The remedy that a cell names, also at the end of a longer label."""
    if cell.blank or is_figure(cell.text):
        return ""
    said = bare(cell.text)
    for text, match in REMEDIES.by_text.items():
        if len(text) >= SHORTEST and said.endswith(text):
            return match.key
    found = REMEDIES.look_up(cell.text)
    return found.key if found else ""


def result_in(cell: GridCell) -> Match | None:
    return None if cell.blank or is_figure(cell.text) else RESULTS.look_up(cell.text)
