"""Who owes a report for a year, how far it is, and whether it is late.

A constant number of statements for any number of bodies. Dates are those of
Asia/Shanghai, the site's time zone.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Case, Max, Min, OuterRef, QuerySet, Subquery, When
from django.utils import timezone

from reports.editions.bodies import Level
from reports.models import Agency, Campaign, Event, Report, Revision, Submission
from reports.workflow import MOVES, OPEN, State

from .calls import Due, absence, due_dates, due_of

__all__ = ["Due", "Filing", "Stage", "due_dates", "due_of", "filings_of", "years_called"]


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


class Filer(NamedTuple):
    """A body in a list of filings: what is said of its agency."""

    pk: int
    name: str
    slug: str
    path: str
    kind: str
    level_key: str | None
    closed_on: date | None
    founded_on: date | None = None

    @property
    def level(self) -> Level | None:
        return Level(self.level_key) if self.level_key else None

    def __str__(self) -> str:
        return self.name


class Text(NamedTuple):
    """A revision in a list of filings; ``last_verb`` is the newest move of a draft."""

    pk: int
    number: int
    state: str
    as_printed: bool
    published_at: datetime | None
    last_verb: str | None
    errors: int | None
    to_explain: int | None
    explained: int | None
    hints: int | None

    @property
    def findings(self) -> "Findings | None":
        """None for a text whose rules were never run for a move."""
        if self.errors is None:
            return None
        return Findings(self.errors, self.to_explain or 0, self.explained or 0, self.hints or 0)


class Findings(NamedTuple):
    """How many findings the text had when it was last checked for a move."""

    errors: int
    to_explain: int
    explained: int
    hints: int

    @property
    def notable(self) -> int:
        """Those which somebody had to answer for; hints ask for nothing."""
        return self.errors + self.to_explain + self.explained


@dataclass(frozen=True)
class Filing:
    """One body's report of the year: what is due, how far it is, and its text in hand.

    ``revision`` is the open text, or else the newest; ``submitted_on`` the day
    it first was submitted, ``published_on`` the day it first was published (of
    a transcript of what others had published nobody knows it: None).
    """

    agency: Filer
    due: Due
    today: date
    revision: Text | None = None
    returned: bool = False
    published: bool = False
    submitted_on: date | None = None
    published_on: date | None = None

    @property
    def findings(self) -> Findings | None:
        return self.revision.findings if self.revision else None

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
        if not self.due.owed or self.is_transcribed:
            return 0
        return max(((self.published_on or self.today) - self.due.legal).days, 0)

    @property
    def behind_days(self) -> int:
        """The same for the inner date, by which it is to be submitted."""
        if not self.due.owed or self.due.inner is None or self.is_transcribed:
            return 0
        handed_in = self.submitted_on or self.published_on or self.today
        return max((handed_in - self.due.inner).days, 0)

    @property
    def is_transcribed(self) -> bool:
        """Published by others before this site was: when is not known."""
        return self.published and self.published_on is None

    @property
    def is_late(self) -> bool:
        return self.late_days > 0

    @property
    def is_settled(self) -> bool:
        return self.stage in (Stage.PUBLISHED, Stage.WITHDRAWN, Stage.NOT_OWED)

    @property
    def days_left(self) -> int:
        """Until what is asked next: the submission, or once that is done the publication."""
        return (self.due.asked(self.submitted_on is not None) - self.today).days


def filings_of(agencies: QuerySet[Agency], year: int, today: date | None = None) -> list[Filing]:
    """The filings of the agencies for the year, in the tree's order; six statements.

    A body that was closed before the year ended, or founded after it, owes
    nothing and is left out, unless it has a report of the year all the same.
    """
    today = today or timezone.localdate()
    listed = filers(agencies)
    revisions = Revision.objects.filter(
        report__agency__in=agencies.order_by(), report__year=year
    ).exclude(state=State.DROPPED)
    texts = texts_of(revisions)
    handed_in = dict(
        Submission.objects.filter(revision__in=revisions)
        .order_by()
        .values_list("revision__report__agency")
        .annotate(Min("event__at"))
    )
    due = due_dates(listed, year)
    zone = timezone.get_current_timezone()  # asked once: it takes longer than the date does
    return [
        filing(
            each, due[each.pk, year], today, texts.get(each.pk, []), handed_in.get(each.pk), zone
        )
        for each in listed
        if each.pk in texts or not not_there(each, year)
    ]


def filers(agencies: QuerySet[Agency]) -> list[Filer]:
    """The agencies as rows of a list, in the tree's order; one statement."""
    rows = agencies.order_by("path").values_list(
        "pk",
        "name",
        "slug",
        "path",
        "kind",
        "division__level",
        "closed_on",
        "founded_on",
    )
    return [Filer(*row) for row in rows]


def not_there(filer: Filer, year: int) -> bool:
    """Whether the body was closed before the year ended, or founded after it."""
    return bool(absence(filer, year))


def texts_of(revisions: QuerySet[Revision]) -> dict[int, list[Text]]:
    """The revisions by their agency, oldest first; one statement."""
    moved = Event.objects.filter(revision=OuterRef("pk"), verb__in=list(MOVES)).order_by("-pk")
    newest_move = Case(When(state=str(State.DRAFT), then=Subquery(moved.values("verb")[:1])))
    rows = (
        revisions.annotate(last_verb=newest_move)
        .order_by("number")
        .values_list(
            "report__agency", "pk", "number", "state", "as_printed", "published_at", "last_verb",
            "finding_count__errors", "finding_count__to_explain", "finding_count__explained",
            "finding_count__hints",
        )
    )  # fmt: skip
    texts: dict[int, list[Text]] = {}
    for agency, *values in rows:
        texts.setdefault(agency, []).append(Text(*values))
    return texts


def filing(
    filer: Filer, due: Due, today: date, texts: list[Text], handed_in: datetime | None, zone: tzinfo
) -> Filing:
    if not texts:
        return Filing(filer, due, today)
    in_hand = next((each for each in texts if each.state in OPEN), texts[-1])
    times = [each.published_at for each in texts if each.published_at and not each.as_printed]
    return Filing(
        filer,
        due,
        today,
        revision=in_hand,
        returned=in_hand.last_verb == "return",
        published=any(each.state == State.PUBLISHED for each in texts),
        submitted_on=handed_in.astimezone(zone).date() if handed_in else None,
        published_on=min(times).astimezone(zone).date() if times else None,
    )


def counted(filings: Iterable[Filing]) -> dict[Stage, int]:
    """How many filings are at each stage; every stage is named."""
    found = Counter(each.stage for each in filings)
    return {stage: found[stage] for stage in Stage}


def years_called(agencies: QuerySet[Agency]) -> list[int]:
    """The years for which there is a call or a report below, newest first; last year always."""
    last = timezone.localdate().year - 1
    called = Campaign.objects.filter(agency__in=agencies.order_by()).values_list("year", flat=True)
    return sorted({last, *called, *years_reported(agencies)}, reverse=True)


def years_reported(agencies: QuerySet[Agency]) -> range:
    """From the first to the last year of which a body has a report.

    Asked year by year from both ends of all reports' years: one row answers, where the
    first and last year of a province's bodies would be read from every report of theirs.
    """
    ends = Report.objects.aggregate(first=Min("year"), last=Max("year"))
    if ends["first"] is None:
        return range(0)
    below = Revision.objects.filter(report__agency__in=agencies.order_by())
    years = range(ends["first"], ends["last"] + 1)

    def reported(year: int) -> bool:
        return below.filter(report__year=year).exists()

    first = next(filter(reported, years), None)
    last = next(filter(reported, reversed(years)), None)
    return range(0) if first is None or last is None else range(first, last + 1)
