"""What waits for a worker, and what a batch or a schedule has come to."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from reports.models import Batch, BatchItem, Event, Revision, ScheduledPublication, User
from reports.models.errand import Errand
from reports.permissions import is_auditor
from reports.workflow import MOVES, State

WAITING = Errand.State.WAITING


def unattended(kind: type[Errand], now: datetime, patience: timedelta) -> list[Errand]:
    """What should be done by now and nobody was asked for, or was asked longer than that ago.

    What was asked in the future was asked before the clock was set back.
    """
    unasked = Q(asked_at=None) | Q(asked_at__lt=now - patience) | Q(asked_at__gt=now + patience)
    if issubclass(kind, ScheduledPublication):
        return list(kind.objects.filter(unasked, state=WAITING, due_at__lte=now))
    return list(without_those_before(kind._default_manager.filter(unasked, state=WAITING)))


def without_those_before(items: QuerySet[Any]) -> QuerySet[Any]:
    """Without the lines to be published that a body below, in the same batch, comes before."""
    below = BatchItem.objects.filter(
        batch=OuterRef("batch"),
        state=WAITING,
        revision__report__agency__path__startswith=OuterRef("revision__report__agency__path"),
    ).exclude(revision__report__agency=OuterRef("revision__report__agency"))
    return items.exclude(Exists(below), batch__verb="publish")


def last_move_key(revision: Revision) -> int:
    """The key of the last event that moved the revision; 0 before any."""
    moved = Event.objects.filter(revision=revision, verb__in=sorted(MOVES))
    return moved.aggregate(last=Max("pk"))["last"] or 0


def schedule_of(revision: Revision) -> ScheduledPublication | None:
    """The time set for an approved text, or why it came to nothing."""
    if revision.state != State.APPROVED:
        return None
    newest = ScheduledPublication.objects.filter(revision=revision).select_related("by").last()
    if newest is None or newest.approval != last_move_key(revision):
        return None
    return newest if newest.state in (WAITING, Errand.State.REFUSED) else None


def with_schedule(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """The revisions with ``scheduled_at``, the time at which each is to be published, for lists."""
    waiting = ScheduledPublication.objects.filter(revision=OuterRef("pk"), state=WAITING)
    return revisions.annotate(scheduled_at=Subquery(waiting.values("due_at")[:1]))


def in_words(moment: datetime) -> str:
    """A time set for publication, as it is said everywhere."""
    local = timezone.localtime(moment)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def batches_of(user: User) -> QuerySet[Batch]:
    """The batches that the user began, the newest first; all to an auditor."""
    batches = Batch.objects.all() if is_auditor(user) else Batch.objects.filter(by=user)
    counts = {
        state.value: Count("items", filter=Q(items__state=state))
        for state in (WAITING, Errand.State.DONE, Errand.State.REFUSED)
    }
    return batches.select_related("by").annotate(number=Count("items"), **counts)


@dataclass(frozen=True)
class Course:
    """How far a batch is: its lines, and how many are done, refused and waiting."""

    lines: list[BatchItem]

    @property
    def counts(self) -> Counter[str]:
        return Counter(line.state for line in self.lines)

    @property
    def waiting(self) -> int:
        return self.counts[WAITING]

    @property
    def done(self) -> int:
        return self.counts[Errand.State.DONE]

    @property
    def refused(self) -> int:
        return self.counts[Errand.State.REFUSED]


def course_of(batch: Batch) -> Course:
    """The lines of a batch in the order of the confirmation page; one statement."""
    items = BatchItem.objects.filter(batch=batch).select_related("revision__report__agency")
    return Course(list(items.order_by("pk")))
