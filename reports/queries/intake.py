"""What a dry run says of a list: the fate of each row, and a seal of them all."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from json import dumps
from typing import Any

from reports.importers.lists import RawRow

FORMULA = ("=", "+", "-", "@")
DIALLED = frozenset("+-0123456789 ()（）转/、,，")


class Outcome(StrEnum):
    """What becomes of a row."""

    REFUSED = "不能导入"
    NEW = "新增"
    CHANGED = "更新"
    SAME = "不变"


@dataclass(frozen=True)
class Fate:
    """A row, what becomes of it and why, and the values it would be stored with."""

    row: RawRow
    named: str
    outcome: Outcome
    said: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


class Unfit(Exception):
    """A row that cannot be taken in; ``str()`` names the column, what is wrong and what to do."""


def refused(row: RawRow, named: str, why: str) -> Fate:
    return Fate(row, named or "（空）", Outcome.REFUSED, f"第 {row.line} 行{why}")


def refuse_formulas(row: RawRow, headers: Mapping[str, str]) -> None:
    """What a spreadsheet would compute is not taken in; a telephone number may begin with +."""
    for name, cell in row.cells.items():
        dialled = name == "telephone" and set(cell) <= DIALLED
        if cell.startswith(FORMULA) and not dialled:
            raise Unfit(f"“{headers[name]}”以“{cell[0]}”开头，像是公式，没有导入。请改为文字。")


def refuse_too_long(row: RawRow, headers: Mapping[str, str], longest: Mapping[str, int]) -> None:
    for name, most in longest.items():
        if len(row[name]) > most:
            raise Unfit(
                f"“{headers[name]}”最多 {most} 个字，现在有 {len(row[name])} 个字，请写短一些。"
            )


def seal_of(fates: Iterable[Fate]) -> str:
    """Names what would become of every row: another state of the database is another seal."""
    rows = [[each.row.line, each.outcome, each.said] for each in fates]
    return sha256(dumps(rows, ensure_ascii=False).encode()).hexdigest()


def counts_of(fates: Iterable[Fate]) -> dict[str, int]:
    counts = Counter(each.outcome for each in fates)
    return {str(outcome): counts[outcome] for outcome in Outcome}


def worst_first(fates: Iterable[Fate]) -> list[Fate]:
    """What was refused comes first, then the file's order."""
    return sorted(fates, key=lambda each: (each.outcome is not Outcome.REFUSED, each.row.line))
