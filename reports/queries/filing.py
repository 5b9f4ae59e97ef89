"""Who owes a report for a year, how far it is, and whether it is late.

A constant number of statements for any number of bodies. Dates are those of
Asia/Shanghai, the site's time zone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Max, Min, OuterRef, QuerySet, Subquery
from django.utils import timezone

from reports.editions.bodies import BodyKind, Level, deadline
from reports.models import (
    Agency,
    Campaign,
    Event,
    FindingCount,
    Obligation,
    Revision,
    Submission,
)
from reports.workflow import MOVES, OPEN, State

from .errands import with_schedule


class Stage(StrEnum):
    """How far a body's report is, in the order of its life."""

    NOT_OWED = "not_owed"
    NOT_BEGUN = "not_begun"
    IN_PROGRESS = "in_progress"
    RETURNED = "returned"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return STAGE_LABELS[self]


STAGE_LABELS = {
    Stage.NOT_OWED: "不须编报",
    Stage.NOT_BEGUN: "未开始",
    Stage.IN_PROGRESS: State.DRAFT.label,
    Stage.RETURNED: "已退回",
    Stage.IN_REVIEW: State.IN_REVIEW.label,
    Stage.APPROVED: State.APPROVED.label,
    Stage.PUBLISHED: State.PUBLISHED.label,
    Stage.WITHDRAWN: State.WITHDRAWN.label,
}
OF_STATE = {
    State.DRAFT: Stage.IN_PROGRESS,
    State.IN_REVIEW: Stage.IN_REVIEW,
    State.APPROVED: Stage.APPROVED,
    State.PUBLISHED: Stage.PUBLISHED,
    State.SUPERSEDED: Stage.PUBLISHED,
    State.WITHDRAWN: Stage.WITHDRAWN,
}


@dataclass(frozen=True)
class Due:
    """When a body's report is due: to be submitted (``inner``) and to be published (``legal``)."""

    legal: date
    inner: date | None = None
    opens: date | None = None
    campaign: Campaign | None = None
    owed: bool = True
    reason: str = ""  # why it is not owed

    @property
    def next(self) -> date:
        return self.inner or self.legal


@dataclass(frozen=True)
class Filing:
    """One body's report of the year: what is due, how far it is, and its text in hand.

    ``revision`` is the open text, or else the newest; ``submitted_on`` the day
    it first was submitted, ``published_on`` the day it first was published.
    """

    agency: Agency
    due: Due
    today: date
    revision: Revision | None = None
    returned: bool = False
    published: bool = False
    submitted_on: date | None = None
    published_on: date | None = None
    findings: FindingCount | None = None

    @property
    def stage(self) -> Stage:
        if self.published:
            return Stage.PUBLISHED
        if self.revision is None:
            return Stage.NOT_BEGUN if self.due.owed else Stage.NOT_OWED
        if self.returned:
            return Stage.RETURNED
        return OF_STATE[State(self.revision.state)]

    @property
    def correcting(self) -> bool:
        """A correction of the published text is being written."""
        return self.published and self.revision is not None and self.revision.state in OPEN

    @property
    def late_days(self) -> int:
        """Days after the legal date on which it was published, or today is; 0 if in time."""
        if not self.due.owed:
            return 0
        return max(((self.published_on or self.today) - self.due.legal).days, 0)

    @property
    def behind_days(self) -> int:
        """The same for the inner date, by which it is to be submitted."""
        if not self.due.owed or self.due.inner is None:
            return 0
        handed_in = self.submitted_on or self.published_on or self.today
        return max((handed_in - self.due.inner).days, 0)

    @property
    def is_late(self) -> bool:
        return self.late_days > 0

    @property
    def is_settled(self) -> bool:
        return self.stage in (Stage.PUBLISHED, Stage.WITHDRAWN, Stage.NOT_OWED)

    @property
    def days_left(self) -> int:
        """Until what is asked next: the submission, or once that is done the publication."""
        waits_for_submission = self.submitted_on is None and self.due.inner is not None
        return ((self.due.next if waits_for_submission else self.due.legal) - self.today).days


def filings_of(agencies: QuerySet[Agency], year: int, today: date | None = None) -> list[Filing]:
    """The filings of the agencies for the year, in the tree's order; seven statements.

    A body that was closed before the year began owes nothing and is left out,
    unless it has a report of the year all the same.
    """
    today = today or timezone.localdate()
    listed = list(agencies.select_related("division").order_by("path"))
    revisions = Revision.objects.filter(report__agency__in=agencies.order_by(), report__year=year)
    texts = texts_of(revisions)
    handed_in = dict(
        Submission.objects.filter(revision__in=revisions)
        .values_list("revision__report__agency")
        .annotate(Min("event__at"))
    )
    due = due_dates(listed, year)
    return [
        filing(
            agency, due[agency.pk, year], today, texts.get(agency.pk, []), handed_in.get(agency.pk)
        )
        for agency in listed
        if agency.pk in texts or not closed_before(agency, year)
    ]


def closed_before(agency: Agency, year: int) -> bool:
    return agency.closed_on is not None and agency.closed_on.year <= year


def texts_of(revisions: QuerySet[Revision]) -> dict[int, list[Revision]]:
    """The revisions by their agency, oldest first, with their findings' number.

    Each has ``last_verb``, and ``scheduled_at`` where a time is set for its publication.
    """
    moved = Event.objects.filter(revision=OuterRef("pk"), verb__in=list(MOVES)).order_by("-pk")
    texts: dict[int, list[Revision]] = {}
    for revision in (
        with_schedule(revisions)
        .annotate(last_verb=Subquery(moved.values("verb")[:1]))
        .select_related("report", "finding_count")
        .order_by("number")
    ):
        texts.setdefault(revision.report.agency_id, []).append(revision)
    return texts


def filing(
    agency: Agency, due: Due, today: date, texts: list[Revision], handed_in: datetime | None
) -> Filing:
    if not texts:
        return Filing(agency, due, today)
    in_hand = next((each for each in texts if each.state in OPEN), texts[-1])
    times = [each.published_at for each in texts if each.published_at]
    return Filing(
        agency,
        due,
        today,
        revision=in_hand,
        returned=in_hand.is_draft and in_hand.last_verb == "return",  # type: ignore[attr-defined]
        published=any(each.state == State.PUBLISHED for each in texts),
        submitted_on=timezone.localdate(handed_in) if handed_in else None,
        published_on=timezone.localdate(min(times)) if times else None,
        findings=getattr(in_hand, "finding_count", None),
    )


def counted(filings: Iterable[Filing]) -> dict[Stage, int]:
    """How many filings are at each stage; every stage is named."""
    found = Counter(each.stage for each in filings)
    return {stage: found[stage] for stage in Stage}


def due_dates(agencies: Iterable[Agency], *years: int) -> dict[tuple[int, int], Due]:
    """When the agencies' reports are due, by (key, year); three statements.

    Each follows the call of the nearest authority above it, or its own.
    """
    campaigns: dict[int, dict[str, Campaign]] = {year: {} for year in years}
    for campaign in (
        Campaign.objects.filter(year__in=years)
        .select_related("agency")
        .prefetch_related("obligations", "exemptions__agency")
    ):
        campaigns[campaign.year][campaign.agency.path] = campaign
    return {
        (agency.pk, year): due_date(agency, year, campaigns[year])
        for agency in agencies
        for year in years
    }


def due_date(agency: Agency, year: int, campaigns: Mapping[str, Campaign]) -> Due:
    legal = deadline(BodyKind(agency.kind), year)
    campaign = nearest(agency.path, campaigns)
    if campaign is None:
        return Due(legal)
    for exemption in campaign.exemptions.all():
        below = exemption.and_below and agency.path.startswith(exemption.agency.path)
        if below or exemption.agency_id == agency.pk:
            return Due(legal, None, campaign.opens_on, campaign, False, exemption.reason)
    obligation = obligation_of(agency, campaign.obligations.all())
    if obligation is None:
        why = f"{campaign.agency}的部署没有要求{BodyKind(agency.kind).label}编报"
        return Due(legal, None, campaign.opens_on, campaign, False, why)
    return Due(legal, obligation.due_on, campaign.opens_on, campaign)


def nearest(path: str, campaigns: Mapping[str, Campaign]) -> Campaign | None:
    """The call of the agency itself, or of the nearest above it."""
    steps = path.split("/")[:-1]
    prefixes = ("/".join(steps[:end]) + "/" for end in range(len(steps), 0, -1))
    return next((campaigns[prefix] for prefix in prefixes if prefix in campaigns), None)


def obligation_of(agency: Agency, obligations: Iterable[Obligation]) -> Obligation | None:
    """The row that names the agency's kind and level, or else its kind."""
    rows = {(row.kind, row.level): row for row in obligations}
    level: Level | None = agency.level
    return rows.get((agency.kind, str(level or ""))) or rows.get((agency.kind, ""))


def due_of(agency: Agency, year: int) -> Due:
    """When one agency's report of the year is due."""
    return due_dates([agency], year)[agency.pk, year]


def years_called(agencies: QuerySet[Agency]) -> list[int]:
    """The years for which there is a call or a report below, newest first; last year always."""
    last = timezone.localdate().year - 1
    called = Campaign.objects.filter(agency__in=agencies.order_by()).values_list("year", flat=True)
    newest = Revision.objects.filter(report__agency__in=agencies.order_by()).aggregate(
        first=Min("report__year"), last=Max("report__year")
    )
    reported = (
        range(newest["first"], newest["last"] + 1) if newest["first"] is not None else range(0)
    )
    return sorted({last, *called, *reported}, reverse=True)
