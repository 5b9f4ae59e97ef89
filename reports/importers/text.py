"""Plain text → Document: a report converted from Word, or copied from a table.

Converted from Word, a table has one cell a line: a tab begins a cell, lines
without one go on with it (line breaks within cells), an empty line ends the
row, and vertical merges leave empty cells. Copied from Word or Excel it has
one row a line, cells separated by tabs.
"""

import csv
import re
from collections.abc import Iterator

from .aligned import blocks_of_aligned, is_aligned
from .document import BLANK, Block, Document, Paragraph, RawCell, grid_of
from .encodings import likeliest
from .loose_cells import loose_table
from .numbers import is_figure
from .parts import looks_like_heading
from .pipes import blocks_of_pipes, is_piped
from .reading import UnreadableDocument
from .spans import TOO_MANY

WORDS = re.compile(r"[\u4e00-\u9fff]{8}")
CONTROLS = re.compile(r"[\x00-\x06\x08\x0e-\x1b\x7f\ufffe\uffff\ud800-\udfff]")
MOST_TABS = 50_000
LONGEST_CAPTION = 40
LONGEST_CELL = 60  # lines of a quoted cell
Row = list[RawCell]


def read_text(data: bytes) -> Document:
    text = decoded(data)
    if len(CONTROLS.findall(text)) > len(text) // 500:
        raise UnreadableDocument("这个文件不是文本，也不是能读取的文档，请另存为 .docx 后再试。")
    if text.count("\t") > MOST_TABS or text.count("|") > MOST_TABS:
        raise UnreadableDocument(TOO_MANY)
    text = re.sub(r"\r\n?", "\n", CONTROLS.sub("", text))
    if is_aligned(text):
        return Document(*blocks_of_aligned(text))
    text = re.sub(r"[\v\f\x07\u2028\u2029]", "\n", text)
    if is_piped(text):
        return Document(tuple(blocks_of_pipes(text.split("\n"))))
    return Document(tuple(blocks_of(text.split("\n"))))


def decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16, GB18030 or Big5."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data[:4000]:
        encodings = ["utf-16-le" if data[1:2] == b"\0" or data[3:4] == b"\0" else "utf-16-be"]
        encodings += ["utf-16-le", "utf-16-be"]
    else:
        encodings = ["utf-8-sig", likeliest(data)]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableDocument("文本的编码不能识别，请用 UTF-8 或 GB18030 编码另存后再试。")


def blocks_of(lines: list[str]) -> Iterator[Block]:
    """Paragraphs, and the tables between them."""
    at, tables = 0, 0
    while at < len(lines):
        begins = "\t" in lines[at] or starts_table(lines, at)
        end, rows = table_at(lines, at) if begins else loose_table(lines, at)
        if end == at:
            if lines[at].strip(BLANK):
                yield Paragraph(lines[at].strip(BLANK))
            at += 1
            continue
        if is_prose(rows):
            yield from prose_of(rows)
        else:
            tables += 1
            yield grid_of(tables, rows)
        at = end


def is_row(line: str) -> bool:
    """One row a line: a tab after text, or several tabs."""
    return "\t" in line.strip(BLANK) or line.count("\t") > 2


def starts_table(lines: list[str], at: int) -> bool:
    """A line without a tab that begins a table copied from Word or Excel.

    It stands right above a row, as the caption over merged columns does; or it
    begins a quoted cell of several lines.
    """
    text = lines[at].strip(BLANK)
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if opens_quote(lines[at], False):
        end = quote_end(lines, at)
        return any("\t" in line for line in lines[at:end])
    short = 0 < len(text) <= LONGEST_CAPTION and "。" not in text
    return short and is_row(below) and not looks_like_heading(text)


def table_at(lines: list[str], at: int) -> tuple[int, list[Row]]:
    return rows_by_line(lines, at) if not lone_cell(lines, at) else cells_by_line(lines, at)


def lone_cell(lines: list[str], at: int) -> bool:
    """Whether the table has one cell a line: told by its first lines with tabs."""
    if "\t" not in lines[at]:
        return False
    first = [line for line in lines[at : at + 12] if "\t" in line][:6]
    return sum(is_row(line) for line in first) * 2 <= len(first)


def rows_by_line(lines: list[str], at: int) -> tuple[int, list[Row]]:
    """A table copied from Word or Excel; quoted cells may hold line breaks."""
    end = at
    while end < len(lines) and ("\t" in lines[end] or starts_table(lines, end)):
        end = max(quote_end(lines, end), end + 1)
    rows, line = [], at
    reader = csv.reader((f"{each}\n" for each in lines[at:end]), delimiter="\t")
    for cells in reader:
        rows.append([RawCell(cell.strip(BLANK), line=line + 1) for cell in cells])
        line = at + reader.line_num
    return end, rows


def opens_quote(line: str, within: bool) -> bool:
    """Whether a quoted cell is still open at a line's end, given that it was at its start."""
    last = line.split("\t")[-1]
    if within and "\t" not in line:
        return line.count('"') % 2 == 0
    return last.startswith('"') and last.count('"') % 2 == 1


def quote_end(lines: list[str], at: int) -> int:
    """The line after the row that begins at ``at``; ``at`` where its quote never ends."""
    within = False
    for end in range(at, min(at + LONGEST_CELL, len(lines))):
        within = opens_quote(lines[end], within)
        if not within:
            return end + 1
    return at


def cells_by_line(lines: list[str], at: int) -> tuple[int, list[Row]]:
    """A table with one cell a line."""
    rows: list[Row] = []
    row: Row = []
    while at < len(lines):
        line = lines[at]
        if "\t" in line:
            before, *cells = line.split("\t")
            if before.strip(BLANK) and row:
                row[-1] = continued(row[-1], before)
            row += [RawCell(cell, line=at + 1) for cell in cells]
        elif line.strip(BLANK):
            if not row or looks_like_heading(line):
                break
            row[-1] = continued(row[-1], line)
        elif goes_on(lines, at, row):
            row[-1] = continued(row[-1], "")
        else:
            if row:
                rows.append(row)
            row, at = [], next_text(lines, at)
            if at == len(lines) or "\t" not in lines[at]:
                break
            continue
        at += 1
    rows += [row] if row else []
    return at, [[tidy(cell) for cell in row] for row in rows]


def continued(cell: RawCell, text: str) -> RawCell:
    return RawCell(f"{cell.text}\n{text}", line=cell.line)


def tidy(cell: RawCell) -> RawCell:
    lines = [line.strip(BLANK) for line in cell.text.split("\n")]
    return RawCell("\n".join(line for line in lines if line), line=cell.line)


def next_text(lines: list[str], at: int) -> int:
    """The next line that is not empty (a lone tab is an empty cell)."""
    while at < len(lines) and not lines[at].strip(" \u3000\xa0"):
        at += 1
    return at


def goes_on(lines: list[str], at: int, row: Row) -> bool:
    """Whether the cell before an empty line has more text below it: 「结果」, empty, 「维持」.

    One empty line only, then text which is no heading, then at once a further
    cell; and what stands above is not a complete figure.
    """
    if not row or is_figure(row[-1].text) or at + 2 >= len(lines):
        return False
    text, below = lines[at + 1], lines[at + 2]
    if "\t" in text or not text.strip(BLANK) or looks_like_heading(text):
        return False
    return "\t" in below


def is_prose(rows: list[Row]) -> bool:
    """Indented paragraphs rather than a table: single cells, or sentences only."""
    if all(len(row) == 1 for row in rows):
        return True
    cells = [cell for row in rows for cell in row]
    return len(rows) <= 2 and all(
        "。" in cell.text and WORDS.search(cell.text) for cell in cells if cell.text
    )


def prose_of(rows: list[Row]) -> Iterator[Paragraph]:
    for row in rows:
        for cell in row:
            for line in cell.text.split("\n"):
                if line.strip(BLANK):
                    yield Paragraph(line.strip(BLANK))
