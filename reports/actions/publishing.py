"""Publication: an immutable snapshot, its documents, and the pages drawn from it.

Documents are drawn and kept before the transaction ends, so that a snapshot is
complete or absent, and the tallies and what the report is found by come last
of all, as other publications wait for their rows; pages are erased within it and drawn again after it, so
that a page on disk never says less than the database.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reports import exporters
from reports.exporters.document import Options, Standing
from reports.exporters.page import Publication, draw_changes, draw_page, page_files
from reports.exporters.portal import portal_files
from reports.models import AuditAnchor, Report, Revision, Snapshot, StoredDocument, User
from reports.queries.chain import tip
from reports.queries.corrections import text_before
from reports.queries.findings import Noted, as_read, findings_of
from reports.queries.publications import comparison_of, publication_of
from reports.queries.sheets import sheet_of
from reports.sheet import to_json
from reports.workflow import State

from . import storing
from .aggregating import count_in, count_out
from .drafting import record
from .fingerprinting import keep_fingerprints
from .indexing import index_report
from .open_data import note_change
from .placing import place_documents

KEPT_FORMATS = tuple(each for each in exporters.FORMATS if each != "html")  # that is the page


def publish_revision(
    revision: Revision, *, by: User | None, noted: list[Noted] | None = None
) -> None:
    """Make the revision the published one; the caller holds transaction, lock and checks.

    ``noted`` is what the rules said of the text in this transaction; without it they are run here.
    """
    if noted is None:
        noted = findings_of(revision)
    keep_fingerprints(revision)
    superseded = supersede_published(revision.report)
    revision.state = str(State.PUBLISHED)
    revision.published_at = timezone.now()
    revision.save(update_fields=["state", "published_at"])
    sheet = sheet_of(revision)
    findings = [as_kept(each) for each in noted]
    Snapshot.objects.create(
        revision=revision,
        sheet=to_json(sheet),
        findings=findings,
        taken_at=revision.published_at,
    )
    options = Options(
        font_root=settings.FONT_ROOT,
        findings=tuple(as_read(each) for each in findings),
        standing=standing_of(revision),
        audit_trail=anchored(revision),
    )
    StoredDocument.objects.bulk_create(
        StoredDocument(
            revision=revision,
            format=document.format,
            filename=document.filename,
            path=storing.keep(document.content, document.format),
            size=len(document.content),
            checksum=document.sha256,
        )
        for document in (exporters.draw(each, sheet, options) for each in KEPT_FORMATS)
    )
    for previous in superseded:
        count_out(previous)
    count_in(revision)
    index_report(revision.report)
    note_change(revision.report.year)
    draw_pages_after_commit(revision.report)


def standing_of(revision: Revision) -> Standing:
    before = text_before(revision)
    return Standing(revision.number, before.number if before else None, revision.reason)


def anchored(revision: Revision) -> dict[str, Any]:
    """The audit trail's end, kept with the revision, as its published JSON prints it.

    Who holds a copy of the file can tell later that no earlier entry was rewritten.
    """
    end = asdict(tip())
    AuditAnchor.objects.create(revision=revision, **end)
    return end


def as_kept(noted: Noted) -> dict[str, Any]:
    """A finding as the snapshot keeps it, with its reason and who gave it."""
    kept = noted.finding.to_json()
    if noted.explanation:
        kept["explanation"] = {
            "reason": noted.explanation.reason,
            "by": str(noted.explanation.by),
        }
    return kept


def supersede_published(report: Report) -> list[Revision]:
    """What was in force until now is superseded by its correction; returns it."""
    superseded = list(report.revisions.filter(state=State.PUBLISHED))
    for previous in superseded:
        previous.state = str(State.SUPERSEDED)
        previous.save(update_fields=["state"])
        record(previous, "supersede", by=None)
    return superseded


def withdraw_page(revision: Revision) -> None:
    """A withdrawn report's address shows the notice; its figures count no more, nothing finds it."""
    count_out(revision)
    index_report(revision.report)
    note_change(revision.report.year)
    draw_pages_after_commit(revision.report)


def draw_pages_after_commit(report: Report) -> None:
    """Erase the pages now, draw them again once the transaction is done.

    The report's row is locked first: a drawing of what stood before is over by then, and cannot
    put back what is taken away here.
    """
    Report.objects.select_for_update().get(pk=report.pk)
    storing.erase_pages(report.agency.slug, report.year)

    def draw() -> None:  # Django logs a failure by the function's name, which a partial lacks
        draw_pages(report.pk)

    transaction.on_commit(draw, robust=True)  # what is published stays so without its page


@transaction.atomic
def draw_pages(report_pk: int) -> None:
    """Draw a report's page, every text's own, what each changed, and the documents beside them.

    The report's row is locked meanwhile: of two drawings the later sees the
    later text.
    """
    report = Report.objects.select_for_update().select_related("agency").get(pk=report_pk)
    folder = storing.page_folder(report.agency.slug, report.year)
    storing.erase_pages(report.agency.slug, report.year)
    publication = publication_of(report)
    if publication is None:
        return
    place_documents(folder, report)
    for version in publication.versions:
        own = folder / "versions" / str(version.number)
        text = publication_of(report, version.number)
        if text is not None:
            write_page(own, draw_page(text))
        comparison = comparison_of(report, version.number)
        if comparison is not None:
            write_page(own / "changes", draw_changes(comparison))
    if publication.is_in_force:
        place_portal(folder / "portal", publication)
    write_page(folder, draw_page(publication))


@transaction.atomic
def draw_missing_pages(report_pk: int) -> bool:
    """Draw them if they are missing still, once whoever is drawing them is done."""
    report = Report.objects.select_for_update().select_related("agency").get(pk=report_pk)
    if has_page(report.agency.slug, report.year):
        return False
    draw_pages(report_pk)
    return True


def has_page(slug: str, year: int) -> bool:
    """Whether the report's own page is there, which is written last of all."""
    return (storing.page_folder(slug, year) / "index.html").is_file()


def write_page(folder: Path, page: bytes) -> None:
    """The page and its compressed forms; the plain one last, which makes it public."""
    for name, content in sorted(page_files(page), reverse=True):
        storing.write(folder / name, content)


def place_portal(folder: Path, publication: Publication) -> None:
    """The text in force for the portal that re-publishes it."""
    files = portal_files(publication)
    write_page(folder, files.pop("index.html"))
    for name, content in files.items():
        storing.write(folder / name, content)
