"""Tables split, joined, captioned; and part four laid out in other ways."""

from collections.abc import Callable
from dataclasses import replace

from .report import Block, Cell, Part, Report, Row, places_in, unspanned

LABELS = 3


def split(at: float, *between: Block) -> Callable[[Report], Report]:
    """Part three over two tables, as a page break leaves it."""

    def of(report: Report) -> Report:
        rows = unspanned(report.table("applications"))
        here = max(4, int(len(rows) * at))
        return report.with_table("applications", rows[:here], *between, rows[here:])

    return of


def split_with_head(report: Report) -> Report:
    """Both halves begin with the table's head."""
    rows = unspanned(report.table("applications"))
    return report.with_table("applications", rows[:12], (*rows[:3], *rows[12:]))


def split_disclosure(*between: Block) -> Callable[[Report], Report]:
    """Each block of part two in a table of its own."""

    def of(report: Report) -> Report:
        rows = report.table("disclosure")
        starts = [n for n, row in enumerate(rows) if len(row) == 1]
        blocks: list[Block] = []
        for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
            blocks += [rows[start:end], *between]
        return report.with_table("disclosure", *blocks)

    return of


def captions_outside(report: Report) -> Report:
    """「第二十条第（一）项」 as a paragraph above each block's own table."""
    blocks: list[Block] = []
    for row in report.table("disclosure"):
        if len(row) == 1:
            blocks += [row[0].text, ()]
        else:
            blocks[-1] = (*blocks[-1], row)
    return report.with_table("disclosure", *blocks)


def without_captions(report: Report) -> Report:
    rows = tuple(row for row in report.table("disclosure") if len(row) > 1)
    return report.with_table("disclosure", rows)


def without_heads(report: Report) -> Report:
    """Part two without its header rows: the columns are the form's."""
    corner = report.sheet.edition.disclosure.corner
    rows = tuple(row for row in report.table("disclosure") if row[0].text != corner)
    return report.with_table("disclosure", rows)


def without_rows_of_two(report: Report) -> Report:
    """Part two without 行政强制 and without the last block."""
    rows = report.table("disclosure")
    at = next(n for n, row in enumerate(rows) if any("coercive" in c.place for c in row))
    gone = (rows[at], *rows[-3:])
    kept = (*rows[:at], *rows[at + 1 : -3])
    return report.with_table("disclosure", kept).losing(*places_in(gone))


def one_table(report: Report) -> Report:
    """The three tables as one, the parts' headings in rows of it."""
    rows: list[Row] = []
    for key in ("disclosure", "applications", "remedies"):
        heading = report.part(key).heading
        rows += [(Cell(heading, columns=15),), *report.table(key)]
    parts = []
    for part in report.parts:
        if part.key == "disclosure":
            parts.append(Part(part.key, "", (tuple(rows),)))
        elif part.key not in ("applications", "remedies"):
            parts.append(part)
    return replace(report, parts=tuple(parts))


def headings_in_tables(report: Report) -> Report:
    """Each table's first row is its part's heading."""
    for key in ("disclosure", "applications", "remedies"):
        part = report.part(key)
        rows = report.table(key)
        width = sum(cell.columns for cell in rows[0])
        report = report.with_table(key, ((Cell(part.heading, columns=width),), *rows))
        report = report.with_part(key, heading="")
    return report


def remedies_down(report: Report) -> Report:
    """Part four transposed: a line for each result."""
    table = report.sheet.edition.remedies
    texts = {cell.place: cell for row in report.table("remedies") for cell in row if cell.place}
    rows: list[Row] = []
    for group in table.groups:
        name = f"{group.under}（{group.label}）" if group.under else group.label
        for at, result in enumerate(table.results):
            place = f"remedies.{group.key}.{result.key}"
            first = (Cell(name, rows=len(table.results)),) if at == 0 else ()
            rows.append((*first, Cell(result.label), texts[place]))
    return report.with_table("remedies", tuple(rows))


def remedies_by_group(report: Report) -> Report:
    """Part four with a line for each remedy and a column for each result."""
    table = report.sheet.edition.remedies
    texts = {cell.place: cell for row in report.table("remedies") for cell in row if cell.place}
    rows: list[Row] = [(Cell("类别"), *(Cell(result.label) for result in table.results))]
    for group in table.groups:
        name = f"{group.under}（{group.label}）" if group.under else group.label
        rows.append((
            Cell(name), *(texts[f"remedies.{group.key}.{result.key}"] for result in table.results)
        ))  # fmt: skip
    return report.with_table("remedies", tuple(rows))


def remedies_stacked(report: Report) -> Report:
    """Part four in three tables, one below the other, each with its own heading."""
    table = report.sheet.edition.remedies
    texts = {cell.place: cell for row in report.table("remedies") for cell in row if cell.place}
    blocks: list[Block] = []
    for group in table.groups:
        name = f"{group.under}（{group.label}）" if group.under else group.label
        blocks.append((
            (Cell(name, columns=len(table.results)),),
            tuple(Cell(result.label) for result in table.results),
            tuple(texts[f"remedies.{group.key}.{result.key}"] for result in table.results),
        ))  # fmt: skip
    return report.with_table("remedies", *blocks)


def remedies_labelled(report: Report) -> Report:
    """A first column 「件数」 in part four."""
    top, middle, bottom, figures = report.table("remedies")
    return report.with_table(
        "remedies", ((Cell("项目", rows=3), *top), middle, bottom, (Cell("件数"), *figures))
    )


def remedies_flat(report: Report) -> Report:
    """Part four's head unmerged: results of all groups in one row."""
    rows = unspanned(report.table("remedies"))
    table = report.sheet.edition.remedies
    results = tuple(Cell(r.label) for _ in table.groups for r in table.results)
    groups = tuple(Cell(g.label, columns=len(table.results)) for g in table.groups)
    return report.with_table("remedies", (rows[0], groups, results, rows[-1]))


def caption_rows(report: Report) -> Report:
    """A row above each table with its name and unit."""
    for key, name in (
        ("disclosure", "表1 主动公开统计表"),
        ("applications", "表2 依申请公开统计表（单位：件）"),
        ("remedies", "表3 复议诉讼统计表"),
    ):
        rows = report.table(key)
        width = sum(cell.columns for cell in rows[0])
        report = report.with_table(key, ((Cell(name, columns=width),), *rows))
    return report


def caption_paragraphs(report: Report) -> Report:
    """A paragraph above each table, and a footnote below."""
    for key in ("disclosure", "applications", "remedies"):
        report = report.with_table(
            key, "统计表（单位：件）", report.table(key), "注：数据截至年底。"
        )
    return replace(report, kept=("注：数据截至年底。",))


def footnote_rows(report: Report) -> Report:
    """A row below each table with a remark."""
    for key in ("disclosure", "applications", "remedies"):
        rows = report.table(key)
        width = sum(cell.columns for cell in rows[0])
        note = Cell("注：以上数据由办公室统计。", columns=width)
        report = report.with_table(key, (*rows, (note,)))
    return replace(report, kept=("注：以上数据由办公室统计。",))


def caption_column(report: Report) -> Report:
    """Part two's captions as a first column beside their rows."""
    rows = report.table("disclosure")
    starts = [at for at, row in enumerate(rows) if len(row) == 1]
    changed: list[Row] = []
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        first = Cell(rows[start][0].text, rows=end - start - 1)
        changed += [(first, *rows[start + 1]), *rows[start + 2 : end]]
    return report.with_table("disclosure", tuple(changed))


def remedies_without_totals(report: Report) -> Report:
    """Part four without its three columns 总计."""
    top, middle, bottom, figures = report.table("remedies")
    total = report.sheet.edition.remedies.results[-1].label
    heads = (
        tuple(replace(cell, columns=cell.columns * 4 // 5) for cell in top),
        tuple(
            replace(cell, columns=4 if cell.columns == 5 else 1)
            for cell in middle
            if cell.text != total
        ),
        tuple(cell for cell in bottom if cell.text != total),
    )
    kept = tuple(cell for cell in figures if ".total" not in cell.place)
    lost = [cell.place for cell in figures if ".total" in cell.place]
    return report.with_table("remedies", (*heads, kept)).losing(*lost)


def empty_before_figures(report: Report) -> Report:
    """An empty row between part four's head and its figures, and one below."""
    *heads, figures = report.table("remedies")
    empty = tuple(Cell("") for _ in figures)
    return report.with_table("remedies", (*heads, empty, figures, empty))
