"""What waits for a worker, and what a batch or a schedule has come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from reports.models import Batch, BatchItem, Event, Revision, ScheduledPublication, User
from reports.models.errand import Errand
from reports.permissions import is_auditor
from reports.workflow import MOVES, State

from .calls import upward

WAITING = Errand.State.WAITING
LINES = 200  # of a batch on a page


def unattended(
    kind: type[Errand], now: datetime, patience: timedelta, most: int
) -> Sequence[Errand]:
    """What should be done by now and nobody was asked for, or was asked longer than that ago.

    What was asked in the future was asked before the clock was set back.
    """
    unasked = Q(asked_at=None) | Q(asked_at__lt=now - patience) | Q(asked_at__gt=now + patience)
    if issubclass(kind, ScheduledPublication):
        return list(kind.objects.filter(unasked, state=WAITING, due_at__lte=now)[:most])
    return first_free(BatchItem.objects.filter(unasked, state=WAITING), most)


def first_free(items: QuerySet[BatchItem], most: int) -> list[BatchItem]:
    """The first lines that may go now: in a batch to be published, bodies below come before.

    Three statements, and the work of one walk through what waits: ten thousand
    lines compared with each other would hold the clock up for minutes.
    """
    path = "revision__report__agency__path"
    waiting = BatchItem.objects.filter(state=WAITING, batch__verb="publish").order_by()
    held = {
        (batch, above)
        for batch, below in waiting.values_list("batch", path)
        for above in upward(below, itself=False)
    }
    rows = items.order_by("pk").values_list("pk", "batch", path)
    free = list(islice((pk for pk, *at in rows if tuple(at) not in held), most))
    return list(BatchItem.objects.filter(pk__in=free).order_by("pk"))


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
    """How far a batch is: how many lines are done, refused and waiting, and some of them.

    ``onward`` is the key after which the next lines stand, None after the last.
    """

    counts: Mapping[str, int]
    lines: list[BatchItem]
    after: int = 0
    onward: int | None = None

    @property
    def number(self) -> int:
        return sum(self.counts.values())

    @property
    def waiting(self) -> int:
        return self.counts.get(WAITING, 0)

    @property
    def done(self) -> int:
        return self.counts.get(Errand.State.DONE, 0)

    @property
    def refused(self) -> int:
        return self.counts.get(Errand.State.REFUSED, 0)


def course_of(batch: Batch, *, state: str = "", after: int = 0) -> Course:
    """A page of a batch's lines in the order in which they are begun; two statements."""
    items = BatchItem.objects.filter(batch=batch)
    counts = dict(items.order_by().values_list("state").annotate(Count("pk")))
    shown = items.filter(state=state) if state in Errand.State.values else items
    page = shown.filter(pk__gt=after).select_related("revision__report__agency").order_by("pk")
    lines = list(page[: LINES + 1])
    onward = lines[LINES - 1].pk if len(lines) > LINES else None
    return Course(counts, lines[:LINES], after, onward)
