"""Spreadsheet (.xlsx, .xls) → Document: tables with their merges, prose a row a paragraph.

A spreadsheet holds no order of parts: the sheets may stand in any. What follows
each part's heading is put into the order of the form. Formulas are never
computed: what the file does not hold the result of is blank, and said.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from math import isfinite
from typing import Any

from lxml import etree
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from reports.editions.wording import date_text

from .archive import BROKEN, member, opened
from .document import BLANK, Block, Document, Paragraph, RawCell, grid_of
from .labels import LITIGATION, REMEDIES, RESULTS
from .narrative import ends_title
from .numbers import is_figure
from .parts import FORM, HEADINGS, PART_KEYS, looks_like_heading
from .reading import UnreadableDocument
from .spans import TOO_MANY, Spanned, laid_out

ZIP = b"PK\x03\x04"
FORMULA_SIGNS = ("'=", "'+", "'-", "'@", "'\t", "'\r")  # our exports' quote before them
MOST_NAMED = 8
MOST_IN_SHEET = 400_000  # cells, with the empty ones between
LONGEST_LABEL = 60


@dataclass(frozen=True)
class Row:
    """A row of a sheet: its cells, and whether one from above hangs into it."""

    cells: tuple[Spanned, ...]
    hung: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.cells if cell.text)

    @property
    def empty(self) -> bool:
        return not self.texts and not self.hung


def read_xlsx(data: bytes) -> Document:
    notes = list(uncomputed(data)) if data.startswith(ZIP) else []
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = []
        for each in book.sheets_metadata:
            if each.typ is not SheetTypeEnum.WorkSheet:
                continue
            if each.visible is not SheetVisibleEnum.Visible:
                notes.append(f"隐藏的工作表“{each.name}”没有读取。")
                continue
            sheets.append(rows_of(book.get_sheet_by_name(each.name)))
    except PasswordError as problem:
        raise UnreadableDocument("文件设有打开密码，不能读取；请取消密码后再试。") from problem
    except (CalamineError, ValueError, OSError) as problem:
        raise UnreadableDocument(BROKEN) from problem
    pieces = [piece for rows in sheets for piece in pieces_of(rows)]
    return Document(tuple(in_order(numbered(pieces))), tuple(notes))


def uncomputed(data: bytes) -> Iterator[str]:
    """Says which cells hold a formula without its result."""
    archive = opened(data)
    names: list[str] = []
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".bin"):
            raise UnreadableDocument("暂不能读取 .xlsb 表格，请另存为 .xlsx 再试。")
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            names += formulas_without_result(member(archive, name))
    if names:
        more = f"等 {len(names)} 格" if len(names) > MOST_NAMED else ""
        yield f"{'、'.join(names[:MOST_NAMED])}{more}是公式，文件中没有算出的结果，按空白读取。"


def formulas_without_result(xml: bytes) -> Iterator[str]:
    try:
        for _, cell in etree.iterparse(
            BytesIO(xml), tag="{*}c", resolve_entities=False, no_network=True, load_dtd=False
        ):
            parts = {each.tag.rsplit("}", 1)[-1]: each.text for each in cell if each.tag}
            if "f" in parts and not parts.get("v"):
                yield cell.get("r") or "某一格"
            cell.clear()
    except (etree.XMLSyntaxError, ValueError, AttributeError) as problem:
        raise UnreadableDocument(BROKEN) from problem


def rows_of(sheet: Any) -> list[Row]:
    """The sheet's rows; a cell within a merged one is none."""
    merged = dict(sheet.merged_cell_ranges or ())
    if sheet.total_height * sheet.total_width > MOST_IN_SHEET:
        raise UnreadableDocument(TOO_MANY)
    values: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    height, width = len(values), max(map(len, values), default=0)
    covered: set[tuple[int, int]] = set()
    hung: set[int] = set()
    for (top, left), (bottom, right) in merged.items():
        down, across = range(top, min(bottom + 1, height)), range(left, min(right + 1, width))
        covered.update((row, column) for row in down for column in across)
        covered.discard((top, left))
        hung.update(down[1:])
    rows = []
    for at, line in enumerate(values):
        cells = []
        for column, value in enumerate(line):
            if (at, column) not in covered:
                bottom, right = merged.get((at, column), (at, column))
                spans = (bottom - at + 1, min(right, width - 1) - column + 1)
                cells.append(Spanned(text_of(value), *spans, column))
        rows.append(Row(tuple(cells), at in hung))
    return rows


def text_of(value: Any) -> str:
    """What a cell shows: whole numbers without a point, others to 15 digits as Excel has them."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and isfinite(value):
        number = Decimal(f"{value:.15g}")
        whole = number.to_integral_value()
        return format(whole if number == whole else number.normalize(), "f")
    if isinstance(value, date | datetime):
        return date_text(value)
    text = str(value).strip(BLANK)
    return text[1:] if text.startswith(FORMULA_SIGNS) else text


Piece = str | list[list[RawCell]]  # a paragraph, or a table's rows


def pieces_of(rows: Sequence[Row]) -> Iterator[Piece]:
    """A sheet's paragraphs and tables from top to bottom."""
    if is_prose(rows):
        yield from prose_of(rows)
        return
    run: list[Row] = []
    for row in rows:
        if not row.empty and not is_paragraph(row):
            run.append(row)
            continue
        yield from run_pieces(run)
        run = []
        yield from (line for text in row.texts for line in lines_in(text))
    yield from run_pieces(run)


def is_prose(rows: Sequence[Row]) -> bool:
    """Whether a sheet is a list of paragraphs, perhaps each beside its part's heading."""
    filled = [row.texts for row in rows if row.texts]
    if any(len(texts) > 2 for texts in filled):
        return False
    pairs = [texts for texts in filled if len(texts) == 2]
    return all(is_heading(first) and not is_figure(second) for first, second in pairs)


def is_heading(text: str) -> bool:
    return looks_like_heading(text) or text == FORM.parts[0].title


def prose_of(rows: Sequence[Row]) -> Iterator[Piece]:
    """Paragraphs, each part's heading once."""
    before = FORM.parts[0].title
    for row in rows:
        texts = row.texts
        if len(texts) == 2:
            if texts[0] not in (before, FORM.parts[0].title):
                yield texts[0]
            before, texts = texts[0], texts[1:]
        yield from (line for text in texts for line in lines_in(text))


def lines_in(text: str) -> Iterator[str]:
    return (line.strip(BLANK) for line in text.splitlines() if line.strip(BLANK))


def is_paragraph(row: Row) -> bool:
    if len(row.texts) != 1 or row.hung:
        return False
    text = row.texts[0]
    sentence = "。" in text or len(text) > LONGEST_LABEL
    return sentence or looks_like_heading(text) or ends_title(text)


def run_pieces(run: Sequence[Row]) -> Iterator[Piece]:
    """Rows without an empty one between: a table, or single cells one below the other."""
    if all(len(row.texts) < 2 and not any(map(is_figure, row.texts)) for row in run):
        yield from (line for row in run for text in row.texts for line in lines_in(text))
    else:
        body = [blank_row(run)] if is_only_head(run) else []
        yield laid_out([*(row.cells for row in run), *body])


def is_only_head(run: Sequence[Row]) -> bool:
    """Part four's headings with nothing below: its one row of figures is wholly blank.

    A spreadsheet does not tell an empty row of a table from what follows the table.
    """
    texts = [text for row in run for text in row.texts]
    words = (REMEDIES, LITIGATION, RESULTS)
    return len(run) > 1 and all(any(each.look_up(text) for each in words) for text in texts)


def blank_row(run: Sequence[Row]) -> Sequence[Spanned]:
    width = max(cell.column + cell.columns for row in run for cell in row.cells if cell.text)
    return [Spanned("", column=column) for column in range(width)]


def numbered(pieces: Iterable[Piece]) -> Iterator[Block]:
    tables = 0
    for piece in pieces:
        if isinstance(piece, str):
            yield Paragraph(piece)
        else:
            tables += 1
            yield grid_of(tables, piece)


def in_order(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with each part where the form has it; what no heading precedes comes first."""
    chunks: list[tuple[int, list[Block]]] = [(0, [])]
    for block in blocks:
        if isinstance(block, Paragraph) and looks_like_heading(block.text):
            found = HEADINGS.look_up(block.text)
            ordinal = PART_KEYS.index(found.key) + 1 if found else chunks[-1][0]
            chunks.append((ordinal, []))
        elif isinstance(block, Paragraph) and chunks[-1][0] and ends_title(block.text):
            chunks.append((0, []))
        chunks[-1][1].append(block)
    return [block for _, chunk in sorted(chunks, key=lambda each: each[0]) for block in chunk]
