"""Part two: blocks of caption, header and rows, in one table or several."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reports.editions import EDITIONS
from reports.editions.grammar import Block, Edition, Kind

from .document import GridCell, GridRow
from .labels import FIGURES, ROWS, Match
from .normal import bare, said_in
from .numbers import is_figure
from .placing import PLACES, Placing, fit, row_source, shown, unit_in

TABLE = "disclosure"
CAPTION = re.compile(r"^(?:《?条例》?)?第二十条第?\(?([一二三四五六七八九十]{1,2})\)?[项款]?")
CORNERS = frozenset(bare(edition.disclosure.corner) for edition in EDITIONS.values())


@dataclass(frozen=True)
class Header:
    """A block's header: where each figure's column stands among the cells after the corner."""

    slots: tuple[tuple[int, str, str], ...]  # (offset, key, printed label)
    widths: tuple[int, ...]  # of its cells, in columns of the table's net

    @property
    def width(self) -> int:
        return len(self.widths)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for _, key, _ in self.slots)


@dataclass
class Progress:
    """How far down the table one has read."""

    placing: Placing
    caption: str = ""
    header: Header | None = None
    waiting: list[GridRow] = field(default_factory=list)


def caption_of(text: str) -> str:
    """The numeral of the paragraph of article 20."""
    found = CAPTION.match(said_in(text))
    return found[1] if found else ""


def is_corner(text: str) -> bool:
    return bare(text) in CORNERS


def place_disclosure(rows: Sequence[GridRow], edition: Edition) -> Placing:
    progress = Progress(Placing(TABLE, edition))
    for row in rows:
        read_row(row, progress)
    end_block(progress)
    if not progress.placing.cells:
        by_shape(rows, progress.placing)
    return progress.placing


def read_row(row: GridRow, progress: Progress) -> None:
    """A caption begins a block, a header names its columns, a label places its figures."""
    for at, cell in enumerate(row):
        if numeral := caption_of(cell.text):
            end_block(progress)
            progress.caption, progress.header = numeral, None
            row = row[at + 1 :]
            break
    if not row or (progress.caption and progress.header is None and all(c.blank for c in row)):
        return
    if header := header_in(row, progress):
        if progress.header is not None:
            end_block(progress)
            progress.caption = ""
        progress.header = header
        return
    found = row_label(row)
    if found is None:
        progress.waiting.append(row)
        return
    index, match = found
    if not place_row(row, match.key, row[index].text, row[index + 1 :], progress):
        progress.placing.leave(
            row, f"{row_source(row)}：“{shown(row[index].text)}”没有读入表格，照录为附加内容。"
        )


def row_label(row: GridRow) -> tuple[int, Match] | None:
    for index, cell in enumerate(row[:2]):
        if not cell.blank and not is_figure(cell.text) and (match := ROWS.look_up(cell.text)):
            return index, match
    return None


def header_in(row: GridRow, progress: Progress) -> Header | None:
    """The row as a header, if the corner or most of its cells say that it is one."""
    corner = next((at for at, cell in enumerate(row) if is_corner(cell.text)), None)
    cells = row[1:] if corner is None else row[corner + 1 :]
    told = [
        (at, cell, FIGURES.look_up(cell.text)) for at, cell in enumerate(cells) if not cell.blank
    ]
    known = [match for _, _, match in told if match]
    if corner is None and (not known or len(known) * 2 < len(told) or len(known) < len(told) == 2):
        return None
    if any(is_figure(cell.text) for _, cell, _ in told):
        return None
    guesses = guess(tuple(match.key if match else "" for _, _, match in told), progress)
    slots = []
    for (at, cell, match), key in zip(told, guesses, strict=True):
        slots.append((at, key, cell.text))
        if not match and key:
            progress.placing.note(
                f"{row_source(row)}：列标题“{shown(cell.text)}”不认识，按位置作为"
                f"“{FIGURES.label_of(key)}”读取。"
            )
    return Header(tuple(slots), tuple(cell.columns for cell in cells)) if slots else None


def guess(keys: tuple[str, ...], progress: Progress) -> tuple[str, ...]:
    """Keys with the unknown ones taken from the form's block of the same shape."""
    for block in blocks(progress):
        form = tuple(column.key for column in block.columns)
        if len(form) == len(keys) and all(k in ("", f) for k, f in zip(keys, form, strict=True)):
            return form
    return keys


def blocks(progress: Progress, row_key: str = "") -> Iterator[Block]:
    """The form's blocks that may be meant: this edition's first, by caption or by row."""
    own = progress.placing.edition
    for edition in (own, *(each for each in EDITIONS.values() if each is not own)):
        for block in edition.disclosure.blocks:
            rows = {row.key for row in block.rows}
            if row_key in rows if row_key else caption_of(block.caption) == progress.caption:
                yield block


def place_row(
    row: GridRow, key: str, label: str, cells: Sequence[GridCell], progress: Progress, remark: str = ""
) -> bool:  # fmt: skip
    """Put a row's figures under the header's columns; False if nothing could be placed."""
    placing = progress.placing
    header = progress.header or header_by_form(key, cells, progress)
    if header is None:
        return False
    columns = aligned(cells, header)
    known = [(column, text, cell) for (column, text), cell in columns if column]
    if not [1 for column, _, cell in known if placing.place(f"{key}_{column}", cell, remark)]:
        return False
    placing.label(key, label)
    for column, text, _ in known:
        if text:
            placing.label(column, text)
        place = PLACES.get(f"{TABLE}.{key}_{column}")
        if place and place.kind is Kind.AMOUNT:
            placing.units[f"{TABLE}.{key}_{column}"] = unit_in(text)
    if len(columns) != len(header.slots) or len(known) != len(columns):
        placing.note(
            f"{row_source(row)}：“{shown(label)}”应有 {len(header.slots)} 个数字格，"
            f"读取了 {len(known)} 个。"
        )
    return True


def aligned(cells: Sequence[GridCell], header: Header) -> list[tuple[tuple[str, str], GridCell]]:
    """((key, printed label), cell) for the cells of a row below a header.

    Cells as wide as the header's stand below them, whatever they hold: a figure as
    wide as two columns of the net, with a blank beside it, is not a merged one.
    """
    slots = [(key, text) for _, key, text in header.slots]
    if len(slots) == header.width and tuple(cell.columns for cell in cells) == header.widths:
        return list(zip(slots, cells, strict=True))
    if len(cells) == header.width and len(cells) != len(slots):
        filled = {at for at, cell in enumerate(cells) if not cell.blank}
        if filled <= {at for at, _, _ in header.slots}:
            return [((key, text), cells[at]) for at, key, text in header.slots]
    fitted = fit(cells, len(slots)) or tuple(cells[: len(slots)])
    return list(zip(slots, fitted, strict=False))


def header_by_form(key: str, cells: Sequence[GridCell], progress: Progress) -> Header | None:
    """Columns by the form where the header row is lost: the block with the row's width."""
    for block in blocks(progress, key):
        if fit(cells, len(block.columns)):
            progress.placing.note(
                f"“{ROWS.label_of(key)}”上面没有标题行，按{progress.placing.edition.key}年版的列序读取。"
            )
            slots = tuple((at, column.key, "") for at, column in enumerate(block.columns))
            return Header(slots, (1,) * len(slots))
    return None


def end_block(progress: Progress) -> None:
    """Rows without a known label: the block's missing rows by position, or local rows."""
    waiting, progress.waiting = progress.waiting, []
    for row in waiting:
        if not place_by_position(row, progress) and any(not cell.blank for cell in row):
            progress.placing.leave(
                row,
                f"{row_source(row)}：“{shown(first_text(row))}”不是格式里的行，照录为附加内容。",
            )


def first_text(row: GridRow) -> str:
    return next((cell.text for cell in row if not cell.blank), "")


def place_by_position(row: GridRow, progress: Progress) -> bool:
    """A row whose label is lost or odd, as the one line that its block still lacks."""
    header, placing = progress.header, progress.placing
    if header is None:
        return False
    block = next(
        (b for b in blocks(progress) if tuple(c.key for c in b.columns) == header.keys), None
    )
    missing = (
        [r.key for r in block.rows if f"{TABLE}.{r.key}" not in placing.labels] if block else []
    )
    if not missing:
        return False
    key, whole = missing[0], fit(row, len(header.slots))
    labelled = row[1:] if len(row) > len(header.slots) else row
    label = row[0].text if labelled is not row else ""
    if not whole and len(labelled) != header.width and not fit(labelled, len(header.slots)):
        return False
    if is_figure(label) and label.strip():
        return False
    if not ROWS.plausible(label, key) or not place_row(
        row, key, label, labelled, progress, "" if label.strip() else "行名丢失，按位置读取"
    ):
        return False
    said = "没有行名" if not label.strip() else f"的行名“{shown(label)}”与格式不同"
    placing.note(f"{row_source(row)}{said}，按位置作为“{ROWS.label_of(key)}”读取。")
    return True


def by_shape(rows: Sequence[GridRow], placing: Placing) -> None:
    """No labels at all: rows of figures as wide as the form's, in its order."""
    form = [(block, row) for block in placing.edition.disclosure.blocks for row in block.rows]
    given = [
        row for row in rows if any(not c.blank for c in row) and all(is_figure(c.text) for c in row)
    ]
    fitted = [
        fit(cells, len(block.columns)) for (block, _), cells in zip(form, given, strict=False)
    ]
    if len(given) != len(form) or not all(fitted):
        return
    placing.leftover = [row for row in placing.leftover if row not in given]
    placing.notes = []
    for (block, line), cells in zip(form, fitted, strict=True):
        placing.label(line.key, "")
        for column, cell in zip(block.columns, cells or (), strict=True):
            placing.place(f"{line.key}_{column.key}", cell, "行名丢失，按次序读取")
    placing.note(f"第二部分的行名全部丢失，各行的格数与{placing.edition.key}年版相同，按次序读取。")
