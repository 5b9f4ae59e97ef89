"""What a correction corrects, and what it changes.

The numbers are the link: a text follows the newest one before it that was
published. What lies between was given up and never public.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from reports.models import Report, Revision
from reports.sheet import from_json
from reports.workflow import OPEN, PUBLIC, State

from .differences import Differences, differences
from .sheets import sheet_of


@dataclass(frozen=True)
class Correction:
    """A correction with the text it corrects, and what is different by now."""

    corrects: Revision
    changes: Differences

    @property
    def follows_withdrawal(self) -> bool:
        return self.corrects.state == State.WITHDRAWN


def correction_of(revision: Revision) -> Correction | None:
    """What the revision corrects; None of a report's first text."""
    before = text_before(revision)
    if before is None:
        return None
    return Correction(before, differences(from_json(before.snapshot.sheet), sheet_of(revision)))


def text_before(revision: Revision) -> Revision | None:
    """The published text which the revision follows."""
    earlier = public_texts(revision.report_id).filter(number__lt=revision.number)
    return earlier.select_related("snapshot").first()


def newest_text(report: Report) -> Revision | None:
    """The newest of the texts that were published, in force or withdrawn."""
    return public_texts(report.pk).first()


def open_text(report: Report) -> Revision | None:
    """The one text that is being written, reviewed or about to be published."""
    return Revision.objects.filter(report=report, state__in=sorted(OPEN)).first()


def public_texts(report_pk: int) -> QuerySet[Revision]:
    return Revision.objects.filter(report=report_pk, state__in=sorted(PUBLIC)).order_by("-number")
