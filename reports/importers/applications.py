"""Part three: 23 or 25 lines by seven columns, found by labels, then by position."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.editions import EDITIONS
from reports.editions.grammar import Edition, Line

from .document import GridCell, GridRow
from .labels import APPLICANTS, APPLICANTS_HEADING, GROUPS, LINES, ORGANIZATIONS, Match
from .lost_lines import Run, place_run
from .numbers import is_figure
from .placing import Placing, fit, row_source, shown

TABLE = "applications"
NUMBERED_APART = 11  # cells of a row with seven figures and four cells of labels
LABEL_CELLS = 4  # labels stand in the first three cells of a row, or their numbers apart


def line_order() -> tuple[str, ...]:
    """The lines of all editions in one order."""
    *older, newest = EDITIONS.values()
    order = [leaf.key for leaf in newest.applications.leaves()]
    for edition in older:
        at = 0
        for leaf in edition.applications.leaves():
            if leaf.key not in order:
                order.insert(at, leaf.key)
            at = order.index(leaf.key) + 1
    return tuple(order)


ORDER = line_order()


@dataclass(frozen=True)
class BodyRow:
    """A row below the header: its line if a label told it, and the cells after the label."""

    row: GridRow
    match: Match | None
    label: str
    cells: tuple[GridCell, ...]


def place_applications(rows: Sequence[GridRow], edition: Edition) -> Placing:
    placing = Placing(TABLE, edition)
    top = top_of(rows)
    heads = [row for at, row in enumerate(rows) if is_header(row) or at in top]
    body = grouped(
        [body_row(row) for at, row in enumerate(rows) if not is_header(row) and at not in top]
    )
    columns = columns_of(heads, body, placing)
    for row in heads:
        say_shifted(row, placing)
    waiting: list[Run] = []
    before = -1
    for at in body:
        if at.match and not is_placed(at.match.key, placing):
            place_line(at, at.match.key, columns, placing)
            here = ORDER.index(at.match.key)
            place_run(waiting, gap(before, here, placing), columns, placing)
            waiting, before = [], here
        elif at.match:
            placing.leave(
                at.row,
                f"{row_source(at.row)}：“{shown(at.label)}”重复，没有读入表格，照录为附加内容。",
            )
        else:
            waiting.append(Run(at.row, at.label, at.cells))
    place_run(waiting, gap(before, len(ORDER), placing), columns, placing)
    return placing


def gap(before: int, after: int, placing: Placing) -> tuple[str, ...]:
    """The edition's lines between two positions which have no row yet."""
    wanted = {leaf.key for leaf in placing.edition.applications.leaves()}
    return tuple(
        key for key in ORDER[before + 1 : after] if key in wanted and not is_placed(key, placing)
    )


def is_placed(key: str, placing: Placing) -> bool:
    return f"{TABLE}.{key}" in placing.labels


def is_header(row: GridRow) -> bool:
    """A row that names applicants: two of the columns' labels, or what stands above them."""
    found = set()
    for cell in row:
        if cell.blank or is_figure(cell.text):
            continue
        if APPLICANTS_HEADING.look_up(cell.text):
            return True
        match = APPLICANTS.look_up(cell.text) or ORGANIZATIONS.look_up(cell.text)
        found.add(match.key if match else "")
    return len(found - {""}) >= 2


def top_of(rows: Sequence[GridRow]) -> frozenset[int]:
    """Rows above all figures which name a column: 「办理情况｜总计」."""
    top = set()
    for at, row in enumerate(rows):
        filled = [cell for cell in row if not cell.blank]
        if any(is_figure(cell.text) for cell in filled):
            break
        if len(filled) > 1 and not LINES.look_up(filled[0].text) and APPLICANTS.look_up(
            filled[-1].text
        ):  # fmt: skip
            top.add(at)
    return frozenset(top)


def grouped(body: Sequence[BodyRow]) -> list[BodyRow]:
    """（六） is a line where it is printed whole, and else a group's name.

    With the first of its lines unnamed, the rows below it tell.
    """
    found = list(body)
    for at, (here, below) in enumerate(itertools.pairwise(body)):
        if not here.match or not here.cells or not GROUPS.look_up(here.label):
            continue
        first = here.cells[0]
        unnamed = first.blank or not is_figure(first.text)
        goes_on = below.match is None or GROUPS.look_up(here.label) in (
            GROUPS.look_up(group_of(below.match.key)),
        )
        if unnamed and goes_on:
            cells = here.cells[1:]
            found[at] = BodyRow(here.row, None, first.text, cells)
    return found


def group_of(key: str) -> str:
    """The label of the group that a line stands in; "" for a line outside any."""
    return next(
        (
            group.label
            for edition in EDITIONS.values()
            for group in innermost(edition.applications.lines)
            if any(leaf.key == key for leaf in group.children)
        ),
        "",
    )


def innermost(lines: Sequence[Line]) -> Iterator[Line]:
    """Groups, each before those within it."""
    for line in lines:
        if line.children:
            yield line
            yield from innermost(line.children)


def applicants_in(row: GridRow) -> Iterator[tuple[str, str]]:
    """(key, printed label) of the columns that a header row names; "" for an unknown one."""
    for cell in row:
        found = APPLICANTS.look_up(cell.text) or ORGANIZATIONS.look_up(cell.text)
        if found:
            yield found.key, cell.text
        elif not (cell.blank or APPLICANTS_HEADING.look_up(cell.text) or LINES.look_up(cell.text)):
            yield "", cell.text


def columns_of(
    heads: Sequence[GridRow], body: Sequence[BodyRow], placing: Placing
) -> tuple[str, ...]:
    """The columns' keys in printed order; the form's own where the header does not tell."""
    standard = tuple(column.key for column in placing.edition.applications.columns)
    listed = [list(applicants_in(row)) for row in heads]
    upper = next((row for row in listed if any(key == "organizations" for key, _ in row)), [])
    lower = max((row for row in listed if row is not upper), key=named_columns, default=[])
    merged: list[tuple[str, str]] = []
    for key, text in upper or lower:
        merged += lower if key == "organizations" else [(key, text)]
    beside = [pair for row in heads for pair in after_heading(row)]
    whole = (*merged, *beside)
    if sorted(key for key, _ in whole if key) == sorted(standard) and len(whole) > len(standard):
        return with_further(whole, body, placing)
    merged = [pair for pair in merged if pair[0]]
    keys = tuple(key for key, _ in merged)
    if trustworthy(keys, body, standard):
        for key, text in merged:
            placing.label(key, text)
        if keys != tuple(key for key in standard if key in keys):
            placing.note("第三部分各列的次序与格式不同，按各列的标题读取。")
        return keys
    placing.note("第三部分各列的标题没有全部认出，按格式规定的列序读取。")
    return standard


def after_heading(row: GridRow) -> Iterator[tuple[str, str]]:
    """Unknown columns behind 申请人情况."""
    matches = [APPLICANTS_HEADING.look_up(cell.text) for cell in row]
    at = next((at for at, match in enumerate(matches) if match and match.key == "heading"), None)
    if at is not None:
        yield from (("", cell.text) for cell in row[at + 1 :] if not cell.blank)


def named_columns(row: Sequence[tuple[str, str]]) -> int:
    return sum(bool(key) for key, _ in row)


def with_further(
    columns: Sequence[tuple[str, str]], body: Sequence[BodyRow], placing: Placing
) -> tuple[str, ...]:
    """All of the form's columns and others between or beside them, which are kept as printed."""
    for at, (key, text) in enumerate(columns):
        if key:
            placing.label(key, text)
            continue
        fitted = [cells for row in body if (cells := fit(row.cells, len(columns)))]
        placing.leave(tuple(cells[at] for cells in fitted))
        placing.extra.append(shown(text))
        placing.note(f"第三部分的“{shown(text)}”列不是格式里的列，没有读入表格。")
    return tuple(key for key, _ in columns)


def trustworthy(keys: tuple[str, ...], body: Sequence[BodyRow], standard: tuple[str, ...]) -> bool:
    """Whether the columns that a header names are those which the rows have."""
    if not keys or not set(keys) <= {*standard, "organizations"} or len(set(keys)) < len(keys):
        return False
    rows = [at.cells for at in body if at.match and at.cells]
    widths = Counter(map(len, rows))
    width = widths.most_common(1)[0][0] if widths else len(standard)
    if len(keys) in (len(standard), width):
        return True
    filled = any(not cell.blank for cells in rows for cell in cells)
    return filled and len(keys) < len(standard) and all(fit(cells, len(keys)) for cells in rows)


def say_shifted(row: GridRow, placing: Placing) -> None:
    """A header row that also bears a line's label: the line lost its own row."""
    index, match = line_in(row[: LABEL_CELLS - 1])
    if match and not APPLICANTS.look_up(row[index].text):
        placing.note(
            f"{row_source(row)}：“{shown(row[index].text)}”印在标题行里，没有自己的数字格，没有读取。"
        )


def line_in(row: GridRow) -> tuple[int, Match | None]:
    """Where a row's innermost known label stands (-1: nowhere), and the line it names."""
    leaf: tuple[int, Match | None] | None = None
    group = -1
    for index, cell in enumerate(row[:LABEL_CELLS]):
        if cell.blank or is_figure(cell.text):
            continue
        if match := LINES.look_up(cell.text):
            leaf = (index, match)
        elif GROUPS.look_up(cell.text):
            group = index
    return leaf or (group, None)


def body_row(row: GridRow) -> BodyRow:
    index, match = line_in(row)
    if match:
        return BodyRow(row, match, row[index].text, row[index + 1 :])
    start, label = index + 1, ""
    for at, cell in enumerate(row[start : LABEL_CELLS - (len(row) < NUMBERED_APART)], start):
        if not is_figure(cell.text):
            label, start = cell.text, at + 1
    return BodyRow(row, None, label, row[start:])


def place_line(at: BodyRow, key: str, columns: tuple[str, ...], placing: Placing) -> None:
    """Put a row's figures into the line that its label names."""
    placing.label(key, at.label)
    cells = fit(at.cells, len(columns))
    if cells is None:
        placing.leave(at.row)
        placing.note(
            f"{row_source(at.row)}：“{shown(at.label)}”应有 {len(columns)} 个数字格，"
            f"实有 {len(at.cells)} 个，分不清各属哪一列，没有读取，照录为附加内容。"
        )
        return
    spanned = "几列合并为一格，逐列读取" if len(at.cells) < len(columns) else ""
    for column, cell in zip(columns, cells, strict=True):
        placing.place(f"{column}.{key}", cell, spanned)
