"""Findings as plain rows: where each stands in the drawn report, and its list to send back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from reports.checker import Finding, Severity
from reports.editions.grammar import Edition
from reports.exporters.finding_list import CheckedReport, Entry, FindingList
from reports.exporters.presentation import Mark, Presentation, anchor_of, mark_name, present
from reports.models import Revision
from reports.sheet import Sheet, to_json

from .findings import Noted, findings_of
from .sheets import sheet_of
from .site import site

SIGNATURE = "C14"  # the one kind of finding on the whole document with a place of its own
WHOLE = "全文"
GRAVITY = tuple(Severity)


@dataclass(frozen=True)
class Placed:
    """Where a finding leads to in the drawn report, the mark's name there, and in words."""

    anchor: str
    name: str  # empty where a whole part or the document is meant
    where: str


def placed(report: Presentation, finding: Finding) -> Placed:
    anchor = anchor_of(report, finding.part, finding.line, finding.column, finding.quote)
    if finding.part is not None:
        return Placed(anchor, mark_name(anchor), where_of(report.sheet.edition, finding))
    if finding.code == SIGNATURE and (report.signed_by or report.signed_on):
        return Placed("report-signature", "signed_on", "署名和成文日期")
    is_title = finding.quote != "" and finding.quote == report.sheet.title
    return Placed(anchor, "title" if is_title else "", "标题" if is_title else WHOLE)


def where_of(edition: Edition, finding: Finding) -> str:
    """Part › row › column in the form's words, as far as the finding says."""
    if finding.part is None:
        return WHOLE
    title = next(part.title for part in edition.parts if part.number == finding.part)
    places = [
        place for place in edition.places()
        if place.part == finding.part and finding.line in ("", place.line)
        and finding.column in ("", place.column)
    ]  # fmt: skip
    said = [title]
    if places and finding.line:
        said.append(places[0].line_label)
    if places and finding.column:
        said.append(places[0].column_label)
    return " › ".join(said)


def checked_report(
    sheet: Sheet, noted: Iterable[Noted], *, document: str, notes: tuple[str, ...] = ()
) -> CheckedReport:
    """The report's list; ``document`` names the file or the version that was checked."""
    plain = present(sheet)
    found = [(each, placed(plain, each.finding)) for each in noted]
    titles: dict[int | None, str] = {part.number: part.title for part in sheet.edition.parts}
    marks: dict[str, Mark] = {}
    for number, (each, place) in enumerate(found, 1):
        severity = each.finding.severity
        mark = Mark(str(severity), severity.label, each.finding.message, f"finding-{number}")
        standing = marks.get(place.name)
        if place.name and (standing is None or graver(mark, standing)):
            marks[place.name] = mark
    return CheckedReport(
        document=document,
        agency=sheet.agency,
        year=sheet.year,
        edition=sheet.edition.name,
        entries=tuple(
            entry_of(each, place, titles.get(each.finding.part, WHOLE)) for each, place in found
        ),
        notes=notes,
        data=data_of(sheet, (each for each, _ in found), notes),
        report=present(sheet, marks=marks),
    )


def list_of_revision(revision: Revision) -> FindingList:
    """The list of a revision as it is stored now, with the reasons already given."""
    document = f"{revision.report.agency.name}{revision.report.year}年度报告第{revision.number}版"
    report = checked_report(
        sheet_of(revision),
        findings_of(revision),
        document=f"{document}（{revision.get_state_display()}）",
    )
    return FindingList((report,), timezone.localtime(), site().name)


def graver(mark: Mark, other: Mark) -> bool:
    return GRAVITY.index(Severity(mark.kind)) < GRAVITY.index(Severity(other.kind))


def entry_of(noted: Noted, place: Placed, part: str) -> Entry:
    finding = noted.finding
    return Entry(
        where=place.where,
        message=finding.message,
        quote=finding.quote,
        left=finding.left,
        right=finding.right,
        kind=str(finding.severity),
        severity=finding.severity.label,
        code=finding.code,
        part=part,
        reason=noted.explanation.reason if noted.explanation else "",
        anchor=place.anchor,
    )


def data_of(sheet: Sheet, noted: Iterable[Noted], notes: tuple[str, ...]) -> dict[str, Any]:
    """What a program is told of a checked report."""
    return {
        "agency": sheet.agency,
        "year": sheet.year,
        "edition": sheet.edition.key,
        "sheet": to_json(sheet),
        "findings": [finding_data(each) for each in noted],
        "notes": list(notes),
    }


def finding_data(noted: Noted) -> dict[str, Any]:
    """The finding with its reason; who gave it is not said."""
    data = noted.finding.to_json()
    if noted.explanation:
        data["explanation"] = {"reason": noted.explanation.reason}
    return data
