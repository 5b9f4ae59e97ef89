"""Reminding of what is due, by the calendar (``urging`` is the authority's own asking).

Reminders are told 14, 7, 3 and 1 days before a date and, once it has passed,
on the day after and every week until the year is out. Their key names the body,
the date and the step, not the day on which they are made: a day on which no
worker ran is made up for, and what runs twice tells once. Whoever has the text
in hand is asked; reviewers get one summary of all the bodies below them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from reports.models import Agency, Membership, Notice, RemindedDay, User
from reports.queries.calls import upward
from reports.queries.filing import Filing, Stage, filings_of
from reports.workflow import AUTHORS, REVIEWERS

from .notifying import Kind, key_of, make

STEPS = (1, 3, 7, 14)  # days before
WITH_REVIEWERS = {Stage.IN_REVIEW: "approve", Stage.APPROVED: "publish"}  # whose move is next
MOST_NAMED = 30  # bodies in a summary


@dataclass(frozen=True)
class Reminder:
    """A date that a body's report is near or past."""

    filing: Filing
    what: str  # as its key says
    label: str
    on: date

    @property
    def days_left(self) -> int:
        return (self.on - self.filing.today).days

    @property
    def step(self) -> str | None:
        """Which of the reminders it is time for; None long before the date."""
        if self.days_left < 0:
            return f"late{(-self.days_left - 1) // 7}"
        return next((str(days) for days in STEPS if self.days_left <= days), None)

    @property
    def kind(self) -> Notice.Kind:
        return Kind.OVERDUE if self.days_left < 0 else Kind.DUE

    @property
    def words(self) -> str:
        """How near: “距送审期限（2025-01-20）还有 7 天”."""
        when = f"{self.label}（{self.on:%Y-%m-%d}）"
        if self.days_left < 0:
            return f"已超过{when} {-self.days_left} 天"
        return f"距{when}还有 {self.days_left} 天" if self.days_left else f"今天是{when}"


@transaction.atomic
def remind_due(today: date | None = None) -> int:
    """Make the reminders that are due and not made yet; returns how many.

    Of the year before ``today``'s: what was owed before that is nobody's
    calendar any more.
    """
    today = today or timezone.localdate()
    RemindedDay.objects.get_or_create(day=today)  # of two that run at once the second waits here
    year = today.year - 1
    reminders = [
        reminder
        for filing in filings_of(Agency.objects.all(), year, today)
        for reminder in reminders_of(filing)
        if reminder.step
    ]
    return make([*asked_of_authors(reminders, year), *summaries(reminders, year)])


def reminders_of(filing: Filing) -> Iterator[Reminder]:
    """The inner date until it is submitted, the legal one until it is published."""
    due = filing.due
    if filing.is_settled or filing.published_on or not due.owed:
        return
    if due.opens and filing.today < due.opens:
        return
    if due.inner and due.inner < due.legal and filing.submitted_on is None:
        yield Reminder(filing, "inner", "送审期限", due.inner)
    yield Reminder(filing, "legal", "法定公布期限", due.legal)


def asked_of_authors(reminders: Iterable[Reminder], year: int) -> Iterator[Notice]:
    """For each body whose text is with its authors: one to each of them."""
    theirs = [each for each in reminders if each.filing.stage not in WITH_REVIEWERS]
    authors = authors_of({each.filing.agency.pk for each in theirs})
    for each in theirs:
        filing = each.filing
        for user in authors.get(filing.agency.pk, ()):
            yield Notice(
                to=user,
                kind=each.kind,
                key=f"{key_of(filing.agency.pk, year)}{each.what}/{each.on}/{each.step}",
                revision_id=filing.revision.pk if filing.revision else None,
                words=f"{filing.agency.name}{year}年度报告{each.words}，现在是“{filing.stage.label}”，"
                f"请尽快{'送审' if each.what == 'inner' else '送审、公布'}。",
            )


def authors_of(agencies: Iterable[int]) -> Mapping[int, list[User]]:
    """The active authors by their agency; one statement."""
    found = defaultdict(list)
    held = Membership.objects.filter(role__in=AUTHORS, user__is_active=True, agency__isnull=False)
    wanted = set(agencies)
    for membership in held.select_related("user").order_by("user"):
        if membership.agency_id in wanted:
            found[membership.agency_id].append(membership.user)
    return found


def summaries(reminders: Iterable[Reminder], year: int) -> Iterator[Notice]:
    """One to each reviewer for each date: how many of the bodies below are not done, and which."""
    groups: dict[tuple[str, date, str | None], list[Reminder]] = defaultdict(list)
    for each in reminders:
        groups[each.what, each.on, each.step].append(each)
    held = list(
        Membership.objects.filter(role__in=REVIEWERS, user__is_active=True)
        .select_related("user", "agency")
        .order_by("agency__path", "user")
    )
    for (what, on, step), group in sorted(groups.items(), key=lambda item: str(item[0])):
        found = by_each_above(group)
        for membership in held:
            agency = membership.agency
            assert agency is not None  # a reviewer reviews somewhere: the database holds it
            if below := found.get(agency.path):
                yield Notice(
                    to=membership.user,
                    kind=Kind.DIGEST,
                    key=f"{key_of(agency.pk, year)}{what}/{on}/{step}",
                    words=f"{agency.name}范围内{year}年度报告{below[0].words}，"
                    f"还有 {len(below)} 家没有{'送审' if what == 'inner' else '公布'}。",
                    detail=listed(below),
                )


def by_each_above(group: Iterable[Reminder]) -> Mapping[str, list[Reminder]]:
    """The reminders by the path of each agency at or above their body's."""
    found: dict[str, list[Reminder]] = defaultdict(list)
    for each in group:
        for path in upward(each.filing.agency.path):
            found[path].append(each)
    return found


def listed(reminders: list[Reminder]) -> str:
    """The bodies by how far they are: a line for each stage."""
    by_stage: dict[Stage, list[str]] = defaultdict(list)
    for each in reminders[:MOST_NAMED]:
        by_stage[each.filing.stage].append(each.filing.agency.name)
    lines = [f"{stage.label}：{'、'.join(by_stage[stage])}" for stage in Stage if stage in by_stage]
    if len(reminders) > MOST_NAMED:
        lines.append(f"另有 {len(reminders) - MOST_NAMED} 家。")
    return "\n".join(lines)
