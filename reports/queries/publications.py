"""What the public may read of one report, as plain values."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from reports.editions.bodies import BodyKind
from reports.exporters.document import title_text
from reports.exporters.page import Download, Explained, Publication, Version
from reports.models import Agency, Report, Revision, StoredDocument
from reports.sheet import from_json
from reports.workflow import PUBLIC, State

from .site import site

ORDER = ("pdf", "docx", "xlsx", "csv", "json")


def report_of(slug: str, year: int) -> Report | None:
    """The report at a public address, if it was ever published."""
    reports = Report.objects.select_related("agency__division")
    return reports.filter(agency__slug=slug, year=year, revisions__state__in=sorted(PUBLIC)).first()


def publication_of(report: Report, number: int | None = None) -> Publication | None:
    """The text in force, or the one numbered; None where the public has none.

    A withdrawal covers the whole report: its older texts are not shown either.
    """
    revisions = list(
        Revision.objects.filter(report=report, state__in=sorted(PUBLIC)).order_by("-number")
    )
    if not revisions:
        return None
    current = revisions[0]
    shown = next((each for each in revisions if number in (None, each.number)), None)
    if shown is None:
        return None
    withdrawn = current.state == State.WITHDRAWN
    snapshot = shown.snapshot
    sheet = from_json(snapshot.sheet)
    agency = report.agency
    return Publication(
        sheet=sheet,
        title=title_text(sheet),
        agency=shown.agency_name,
        slug=agency.slug,
        kind=BodyKind(agency.kind),
        region=agency.division.name if agency.division else "",
        site=site(),
        number=shown.number,
        published_at=published_at(shown),
        state=State.WITHDRAWN if withdrawn else State(shown.state),
        index_number=index_number(report),
        url=page_url(agency.slug, report.year, shown.number if shown != current else None),
        current_url=page_url(agency.slug, report.year),
        notice=current.reason if withdrawn else shown.reason,
        documents=() if withdrawn else downloads_of(shown),
        versions=tuple(version_of(each, agency, report.year, current) for each in revisions),
        explanations=() if withdrawn else tuple(explained(snapshot.findings)),
    )


def page_url(slug: str, year: int, number: int | None = None) -> str:
    """The stable address of a report, or of one of its older texts."""
    url = f"/agencies/{slug}/{year}/"
    return url if number is None else f"{url}versions/{number}/"


def index_number(report: Report) -> str:
    """索引号: the region, the agency and the year; a correction keeps it."""
    division = report.agency.division
    code = division.code if division else "000000"
    return f"{code}-{report.agency_id:06d}-{report.year}"


def published_at(revision: Revision) -> datetime:
    """The constraint ``what_was_published_has_its_time`` holds it."""
    return cast(datetime, revision.published_at)


def version_of(revision: Revision, agency: Agency, year: int, current: Revision) -> Version:
    number = None if revision == current else revision.number
    return Version(
        revision.number,
        published_at(revision),
        State(revision.state),
        revision.reason,
        page_url(agency.slug, year, number),
    )


def downloads_of(revision: Revision) -> tuple[Download, ...]:
    stored = sorted(
        (each for each in revision.documents.all() if each.format in ORDER),
        key=lambda each: ORDER.index(each.format),
    )
    return tuple(Download(each.format, each.filename, each.size, each.checksum) for each in stored)


def explained(findings: Iterable[dict[str, Any]]) -> Iterable[Explained]:
    """The findings of a snapshot which carry their explanation."""
    for finding in findings:
        said = finding.get("explanation")
        if said:
            yield Explained(finding["message"], said.get("reason", ""), said.get("by", ""))


def document_of(
    slug: str, year: int, extension: str, number: int | None = None
) -> StoredDocument | None:
    """The stored file behind a download address; None where there is none (any more)."""
    revisions = list(
        Revision.objects.filter(
            report__agency__slug=slug, report__year=year, state__in=sorted(PUBLIC)
        ).order_by("-number")
    )
    shown = [each for each in revisions if number in (None, each.number)]
    if not shown or revisions[0].state == State.WITHDRAWN:
        return None
    return shown[0].documents.filter(format=extension).first()
