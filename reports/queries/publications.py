"""What the public may read of one report, as plain values."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, cast

from django.db.models import QuerySet

from reports.editions.bodies import BodyKind
from reports.exporters.document import title_text
from reports.exporters.offline import Shelf
from reports.exporters.page import Comparison, Download, Explained, Publication, Version
from reports.models import Agency, Event, Report, Revision, StoredDocument
from reports.sheet import from_json
from reports.workflow import MOVES, PUBLIC, State

from .differences import differences
from .site import site

WITHDRAW = MOVES["withdraw"].verb
ORDER = ("pdf", "docx", "xlsx", "csv", "json")


def report_of(slug: str, year: int) -> Report | None:
    """The report at a public address, if it was ever published."""
    reports = Report.objects.select_related("agency__division")
    return reports.filter(agency__slug=slug, year=year, revisions__state__in=sorted(PUBLIC)).first()


def publication_of(report: Report, number: int | None = None) -> Publication | None:
    """The text in force, or the one numbered; None where the public has none.

    A withdrawal covers the whole report as it was: its older texts are not
    shown either, also when the report is published again by a later text.
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
    withdrawal = withdrawal_over(shown, revisions)
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
        state=State.WITHDRAWN if withdrawal else State(shown.state),
        index_number=index_number(report),
        url=page_url(agency.slug, report.year, shown.number if shown != current else None),
        current_url=page_url(agency.slug, report.year),
        notice=withdrawal.note if withdrawal else shown.reason,
        withdrawn_at=withdrawal.at if withdrawal else None,
        documents=() if withdrawal else downloads_of(shown),
        versions=versions_of(revisions, agency, report.year),
        explanations=() if withdrawal else tuple(explained(snapshot.findings)),
    )


def withdrawal_over(shown: Revision, revisions: Iterable[Revision]) -> Event | None:
    """The withdrawal that covers a text: its own, or the next later text's."""
    covering = [
        each for each in revisions if each.state == State.WITHDRAWN and each.number >= shown.number
    ]
    if not covering:
        return None
    events = Event.objects.filter(revision=min(covering, key=lambda each: each.number))
    return events.filter(verb=WITHDRAW).order_by("pk").last()


def comparison_of(report: Report, number: int) -> Comparison | None:
    """A published text beside the one it followed; None where either may not be read."""
    later = publication_of(report, number)
    if later is None or later.is_withdrawn or later.corrected is None:
        return None
    earlier = publication_of(report, later.corrected.number)
    if earlier is None or earlier.is_withdrawn:
        return None
    return Comparison(later, earlier, differences(earlier.sheet, later.sheet))


def page_url(slug: str, year: int, number: int | None = None) -> str:
    """The stable address of a report, or of one of its texts."""
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


def versions_of(revisions: list[Revision], agency: Agency, year: int) -> tuple[Version, ...]:
    """Every published text, newest first, with the addresses at which it may be read."""
    covered = max((each.number for each in revisions if each.state == State.WITHDRAWN), default=0)
    found = []
    for at, revision in enumerate(revisions):
        number = revision.number
        readable = number > covered
        compared = readable and at + 1 < len(revisions) and revisions[at + 1].number > covered
        found.append(
            Version(
                number,
                published_at(revision),
                State(revision.state),
                revision.reason,
                page_url(agency.slug, year, number if at else None) if readable else "",
                f"{page_url(agency.slug, year, number)}changes/" if compared else "",
            )
        )
    return tuple(found)


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
    revisions = public_revisions(slug, year)
    shown = [each for each in revisions if number in (None, each.number)]
    if not shown or withdrawal_over(shown[0], revisions):
        return None
    return shown[0].documents.filter(format=extension).first()


def document_by_checksum(
    slug: str, year: int, checksum: str, extension: str
) -> StoredDocument | None:
    """The same by its checksum, in any text of the report that may be read."""
    readable = readable_texts(public_revisions(slug, year))
    found = StoredDocument.objects.filter(revision__in=readable, checksum=checksum)
    return found.filter(format=extension).first()


def public_revisions(slug: str, year: int) -> list[Revision]:
    """Every text of the report that was ever published, newest first."""
    revisions = Revision.objects.filter(report__agency__slug=slug, report__year=year)
    return list(revisions.filter(state__in=sorted(PUBLIC)).order_by("-number"))


def readable_texts(revisions: Iterable[Revision]) -> list[Revision]:
    """Those of a report's published texts that no withdrawal covers."""
    texts = list(revisions)
    covered = max((each.number for each in texts if each.state == State.WITHDRAWN), default=0)
    return [each for each in texts if each.number > covered]


def documents_of_text(slug: str, year: int, number: int) -> QuerySet[StoredDocument]:
    """The files of one of a report's texts; none where it may not be read."""
    texts = readable_texts(public_revisions(slug, year))
    numbered = [each.pk for each in texts if each.number == number]
    return StoredDocument.objects.filter(revision__in=numbered).order_by("format")


def older_texts(slug: str, year: int) -> Iterator[Publication]:
    """The texts before the one in force, as far as they may be read, newest first."""
    report = report_of(slug, year)
    for each in readable_texts(public_revisions(slug, year))[1:]:
        text = report and publication_of(report, each.number)
        if text:
            yield text


def corrections_of(slug: str, year: int) -> Iterator[Comparison]:
    """Each readable text of a report beside the one that it corrected, newest first."""
    report = report_of(slug, year)
    for each in readable_texts(public_revisions(slug, year))[:-1]:
        comparison = report and comparison_of(report, each.number)
        if comparison:
            yield comparison


def shelf_of(agency: Agency) -> Shelf:
    """An agency's reports of all years, newest first, with what their pages say."""
    reports = Report.objects.filter(agency=agency).select_related("agency__division")
    found = (publication_of(report) for report in reports.order_by("-year"))
    return Shelf(
        agency=agency.name,
        address=f"{site().address}/agencies/{agency.slug}/",
        site=site(),
        years=tuple(each for each in found if each),
    )
