"""What the checker says of a revision, with the reasons already given."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from reports.checker import check
from reports.checker.finding import Finding, Severity
from reports.models import Explanation, Revision

from .likeness import sisters_of
from .sheets import last_year_of, sheet_of
from .subordinates import subordinates_of
from .words import site_words


@dataclass(frozen=True)
class Noted:
    """A finding and the reason given for it, if any."""

    finding: Finding
    explanation: Explanation | None = None

    @property
    def blocks(self) -> bool:
        """Whether the report cannot go on: an error, or an unexplained ``explain``."""
        if self.finding.severity is Severity.EXPLAIN:
            return self.explanation is None
        return self.finding.severity is Severity.ERROR

    @property
    def may_be_explained(self) -> bool:
        return self.finding.severity is Severity.EXPLAIN


def findings_of(revision: Revision) -> list[Noted]:
    """Every rule run now on the revision as it is stored."""
    sheet = sheet_of(revision)
    below = subordinates_of(revision)
    findings = check(
        sheet,
        last_year_of(revision),
        body=revision.report.agency.body(),
        today=timezone.localdate(),
        sisters=sisters_of(revision, sheet),
        words=site_words(),
        subordinates=below.sheet if below else None,
    )
    reasons = {each.fingerprint: each for each in revision.explanations.select_related("by")}
    return [Noted(finding, reasons.get(finding.fingerprint)) for finding in findings]


def blocking(findings: list[Noted]) -> list[Noted]:
    return [each for each in findings if each.blocks]


def as_read(finding: dict[str, Any]) -> dict[str, Any]:
    """A snapshot's finding for the public: the reason is published, the official's name is not."""
    said = finding.get("explanation")
    return finding | {"explanation": {"reason": said["reason"]}} if said else finding
