"""What the page 校核 shows of a document: what was read, what was found, where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from reports.checker import Finding, Severity, check
from reports.editions.bodies import Body, kind_by_name
from reports.exporters.finding_list import FindingList
from reports.exporters.presentation import Mark, Presentation, present
from reports.importers import Reading
from reports.queries.finding_lists import checked_report, placed
from reports.queries.findings import Noted
from reports.queries.words import site_words
from reports.sheet import Sheet


@dataclass(frozen=True)
class Listed:
    """A finding: where it leads to in the drawn report, the mark's name there, in words where it stands."""

    finding: Finding
    anchor: str
    name: str  # empty where a whole part or the document is meant
    where: str
    number: int

    @property
    def mark(self) -> Mark:
        severity = self.finding.severity
        return Mark(str(severity), severity.label, self.finding.message, f"finding-{self.number}")


@dataclass(frozen=True)
class Result:
    """Everything the page says, as plain values."""

    sheet: Sheet
    report: Presentation
    findings: tuple[Listed, ...]
    notes: tuple[str, ...]
    last_year: Sheet | None
    cells: int
    figures: int  # cells in which a number was found
    at: datetime

    @property
    def blank(self) -> int:
        return self.cells - self.figures

    @property
    def counted(self) -> list[tuple[Severity, int]]:
        """How many findings of each severity, the gravest first, where there are any."""
        counts = (
            (each, sum(one.finding.severity is each for one in self.findings)) for each in Severity
        )
        return [(severity, number) for severity, number in counts if number]


def result_of(
    reading: Reading, last: Reading | None, *, agency: str, year: int | None, at: datetime
) -> Result:
    """The document checked. ``agency`` and ``year``, where given, stand for what was read."""
    sheet = replace(
        reading.sheet, agency=agency or reading.sheet.agency, year=year or reading.sheet.year
    )
    last_year = last.sheet if last else None
    body = Body(agency, kind_by_name(agency)) if agency else None
    findings = check(sheet, last_year, body=body, today=at.date(), words=site_words(in_public=True))
    plain = present(sheet)
    found = tuple(listed(plain, each, number) for number, each in enumerate(findings, 1))
    return Result(
        sheet=sheet,
        report=present(sheet, marks=marks_of(found)),
        findings=found,
        notes=(*reading.notes, *notes_on(sheet, last)),
        last_year=last_year,
        cells=len(reading.cells),
        figures=sum(cell.number is not None for cell in reading.cells.values()),
        at=at,
    )


def listed(report: Presentation, finding: Finding, number: int) -> Listed:
    place = placed(report, finding)
    return Listed(finding, place.anchor, place.name, place.where, number)


def marks_of(found: tuple[Listed, ...]) -> dict[str, Mark]:
    """A mark for each cell and paragraph with findings: the gravest one's."""
    marks: dict[str, Mark] = {}
    gravity = tuple(Severity)
    for each in sorted(found, key=lambda each: gravity.index(each.finding.severity)):
        if each.name:
            marks.setdefault(each.name, each.mark)
    return marks


def notes_on(sheet: Sheet, last: Reading | None) -> Iterator[str]:
    """What is to be said of last year's document."""
    if last is None:
        return
    if sheet.year and last.sheet.year and last.sheet.year != sheet.year - 1:
        yield (
            f"上一年度报告读出的年度是{last.sheet.year}年，不是{sheet.year - 1}年："
            "跨年核对的结果可能不成立，请确认没有选错文件。"
        )
    if sheet.agency and last.sheet.agency and last.sheet.agency != sheet.agency:
        yield (
            f"上一年度报告读出的机关是“{last.sheet.agency}”，与本年度的“{sheet.agency}”不同："
            "不是改名的，请确认没有选错文件。"
        )
    yield from (f"上一年度报告：{note}" for note in last.notes)


def list_of(result: Result, *, file: str, by: str) -> FindingList:
    """The same as a list to keep or to send."""
    noted = [Noted(each.finding) for each in result.findings]
    report = checked_report(result.sheet, noted, document=file, notes=result.notes)
    return FindingList((report,), result.at, by)
