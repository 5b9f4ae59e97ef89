"""Tables of another shape: merged, shifted, split, joined, with rows missing or more."""

from collections.abc import Callable
from dataclasses import replace

from . import across, divided
from .report import Cell, Report, Row, line_at, unspanned, with_row
from .report import without_row as cut

COLUMNS = 7
LABELS = 3
OUTCOME_LINES = ("granted", "unable_not_held", "not_processed_reissue")


def unmerged(report: Report) -> Report:
    """No cell spans rows: what hung down is empty."""
    for key in ("disclosure", "applications", "remedies"):
        report = report.with_table(key, unspanned(report.table(key)))
    return report


def repeated(report: Report) -> Report:
    """Unmerged, and every label that hung down is printed again in each row."""
    rows, hanging = [], {}
    for row in report.table("applications"):
        column, line, cells = 0, [], list(row)
        while cells or hanging.get(column, (0, None))[0] > 0:
            left, above = hanging.get(column, (0, None))
            if left > 0:
                line.append(replace(above, rows=1))
                hanging[column] = (left - 1, above)
                column += above.columns
                continue
            cell = cells.pop(0)
            line.append(replace(cell, rows=1))
            hanging[column] = (cell.rows - 1, cell)
            column += cell.columns
        rows.append(tuple(line))
    return report.with_table("applications", tuple(rows))


def without_line(line: str) -> Callable[[Report], Report]:
    def of(report: Report) -> Report:
        rows = report.table("applications")
        at = line_at(rows, line)
        lost = [cell.place for cell in rows[at] if cell.place]
        return report.with_table("applications", cut(rows, at)).losing(*lost)

    return of


def twice(line: str) -> Callable[[Report], Report]:
    """A row printed twice, the second with other figures."""

    def of(report: Report) -> Report:
        rows = report.table("applications")
        at = line_at(rows, line)
        again = tuple(
            replace(cell, text="8" * 5, place="") if cell.place else replace(cell, rows=1)
            for cell in rows[at][-COLUMNS - 1 :]
        )
        changed = with_row(rows, at + 1, again)
        return report.with_table("applications", changed).saying("重复，没有读入表格")

    return of


def lost_label(*lines: str) -> Callable[[Report], Report]:
    """A line's own label is blank."""

    def of(report: Report) -> Report:
        rows = [list(row) for row in report.table("applications")]
        keys = {leaf.key for leaf in report.sheet.edition.applications.leaves()}
        for line in keys & set(lines):
            row = rows[line_at(report.table("applications"), line)]
            row[-COLUMNS - 1] = replace(row[-COLUMNS - 1], text="")
        return report.with_table("applications", tuple(map(tuple, rows))).saying("没有行名")

    return of


def no_lines(report: Report) -> Report:
    """Part three's labels are all lost below the header."""
    rows = report.table("applications")
    body = tuple(
        tuple(cell if cell.place else replace(cell, text="") for cell in row) for row in rows[3:]
    )
    return report.with_table("applications", (*rows[:3], *body)).saying("没有行名")


def bare_grids(report: Report) -> Report:
    """No labels at all, only the figures in their grids."""
    for key in ("disclosure", "applications", "remedies"):
        rows = (tuple(cell for cell in row if cell.place) for row in report.table(key))
        report = report.with_table(key, tuple(row for row in rows if row))
    return report


def local_rows(report: Report) -> Report:
    """Rows of the place's own in parts two and three."""
    year = report.sheet.year
    local = f"{year}年本部门政府信息公开发布总数量"
    rows = report.table("disclosure")
    width = sum(cell.columns for cell in rows[0])
    extra = (Cell(local, columns=1), Cell("3511", columns=width - 1))
    report = report.with_table("disclosure", (*rows, extra))
    rows = report.table("applications")
    at = line_at(rows, "carried_forward")
    own: Row = (Cell("其中：当面申请", columns=LABELS), *(Cell(str(9000 + n)) for n in range(7)))
    report = report.with_table("applications", (*rows[:at], own, *rows[at:]))
    return replace(report, kept=(local, "3511", "其中：当面申请", "9003"))


def other_handling_whole(report: Report) -> Report:
    """（六）其他处理 in one row on the 2021 form: kept, and the three rows missing."""
    rows = report.table("applications")
    at = line_at(rows, "closed_uncorrected")
    divided = [cell.place for row in rows[at : at + 3] for cell in row if cell.place]
    first = rows[at]
    label = Cell("（六）其他处理", columns=2)
    whole = tuple(Cell(str(5001 + n)) for n in range(COLUMNS))
    start = line_at(rows, "granted")
    kept = list(map(list, rows))
    kept[start][0] = replace(kept[start][0], rows=kept[start][0].rows - 2)
    changed = (*kept[:at], (label, *whole), *kept[at + 3 :])
    assert first[-COLUMNS].place == "applications.natural_person.closed_uncorrected"
    return report.with_table("applications", tuple(map(tuple, changed))).losing(*divided)


def other_handling_divided(report: Report) -> Report:
    """（六）其他处理 in three rows on the 2019 form: each kept, the whole missing."""
    rows = report.table("applications")
    at = line_at(rows, "closed_undivided")
    lost = [cell.place for cell in rows[at] if cell.place]
    names = ("1.申请人无正当理由逾期不补正", "2.申请人逾期未按收费通知要求缴纳费用", "3.其他")
    lines = [
        (Cell(name), *(Cell(str(5000 + 10 * n + c)) for c in range(COLUMNS)))
        for n, name in enumerate(names)
    ]
    lines[0] = (Cell("（六）其他处理", rows=3), *lines[0])
    start = line_at(rows, "granted")
    kept = list(map(list, rows))
    kept[start][0] = replace(kept[start][0], rows=kept[start][0].rows + 2)
    changed = (*kept[:at], *lines, *kept[at + 1 :])
    return report.with_table("applications", tuple(map(tuple, changed))).losing(*lost)


def empty_rows(report: Report) -> Report:
    """An empty row after every third one."""
    for key in ("disclosure", "applications"):
        rows = unspanned(report.table(key))
        width = sum(cell.columns for cell in rows[0])
        kept: list[Row] = []
        for n, row in enumerate(rows):
            kept.append(row)
            if n % 3 == 2 and n > 3:
                kept.append(tuple(Cell("") for _ in range(width)))
        report = report.with_table(key, tuple(kept))
    return report


def swapped_rows(report: Report) -> Report:
    """Two rows of part three, and two of part two, in each other's place."""
    rows = list(report.table("applications"))
    a, b = line_at(tuple(rows), "unable_not_compiled"), line_at(tuple(rows), "unable_still_unclear")
    rows[a], rows[b] = rows[b], rows[a]
    report = report.with_table("applications", tuple(rows))
    rows = list(report.table("disclosure"))
    rows[2], rows[3] = rows[3], rows[2]
    return report.with_table("disclosure", tuple(rows))


NEWER, OLDER = frozenset([2021]), frozenset([2019])
BOTH = NEWER | OLDER
SPANS = frozenset(["html", "docx", "xlsx", "pdf"])
EVERY = SPANS | {"lines", "tabs"}

# name → variation, editions, formats which can show it
VARIATIONS: dict[str, tuple[Callable[[Report], Report], frozenset[int], frozenset[str]]] = {
    "unmerged": (unmerged, BOTH, EVERY),
    "merged labels repeated": (repeated, BOTH, EVERY),
    "split at a third": (divided.split(0.3), BOTH, EVERY - {"tabs", "lines"}),
    "split in the middle with a paragraph": (divided.split(0.5, "（续表）"), BOTH, EVERY),
    "split before the last row": (divided.split(0.97, "续上表"), BOTH, EVERY),
    "split, the head repeated": (divided.split_with_head, BOTH, EVERY),
    "part two in tables of its own": (divided.split_disclosure(), BOTH, EVERY),
    "part two in tables with paragraphs": (divided.split_disclosure("（接上表）"), BOTH, EVERY),
    "part two, captions outside": (divided.captions_outside, BOTH, EVERY),
    "part two without captions": (divided.without_captions, BOTH, EVERY),
    "part two without heads": (divided.without_heads, BOTH, EVERY),
    **{f"without {line}": (without_line(line), BOTH, EVERY) for line in (
        "received", "brought_forward", "granted", "granted_in_part", "denied_state_secret",
        "denied_third_party_rights", "unable_not_held", "not_processed_reissue", "outcomes_total",
        "carried_forward",
    )},
    "without rows of part two": (divided.without_rows_of_two, BOTH, EVERY),
    "a row twice": (twice("not_processed_repeat"), BOTH, EVERY),
    "a label lost": (lost_label("denied_process_information"), BOTH, EVERY),
    "first labels lost": (
        lost_label("granted", "denied_state_secret", "unable_not_held"), BOTH, EVERY,
    ),
    "a label of （六） lost": (lost_label("closed_uncorrected"), NEWER, EVERY),
    "four labels lost": (
        lost_label("received", "unable_not_compiled", "outcomes_total", "carried_forward"),
        BOTH, EVERY,
    ),
    "no labels of lines": (no_lines, BOTH, EVERY),
    "no labels at all": (bare_grids, BOTH, EVERY),
    "local rows": (local_rows, BOTH, EVERY),
    "serial numbers": (across.serial_column, BOTH, EVERY),
    "caption rows": (divided.caption_rows, BOTH, EVERY),
    "captions and footnotes around": (divided.caption_paragraphs, BOTH, EVERY),
    "footnote rows": (divided.footnote_rows, BOTH, EVERY),
    "only 总计": (across.only_totals, BOTH, EVERY),
    "no 总计": (across.no_totals, BOTH, EVERY),
    "columns in another order": (across.other_columns, BOTH, EVERY),
    "head in one row": (across.flat_head, BOTH, EVERY),
    "no head": (across.headless, BOTH, EVERY),
    "no corner": (across.no_corner, BOTH, EVERY),
    "corner above": (across.corner_below, BOTH, EVERY),
    "labels in one column": (across.labels_in_one, BOTH, EVERY),
    "groups across": (across.groups_across, BOTH, EVERY),
    "（六） whole": (other_handling_whole, NEWER, EVERY),
    "（六） divided": (other_handling_divided, OLDER, EVERY),
    "one table": (divided.one_table, BOTH, EVERY),
    "headings in the tables": (divided.headings_in_tables, BOTH, EVERY),
    "part four down": (divided.remedies_down, BOTH, EVERY),
    "part four by remedy": (divided.remedies_by_group, BOTH, EVERY),
    "part four stacked": (divided.remedies_stacked, BOTH, EVERY),
    "part four with a label": (divided.remedies_labelled, BOTH, EVERY),
    "part four's head in full": (divided.remedies_flat, BOTH, EVERY),
    "numbers in cells of their own": (across.numbers_apart, BOTH, EVERY),
    "without groups": (across.without_groups, BOTH, EVERY),
    "two columns of labels": (across.two_label_columns, BOTH, EVERY),
    "subtotals": (across.subtotals, BOTH, EVERY),
    "a column of remarks": (across.figures_in_words_column, BOTH, EVERY),
    "captions in a column": (divided.caption_column, BOTH, EVERY),
    "part four without 总计": (divided.remedies_without_totals, BOTH, EVERY),
    "part four with empty rows": (divided.empty_before_figures, BOTH, EVERY - {"lines", "tabs"}),
    "empty rows": (empty_rows, BOTH, EVERY - {"lines", "tabs"}),
    "an empty column": (across.empty_column, BOTH, EVERY),
    "rows in another order": (swapped_rows, BOTH, EVERY),
    "a line in one merged cell": (across.wide_figures, BOTH, SPANS),
}  # fmt: skip
