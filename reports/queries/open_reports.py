"""Published reports as open data: the texts in force in a list, one with all that it says.

Nothing here reads a draft, an event's author or who explained a finding.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from reports.exporters.page import Publication
from reports.models import Agency, Report, Revision, Snapshot, StoredDocument
from reports.workflow import State

from .keysets import Order
from .listings import within
from .publications import ORDER, publication_of

NEWEST_FIRST = Order(("published_at", "pk"), descending=True)
OLDEST_FIRST = Order(("published_at", "pk"))  # whoever follows along misses nothing


@dataclass(frozen=True)
class Wanted:
    """Which reports are asked for; what is left empty asks for all."""

    years: tuple[int, ...] = ()
    agency: Agency | None = None
    below: Agency | None = None
    region: str = ""
    kind: str = ""
    edition: int | None = None
    as_printed: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    more: dict[str, Any] = field(default_factory=dict)

    def texts(self) -> QuerySet[Revision]:
        """The texts in force."""
        found = Revision.objects.filter(state=State.PUBLISHED)
        asked: dict[str, Any] = {
            "report__year__in": self.years or None,
            "report__agency": self.agency,
            "report__agency__path__startswith": self.below and self.below.path,
            "report__agency__division__in": within(self.region) if self.region else None,
            "report__agency__kind": self.kind or None,
            "edition": self.edition,
            "as_printed": self.as_printed,
            "published_at__gte": self.since,
            "published_at__lt": self.until,
        }
        return found.filter(**{name: value for name, value in asked.items() if value is not None})


def reports(wanted: Wanted) -> QuerySet[Revision]:
    return wanted.texts().select_related("report__agency__division")


@dataclass(frozen=True)
class Opened:
    """One text of a report with its documents and the findings that were explained."""

    report: Report
    revision: Revision
    publication: Publication
    documents: tuple[StoredDocument, ...]
    explained: tuple[dict[str, Any], ...]


def opened(report: Report, number: int | None = None) -> Opened | None:
    """The text in force or the one numbered; None where the public has none.

    A withdrawn one is told by its ``publication`` and has neither documents nor findings.
    """
    publication = publication_of(report, number)
    if publication is None:
        return None
    revision = Revision.objects.get(report=report, number=publication.number)
    if publication.is_withdrawn:
        return Opened(report, revision, publication, (), ())
    findings = Snapshot.objects.values_list("findings", flat=True).get(revision=revision)
    documents = StoredDocument.objects.filter(revision=revision, format__in=ORDER)
    return Opened(
        report,
        revision,
        publication,
        tuple(sorted(documents, key=lambda each: ORDER.index(each.format))),
        tuple(explained(findings)),
    )


def explained(findings: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """The findings that carry a reason, without who gave it."""
    for finding in findings:
        said = finding.get("explanation")
        if said:
            yield {**finding, "explanation": {"reason": said.get("reason", "")}}
