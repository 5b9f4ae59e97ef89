"""The workbook of a year: written to disk row by row, whatever its size."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from reports.editions import EDITIONS
from reports.editions.grammar import Number, Place
from reports.sheet import Sheet, name_of

from .archive import printable
from .csv import harmless
from .dictionary import dictionary

LIST = "报告清单"
OWN = ("机关", "网址标识", "区划代码", "格式")  # before every row of figures
AT = (1, 2, 4, 7)  # where they stand in a report's row


class Workbook:
    """Two head rows to a sheet of figures: the form's words, and the figures' names."""

    def __init__(self, headings: Sequence[str], editions: Sequence[int]) -> None:
        self.book = openpyxl.Workbook(write_only=True)
        forms = [EDITIONS[key] for key in sorted(editions, reverse=True)] or [EDITIONS[2021]]
        self.list = self.sheet(LIST, headings)
        self.pages: dict[int, Any] = {}
        self.columns: dict[int, list[str]] = {}
        for part in forms[0].parts:
            if part.is_table:
                self.begin(part.number, part.title, [form.key for form in forms])

    def begin(self, part: int, title: str, forms: Iterable[int]) -> None:
        """A table's sheet: a row to a report in part two, one to each applicant or remedy else."""
        labels: dict[str, str] = {}
        for form in forms:
            for entry in dictionary(form):
                if entry.part == part:
                    both = f"{entry.row_label}：{entry.column_label}"
                    key = entry.name.partition(".")[2] if part == 2 else entry.row
                    labels.setdefault(key, both if part == 2 else entry.row_label)
        whom = () if part == 2 else ("列标识", "列")
        self.pages[part] = self.sheet(title[:31], (*OWN, *whom, *labels.values()))
        self.pages[part].append([*[""] * (len(OWN) + len(whom)), *labels])
        self.columns[part] = list(labels)

    def sheet(self, title: str, headings: Sequence[str]) -> Any:
        page = self.book.create_sheet(title)
        page.freeze_panes = "C2" if title == LIST else f"{'BCDE'[len(OWN) - 1]}3"
        page.append(list(headings))
        return page

    def add(self, row: Sequence[str], sheet: Sheet) -> None:
        self.list.append([printable(text) for text in row])
        own = [printable(row[at]) for at in AT]
        rows: dict[tuple[int, str, str], dict[str, str | Number | None]] = {}
        for place, number in sheet.cells():
            whom = ("", "") if place.part == 2 else (place.column, place.column_label)
            key = place.key if place.part == 2 else place.line
            rows.setdefault((place.part, *whom), {})[key] = value_of(sheet, place, number)
        for (part, whom_key, label), values in rows.items():
            told = [whom_key, label] if whom_key else []
            figures = [values.get(column) for column in self.columns[part]]
            self.pages[part].append([*own, *told, *figures])

    def save(self, path: Path) -> None:
        self.book.save(path)


def value_of(sheet: Sheet, place: Place, number: Number | None) -> str | Number | None:
    """The number; what was printed where it was none; nothing where the cell is blank."""
    if number is not None:
        return number
    printed = sheet.printed.cells.get(name_of(place))
    return harmless(printable(printed)) if printed else None
