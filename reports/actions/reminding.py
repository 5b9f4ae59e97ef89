"""Reminding of what is due: by the calendar, or by the authority at once.

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

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from reports.editions import NoEdition, edition_for
from reports.models import Agency, Membership, Notice, RemindedDay, Revision, User
from reports.permissions import may_supervise, users_who_may, users_with
from reports.queries.filing import Filing, Stage, filings_of
from reports.workflow import AUTHORS, MOVES, REVIEWERS

from .auditing import attempted, note
from .notifying import Kind, key_of, make
from .refusals import Refused

STEPS = (1, 3, 7, 14)  # days before
WITH_REVIEWERS = {Stage.IN_REVIEW: "approve", Stage.APPROVED: "publish"}
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
        for membership in held:
            agency = membership.agency
            assert agency is not None  # a reviewer reviews somewhere: the database holds it
            below = [each for each in group if each.filing.agency.path.startswith(agency.path)]
            if below:
                yield Notice(
                    to=membership.user,
                    kind=Kind.DIGEST,
                    key=f"{key_of(agency.pk, year)}{what}/{on}/{step}",
                    words=f"{agency.name}范围内{year}年度报告{below[0].words}，"
                    f"还有 {len(below)} 家没有{'送审' if what == 'inner' else '公布'}。",
                    detail=listed(below),
                )


def listed(reminders: list[Reminder]) -> str:
    """The bodies by how far they are: a line for each stage."""
    by_stage: dict[Stage, list[str]] = defaultdict(list)
    for each in reminders[:MOST_NAMED]:
        by_stage[each.filing.stage].append(each.filing.agency.name)
    lines = [f"{stage.label}：{'、'.join(by_stage[stage])}" for stage in Stage if stage in by_stage]
    if len(reminders) > MOST_NAMED:
        lines.append(f"另有 {len(reminders) - MOST_NAMED} 家。")
    return "\n".join(lines)


@attempted("urge")
def remind_now(agency: Agency, year: int, *, by: User) -> int:
    """催办: ask whoever has the body's report in hand, once a day; returns how many were told.

    Refused where nothing is asked of the body, nobody can be told, or it has
    been done today.
    """
    if not may_supervise(by, agency):
        raise PermissionDenied
    filing, users = whom_to_urge(agency, year, by=by)
    if not users:
        raise Refused(
            f"{agency}没有可以提醒的人，没有催办。请联系安全管理员为该机关设置填报员或审核员。"
        )
    due = filing.due.legal if filing.submitted_on or not filing.due.inner else filing.due.inner
    revision = filing.revision
    made = make(
        Notice(
            to=user,
            kind=Kind.URGED,
            key=f"{key_of(agency.pk, year)}urged/{filing.today}",
            revision_id=revision.pk if revision else None,
            words=f"{by}催办：{agency.name}{year}年度报告现在是“{filing.stage.label}”，"
            f"期限是 {due:%Y-%m-%d}，请尽快办理。",
            by=by,
        )
        for user in users
    )
    if not made:
        raise Refused(f"今天已经催办过{agency}的{year}年度报告，没有重复提醒。")
    note("urge", agency, by=by, year=year)
    return made


def whom_to_urge(agency: Agency, year: int, *, by: User) -> tuple[Filing, list[User]]:
    """The body's filing, and who but the asker has its text in hand; Refused where nothing is owed."""
    if year >= timezone.localdate().year:
        raise Refused(f"{year}年度还没有结束，不能催办它的年度报告。")
    try:
        edition_for(year)
    except NoEdition as unknown:
        raise Refused(str(unknown)) from unknown
    filing = next(iter(filings_of(Agency.objects.filter(pk=agency.pk), year)), None)
    if filing is None or not filing.due.owed:
        raise Refused(f"{agency}不须编报{year}年度报告，没有催办。")
    if filing.is_settled:
        raise Refused(f"{agency}的{year}年度报告{filing.stage.label}，没有催办。")
    verb = WITH_REVIEWERS.get(filing.stage)
    if verb is None or filing.revision is None:
        users = list(users_with(AUTHORS, agency))
    else:
        revision = Revision.objects.select_related("report__agency").get(pk=filing.revision.pk)
        users = users_who_may(MOVES[verb], revision)
    return filing, [user for user in users if user.pk != by.pk]
