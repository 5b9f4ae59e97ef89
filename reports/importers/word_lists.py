"""A site's own word list from a file or what was pasted: a row a word, nothing judged yet.

Text (a word a line, or columns divided by tabs or commas) and spreadsheets
(the first sheet). The columns are those of ``COLUMNS`` in this order, or in any
order under a first row that names them.
"""

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from io import BytesIO, StringIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from .archive import BROKEN, opened
from .reading import UnreadableDocument
from .text import CONTROLS, decoded

COLUMNS = {
    "词语": "word",
    "程度": "severity",
    "处理意见": "advice",
    "应当写作": "replacement",
    "适用的部分": "parts",
}
FIRST = next(iter(COLUMNS))
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
LARGEST_LIST = 2 * 1024 * 1024  # bytes
MOST_ROWS = 20_000


@dataclass(frozen=True)
class RawWord:
    """A row as it was written; ``line`` counts from 1 in the file."""

    line: int
    word: str
    severity: str = ""
    advice: str = ""
    replacement: str = ""
    parts: str = ""


@dataclass(frozen=True)
class RawList:
    rows: tuple[RawWord, ...]
    notes: tuple[str, ...] = ()


def read_words(data: bytes) -> RawList:
    """The rows of a .txt, .csv, .xlsx or .xls file; UnreadableDocument where there are none."""
    if len(data) > LARGEST_LIST:
        raise UnreadableDocument(
            f"文件超过 {LARGEST_LIST // 1024 // 1024} MB，没有读取。请分成几个文件导入。"
        )
    if data.startswith((ZIP, OLE)):
        return raw_list(sheet_rows(data))
    return words_in_text(decoded(data))


def words_in_text(text: str) -> RawList:
    """The rows of what was pasted."""
    if len(CONTROLS.findall(text)) > len(text) // 500:
        raise UnreadableDocument(
            "这个文件不是文本，也不是电子表格，请另存为 .xlsx 或 .csv 后再试。"
        )
    dialect = "excel-tab" if "\t" in text else "excel"
    try:
        return raw_list(csv.reader(StringIO(text, newline=""), dialect))
    except csv.Error as problem:
        raise UnreadableDocument("文本里有一行太长或者引号不成对，请检查后再试。") from problem


def as_text(rows: Iterable[RawWord]) -> str:
    """The rows as ``words_in_text`` reads them again, under their header."""
    out = StringIO()
    writer = csv.writer(out, "excel-tab")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(row)[1:] for row in rows)
    return out.getvalue()


def sheet_rows(data: bytes) -> Iterable[list[str]]:
    if data.startswith(ZIP):
        opened(data)  # refuses what is too large unpacked
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except PasswordError as problem:
        raise UnreadableDocument("文件设有打开密码，不能读取；请取消密码后再试。") from problem
    except (CalamineError, ValueError, OSError, IndexError) as problem:
        raise UnreadableDocument(BROKEN) from problem
    return [[cell_text(cell) for cell in row] for row in rows]


def cell_text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def raw_list(rows: Iterable[list[str]]) -> RawList:
    names: list[str] = list(COLUMNS.values())
    found: list[RawWord] = []
    notes: list[str] = []
    headed = False
    for line, row in enumerate(rows, 1):
        cells = [" ".join(cell.split()) for cell in row]
        if not any(cells):
            continue
        if not found and not headed and FIRST in cells:
            headed = True
            names = [COLUMNS.get(cell, "") for cell in cells]
            notes += [f"“{cell}”一列没有读取。" for cell in cells if cell and cell not in COLUMNS]
            continue
        values = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        found.append(RawWord(line, values.pop("word", ""), **values))
        if len(found) > MOST_ROWS:
            raise UnreadableDocument(f"超过 {MOST_ROWS} 行，没有读取。请分成几个文件导入。")
    if not found:
        raise UnreadableDocument("没有读出词语。请每行写一个词，或者用电子表格，第一列写词语。")
    return RawList(tuple(found), tuple(notes))
