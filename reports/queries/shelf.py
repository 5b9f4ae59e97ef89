"""The shelf: what a person's agencies owe and have, a constant number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from reports.models import Agency, Report, Revision, Submission, User
from reports.permissions import agencies_where, revisions_reviewable_by, with_authorship
from reports.workflow import AUTHORS, OPEN, REVIEWERS, State

from .calls import Due, due_dates
from .errands import with_schedule
from .queue import turn_of

YEARS_OFFERED = 3  # how far back a report that was never begun may be started


@dataclass(frozen=True)
class Owed:
    """A report on the shelf: begun (with its newest revision) or not."""

    agency: Agency
    year: int
    revision: Revision | None
    asked: Due
    today: date
    was_submitted: bool = False

    @property
    def due(self) -> date:
        """The day by which the next step is owed: the inner date until it is submitted."""
        return self.asked.asked(self.is_handed_in)

    @property
    def due_label(self) -> str:
        return "法定期限" if self.due == self.asked.legal else "送审期限"

    @property
    def is_handed_in(self) -> bool:
        """Now, or once before it was returned."""
        return self.revision is not None and (self.was_submitted or not self.revision.is_draft)

    @property
    def is_open(self) -> bool:
        """Whether it may be begun: the call's opening has come."""
        return self.asked.opens is None or self.asked.opens <= self.today

    @property
    def days_left(self) -> int:
        return (self.due - self.today).days

    @property
    def days_late(self) -> int:
        return -self.days_left

    @property
    def is_settled(self) -> bool:
        return self.revision is not None and State(self.revision.state) not in OPEN

    @property
    def is_correction(self) -> bool:
        """Whether a published text is being corrected: nothing is owed by a date any more."""
        return self.revision is not None and self.revision.is_correction and not self.is_settled

    @property
    def turn(self) -> str:
        if self.revision is None:
            return "填报员填写"
        return turn_of(State(self.revision.state), self.revision.scheduled_at)  # type: ignore[attr-defined]


def shelf_of(user: User) -> list[Owed]:
    """Every report of the agencies the user writes for, newest year first."""
    today = timezone.localdate()
    agencies = list(agencies_where(user, AUTHORS).select_related("division").order_by("path"))
    kept = Revision.objects.exclude(state=State.DROPPED)
    newest = kept.filter(report=OuterRef("report")).order_by("-number")
    revisions = with_schedule(
        Revision.objects.filter(
            report__agency__in=agencies, pk=Subquery(newest.values("pk")[:1])
        ).select_related("report__agency")
    )
    submitted = set(
        Submission.objects.filter(revision__in=revisions.order_by()).values_list(
            "revision", flat=True
        )
    )
    found = {(each.report.agency_id, each.report.year): each for each in revisions}
    asked = due_dates(agencies, *{today.year - 1, *(year for _, year in found)})
    owed = [
        Owed(
            agency,
            year,
            revision,
            asked[agency.pk, year],
            today,
            revision is not None and revision.pk in submitted,
        )
        for agency in agencies
        for year in years_of(agency, found, today)
        for revision in (found.get((agency.pk, year)),)
    ]
    return sorted(owed, key=lambda each: (-each.year, each.agency.path))


def years_of(agency: Agency, found: Iterable[tuple[int, int]], today: date) -> set[int]:
    """The years with a text, and last year's, which is owed now by a body that was there."""
    begun = {year for pk, year in found if pk == agency.pk}
    return begun | ({today.year - 1} if was_there(agency, today.year - 1) else set())


def was_there(agency: Agency, year: int) -> bool:
    """Whether the body worked in the year at all: until a day of it, or since one."""
    closed, founded = agency.closed_on, agency.founded_on
    return not (closed and closed.year < year) and not (founded and founded.year > year)


def startable(user: User) -> list[Owed]:
    """What the user could begin: recent years without any text yet."""
    today = timezone.localdate()
    agencies = list(agencies_where(user, AUTHORS).select_related("division").order_by("path"))
    begun = set(
        Report.objects.filter(agency__in=agencies, revisions__isnull=False).values_list(
            "agency_id", "year"
        )
    )
    years = range(today.year - 1, today.year - 1 - YEARS_OFFERED, -1)
    asked = due_dates(agencies, *years)
    return [
        Owed(agency, year, None, asked[agency.pk, year], today)
        for year in years
        for agency in agencies
        if (agency.pk, year) not in begun and was_there(agency, year)
    ]


def awaiting_review(user: User, most: int = 20) -> list[Revision]:
    """What waits for the user as a reviewer: in review, or approved and not their own text."""
    if not agencies_where(user, REVIEWERS).exists():
        return []
    waiting = revisions_reviewable_by(user).filter(
        Q(state=State.IN_REVIEW) | Q(state=State.APPROVED)
    )
    ordered = with_authorship(waiting, user).select_related("report__agency")
    return list(ordered.order_by(F("changed_at").asc())[:most])
