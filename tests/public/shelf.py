"""Published reports for the public pages, without the moves that lead there."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from reports.actions import storing
from reports.actions.drafting import record
from reports.actions.indexing import index_report
from reports.models import Agency, Report, Revision, Snapshot, StoredDocument
from reports.queries.publications import publication_of
from reports.queries.sheets import sheet_of
from reports.sheet import to_json
from reports.workflow import State
from tests.factories import complete, make_agency, make_revision

AT = timezone.make_aware(datetime(2025, 1, 20, 9, 5))
FILES = {"pdf": b"%PDF-1.7 fictional", "csv": "数字".encode(), "json": b"{}"}
COLUMNS = {
    "natural_person": {"received": 12, "granted": 11, "carried_forward": 1},
    "business": {"received": 3, "denied_state_secret": 3},
}


def put_out(
    agency: Agency | None = None,
    year: int = 2024,
    *,
    reason: str = "",
    state: State = State.PUBLISHED,
    findings: Sequence[dict[str, Any]] = (),
    as_printed: bool = False,
    at: datetime = AT,
    columns: Mapping[str, Mapping[str, Any]] = COLUMNS,
) -> Revision:
    """A published text with its snapshot and files; what was in force is superseded."""
    agency = agency or make_agency()
    Revision.objects.filter(report__agency=agency, report__year=year, state=State.PUBLISHED).update(
        state=str(State.SUPERSEDED)
    )
    revision = complete(make_revision(year, agency, as_printed=as_printed), columns=columns)
    corrected = {} if state == State.WITHDRAWN else {"reason": reason}
    Revision.objects.filter(pk=revision.pk).update(state=str(state), published_at=at, **corrected)
    revision.refresh_from_db()
    if state == State.WITHDRAWN:
        record(revision, "withdraw", by=None, note=reason)
    Snapshot.objects.create(
        revision=revision, sheet=to_json(sheet_of(revision)), findings=list(findings), taken_at=at
    )
    StoredDocument.objects.bulk_create(
        StoredDocument(
            revision=revision,
            format=extension,
            filename=f"{revision.title}.{extension}",
            path=storing.keep(content + str(revision.number).encode(), extension),
            size=len(content) + 1,
            checksum="0" * 64,
        )
        for extension, content in FILES.items()
    )
    index_report(revision.report)
    return revision


def page_of(revision: Revision) -> str:
    """The public address of a revision's report."""
    return f"/agencies/{revision.report.agency.slug}/{revision.report.year}/"


def published(revision: Revision, number: int | None = None):
    report = Report.objects.select_related("agency__division").get(pk=revision.report_id)
    return publication_of(report, number)
