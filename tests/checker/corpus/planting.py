"""A planting: one defect put into a correct report, and where it must be found."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from reports.checker import Finding, check
from reports.checker.finding import Sister, SiteWord, Vocabulary
from reports.editions.grammar import Number
from reports.sheet import NARRATIVES, Addition, Heading, Sheet

from .reports import REPORTS

TODAY = date(2026, 11, 1)
Spoil = Callable[[Sheet], Sheet]


@dataclass(frozen=True)
class Planting:
    """``also`` are findings of other codes which the defect honestly implies."""

    code: str
    report: str
    what: str
    spoil: Spoil
    part: int | None = None
    line: str = ""
    column: str = ""
    also: tuple[str, ...] = ()
    sisters: tuple[Sheet, ...] = ()
    sensitive_words: tuple[str, ...] = ()

    def findings(self) -> list[Finding]:
        correct = REPORTS[self.report]
        return check(
            self.spoil(correct.sheet), correct.last_year, body=correct.body, today=TODAY,
            sisters=tuple(map(Sister, self.sisters)),
            words=Vocabulary(tuple(map(SiteWord, self.sensitive_words))),
        )  # fmt: skip

    def is_at_its_place(self, finding: Finding) -> bool:
        return (
            finding.code == self.code
            and finding.part == self.part
            and (not self.line or finding.line == self.line)
            and (not self.column or finding.column == self.column)
        )


def put(**changes: Any) -> Spoil:
    return lambda sheet: replace(sheet, **changes)


def add(key: str, text: str) -> Spoil:
    return lambda sheet: replace(sheet, **{key: f"{sheet.text(key)}\n{text}"})


def swap(old: str, new: str) -> Spoil:
    """One wording for another, wherever it stands in the prose; it must stand there."""

    def spoil(sheet: Sheet) -> Sheet:
        changed = {
            key: sheet.text(key).replace(old, new) for key in NARRATIVES if old in sheet.text(key)
        }
        if not changed:
            raise LookupError(old)
        return replace(sheet, **changed)

    return spoil


def then(*spoils: Spoil) -> Spoil:
    def spoil(sheet: Sheet) -> Sheet:
        for each in spoils:
            sheet = each(sheet)
        return sheet

    return spoil


def cell(name: str, number: Number | None) -> Spoil:
    """One cell of a table: ``disclosure.rules_made``, ``applications.total.received``."""
    table, _, key = name.partition(".")

    def spoil(sheet: Sheet) -> Sheet:
        figures = getattr(sheet, table)
        column, _, line = key.rpartition(".")
        changed = {**figures[column], line: number} if column else number
        if line not in (figures[column] if column else figures):
            raise LookupError(name)
        return replace(sheet, **{table: {**figures, column or line: changed}})

    return spoil


def printed(**changes: Any) -> Spoil:
    return lambda sheet: replace(sheet, printed=replace(sheet.printed, **changes))


def headings(change: Callable[[list[Heading]], list[Heading]]) -> Spoil:
    return lambda sheet: printed(headings=tuple(change(list(sheet.printed.headings))))(sheet)


def heading(at: int, text: str) -> Spoil:
    """The heading of a part, counted from one, printed otherwise."""
    return headings(lambda all_: [*all_[: at - 1], Heading(text, all_[at - 1].part), *all_[at:]])


def beside(part: str, *rows: tuple[str, ...], text: str = "") -> Spoil:
    return printed(additions=(Addition(part, "", rows, text),))
