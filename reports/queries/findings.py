"""What the checker says of a revision, with the reasons already given."""

from dataclasses import dataclass

from django.utils import timezone

from reports.checker import check
from reports.checker.finding import Finding, Severity
from reports.models import Explanation, Revision

from .sheets import last_year_of, sheet_of


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
    findings = check(
        sheet_of(revision),
        last_year_of(revision),
        body=revision.report.agency.body(),
        today=timezone.localdate(),
    )
    reasons = {each.fingerprint: each for each in revision.explanations.select_related("by")}
    return [Noted(finding, reasons.get(finding.fingerprint)) for finding in findings]


def blocking(findings: list[Noted]) -> list[Noted]:
    return [each for each in findings if each.blocks]
