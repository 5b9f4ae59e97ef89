"""Part three with other columns, heads and label cells."""

from dataclasses import replace

from .report import Cell, Report, Row, line_at, unspanned

COLUMNS = 7
LABELS = 3


def only_totals(report: Report) -> Report:
    """Part three with the column 总计 alone."""
    rows = unspanned(report.table("applications"))
    kept: list[Row] = [(Cell("办理情况", columns=LABELS), Cell("总计"))]
    kept += [row[:-COLUMNS] + row[-1:] for row in rows[3:]]
    lost = [
        cell.place for row in rows for cell in row if cell.place and ".total." not in cell.place
    ]
    return report.with_table("applications", tuple(kept)).losing(*lost)


def no_totals(report: Report) -> Report:
    """Part three without the column 总计."""
    rows = report.table("applications")
    head, upper, lower, *body = rows
    kept = (
        (head[0], replace(head[1], columns=COLUMNS - 1)), upper[:-1], lower,
        *(row[:-1] for row in body),
    )  # fmt: skip
    lost = [row[-1].place for row in body]
    return report.with_table("applications", kept).losing(*lost)


def other_columns(report: Report) -> Report:
    """商业企业 and 科研机构 in each other's place, 总计 first."""
    head, upper, lower, *body = report.table("applications")
    upper = (upper[-1], *upper[:-1])
    lower = (lower[1], lower[0], *lower[2:])
    changed = []
    for row in body:
        labels, f = row[:-COLUMNS], row[-COLUMNS:]
        changed.append((*labels, f[6], f[0], f[2], f[1], *f[3:6]))
    return report.with_table("applications", (head, upper, lower, *changed)).saying(
        "各列的次序与格式不同"
    )


def flat_head(report: Report) -> Report:
    """Part three's head in one row."""
    _head, upper, lower, *body = report.table("applications")
    names = [upper[0], *lower, upper[-1]]
    one = (Cell("", columns=LABELS), *(replace(cell, rows=1) for cell in names))
    return report.with_table("applications", (one, *body))


def headless(report: Report) -> Report:
    """Part three without its head."""
    rows = report.table("applications")
    return report.with_table("applications", rows[3:]).saying("按格式规定的列序读取")


def no_corner(report: Report) -> Report:
    head, *rest = report.table("applications")
    return report.with_table("applications", ((replace(head[0], text=""), head[1]), *rest))


def corner_below(report: Report) -> Report:
    """The corner's sentence as a row of its own above the head."""
    head, *rest = report.table("applications")
    above = (Cell(head[0].text, columns=LABELS + COLUMNS),)
    return report.with_table("applications", (above, (replace(head[0], text=""), head[1]), *rest))


def labels_in_one(report: Report) -> Report:
    """Part three with one column of labels: groups stand in rows of their own."""
    edition = report.sheet.edition
    figures = {
        cell.place: cell for row in report.table("applications") for cell in row if cell.place
    }
    head, upper, lower, *_ = report.table("applications")
    rows: list[Row] = [(replace(head[0], columns=1), head[1]), upper, lower]

    def walk(lines) -> None:
        for line in lines:
            if line.children:
                rows.append((Cell(line.label), *(Cell("") for _ in range(COLUMNS))))
                walk(line.children)
            else:
                places = (f"applications.{c.key}.{line.key}" for c in edition.applications.columns)
                rows.append((Cell(line.label), *(figures[place] for place in places)))

    walk(edition.applications.lines)
    return report.with_table("applications", tuple(rows))


def groups_across(report: Report) -> Report:
    """As ``labels_in_one``, a group's name over the whole width."""
    rows = tuple(
        (replace(row[0], columns=COLUMNS + 1),)
        if len(row) == COLUMNS + 1 and not any(cell.place or cell.text for cell in row[1:])
        else row
        for row in labels_in_one(report).table("applications")
    )
    return report.with_table("applications", rows)


def serial_column(report: Report) -> Report:
    """A first column of serial numbers in part three."""
    rows = [
        (Cell("序号" if n == 0 else str(n - 2) if n > 2 else ""), *row)
        for n, row in enumerate(unspanned(report.table("applications")))
    ]
    return report.with_table("applications", tuple(rows))


def empty_column(report: Report) -> Report:
    """A last empty column."""
    for key in ("applications",):
        rows = tuple((*row, Cell("")) for row in unspanned(report.table(key)))
        report = report.with_table(key, rows)
    return report


def wide_figures(report: Report) -> Report:
    """A line's seven cells merged into one 0."""
    rows = list(report.table("applications"))
    at = line_at(tuple(rows), "brought_forward")
    row = rows[at]
    rows[at] = (row[0], Cell("0", columns=COLUMNS))
    figures = {**report.figures, **dict.fromkeys((cell.place for cell in row if cell.place), 0)}
    return replace(report.with_table("applications", tuple(rows)), figures=figures)


def numbers_apart(report: Report) -> Report:
    """「1.」 in a cell of its own before 「属于国家秘密」."""
    rows = []
    for row in report.table("applications"):
        kept: list[Cell] = []
        for cell in row:
            if cell.text[:1].isdigit() and cell.text[1:2] == ".":
                kept += [replace(cell, text=cell.text[:2]), replace(cell, text=cell.text[2:])]
            else:
                wider = "（" in cell.text[:1] and not cell.place and cell.columns > 1
                kept.append(replace(cell, columns=cell.columns + 1) if wider else cell)
        if kept[0].columns == LABELS:
            kept[0] = replace(kept[0], columns=LABELS + 1)
        rows.append(tuple(kept))
    return report.with_table("applications", tuple(rows))


def without_groups(report: Report) -> Report:
    """Part three with one column of labels and no row for groups."""
    rows = tuple(
        row for row in labels_in_one(report).table("applications")
        if len(row) != COLUMNS + 1 or any(cell.place for cell in row) or not row[0].text
        or len(row) < COLUMNS
    )  # fmt: skip
    return report.with_table("applications", rows)


def two_label_columns(report: Report) -> Report:
    """Without the column 「三、本年度办理结果」."""
    outcomes = report.sheet.edition.applications.lines[2].label
    rows = []
    for row in report.table("applications"):
        kept = tuple(cell for cell in row if cell.text != outcomes)
        first = kept[0]
        if first.columns == LABELS:
            kept = (replace(first, columns=LABELS - 1), *kept[1:])
        rows.append(kept)
    return report.with_table("applications", tuple(rows))


def subtotals(report: Report) -> Report:
    """A column 「小计」 under 法人或其他组织: kept out, the others in their places."""
    head, upper, lower, *body = report.table("applications")
    upper = (upper[0], replace(upper[1], columns=6), upper[2])
    changed = [(*row[:-1], Cell("777"), row[-1]) for row in body]
    head = (head[0], replace(head[1], columns=COLUMNS + 1))
    return report.with_table("applications", (head, upper, (*lower, Cell("小计")), *changed))


def figures_in_words_column(report: Report) -> Report:
    """A last column 「备注」 in part three, with remarks."""
    head, *rest = report.table("applications")
    rows = unspanned((head, *rest))
    changed = [
        (*row, Cell("备注" if at == 0 else "" if at % 4 else "无误")) for at, row in enumerate(rows)
    ]
    return report.with_table("applications", tuple(changed))
