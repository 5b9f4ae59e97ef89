"""A list of agencies or of people from a file: a row each, nothing judged yet.

CSV (UTF-8 with or without its mark, GB18030) or a spreadsheet's first sheet.
The first row names the columns, in any order; what it does not name is not touched.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO

from .reading import UnreadableDocument
from .text import CONTROLS, decoded
from .word_lists import OLE, ZIP, sheet_rows

LARGEST = 4 * 1024 * 1024  # bytes
MOST_ROWS = 10_000
AGENCY_COLUMNS = {
    "名称": "name",
    "网址标识": "slug",
    "性质": "kind",
    "区划代码": "division",
    "上级标识": "parent",
    "信息公开机构": "office",
    "地址": "address",
    "邮编": "postcode",
    "电话": "telephone",
    "电子邮箱": "email",
}
PEOPLE_COLUMNS = {
    "用户名": "username",
    "姓名": "display_name",
    "电子邮箱": "email",
    "机关标识": "agency",
    "角色": "role",
}


@dataclass(frozen=True)
class RawRow:
    """A row as it was written; ``line`` counts from 1 in the file, the head being the first."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True)
class RawTable:
    rows: tuple[RawRow, ...]
    notes: tuple[str, ...] = ()


def read_list(data: bytes, columns: Mapping[str, str]) -> RawTable:
    """The rows of the file; UnreadableDocument where there are none, or no head of ours."""
    if len(data) > LARGEST:
        raise UnreadableDocument(
            f"文件超过 {LARGEST // 1024 // 1024} MB，没有读取。请分成几个文件导入。"
        )
    if data.startswith((ZIP, OLE)):
        return table_of(sheet_rows(data), columns)
    text = decoded(data)
    if len(CONTROLS.findall(text)) > len(text) // 500:
        raise UnreadableDocument("这个文件不是文本，也不是电子表格，请另存为 CSV 后再试。")
    head = text.partition("\n")[0]
    dialect = "excel-tab" if "\t" in head else "excel"
    try:
        return table_of(csv.reader(StringIO(text, newline=""), dialect), columns)
    except csv.Error as problem:
        raise UnreadableDocument("文件里有一行太长或者引号不成对，请检查后再试。") from problem


def table_of(rows: Iterable[list[str]], columns: Mapping[str, str]) -> RawTable:
    names: list[str] = []
    notes: list[str] = []
    found: list[RawRow] = []
    for line, row in enumerate(rows, 1):
        cells = [" ".join(CONTROLS.sub("", cell).split()) for cell in row]
        if not any(cells):
            continue
        if not names:
            names, notes = head_of(cells, columns)
            continue
        values = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        found.append(RawRow(line, values))
        if len(found) > MOST_ROWS:
            raise UnreadableDocument(f"超过 {MOST_ROWS} 行，没有读取。请分成几个文件导入。")
    if not found:
        raise UnreadableDocument("文件里没有内容：第一行写列名，从第二行起每行写一个。")
    return RawTable(tuple(found), tuple(notes))


def head_of(cells: list[str], columns: Mapping[str, str]) -> tuple[list[str], list[str]]:
    key = next(iter(columns)) if "用户名" in columns else "网址标识"
    if key not in cells:
        raise UnreadableDocument(
            f"第一行没有“{key}”一列，没有读取。请用模板的列名：{'、'.join(columns)}。"
        )
    twice = sorted({cell for cell in cells if cell in columns and cells.count(cell) > 1})
    if twice:
        raise UnreadableDocument(f"第一行有两列都叫“{twice[0]}”，没有读取。请去掉一列。")
    unknown = [f"“{cell}”一列没有读取。" for cell in cells if cell and cell not in columns]
    return [columns.get(cell, "") for cell in cells], unknown
