"""Putting back the tasks whose worker is gone.

A worker marks what it takes with its id and says by a heartbeat that it lives
(``beat``). Each worker watches the others' (``Watch``): one that is silent is
gone, and what it had in hand goes back into the queue. A task is safe when run
twice, so one that only seemed to be gone does no harm. Any number may sweep.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from reports.models import Heartbeat

LONGEST = timedelta(minutes=30)  # no task of this product runs so long
SILENCE = timedelta(minutes=1)  # after so long without a sign of life a worker is gone
KEPT = timedelta(days=30)  # in which a task that ended can be looked up
MOST_ATTEMPTS = 3  # a task that takes its worker with it is not begun for ever
GONE = "reports.jobs.WorkerGone"


def beat(worker_id: str) -> None:
    """Say that the worker lives; before it takes its first task, and then again and again."""
    own = Heartbeat.objects.filter(worker_id=worker_id)
    if not own.update(count=F("count") + 1):
        Heartbeat.objects.get_or_create(worker_id=worker_id)


@dataclass
class Watch:
    """What one worker has heard of all others, by its own running time.

    Whoever heard nothing of anybody for a while (the database was away, the process stood
    still) begins anew: the others were silent for the same reason.
    """

    silence: timedelta = SILENCE
    clock: Callable[[], float] = monotonic
    heard: dict[str, tuple[int, float]] = field(default_factory=dict)
    looked: float = 0.0

    def gone(self) -> Mapping[str, int]:
        """Who is silent for too long, each with the count it stopped at."""
        counts = dict(Heartbeat.objects.values_list("worker_id", "count"))
        now, most = self.clock(), self.silence.total_seconds()
        if now - self.looked > most / 2:
            self.heard.clear()
        self.looked = now
        before = self.heard
        self.heard = {
            worker: before[worker] if before.get(worker, (-1,))[0] == count else (count, now)
            for worker, count in counts.items()
        }
        return {worker: count for worker, (count, at) in self.heard.items() if now - at > most}


@transaction.atomic
def sweep_gone(gone: Mapping[str, int]) -> tuple[int, int]:
    """Put back what these workers had in hand, unless one has said something since."""
    dead = {
        worker
        for worker, count in gone.items()
        if Heartbeat.objects.filter(worker_id=worker, count=count).delete()[0]
    }
    return put_back(held_by(dead)) if dead else (0, 0)


def held_by(workers: Collection[str]) -> list[DBTaskResult]:
    running = DBTaskResult.objects.running().select_for_update()
    return [row for row in running if row.worker_ids and row.worker_ids[-1] in workers]


@transaction.atomic
def sweep(longest: timedelta = LONGEST) -> tuple[int, int]:
    """Put back what was begun longer ago, whoever has it: how many, and how many given up."""
    return put_back(list(long_running(longest).select_for_update()))


def long_running(longest: timedelta = LONGEST) -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - longest)


@transaction.atomic
def sweep_unheard() -> tuple[int, int]:
    """The same for those tasks alone whose worker never gave a sign of life."""
    alive = set(Heartbeat.objects.values_list("worker_id", flat=True))
    rows = long_running().select_for_update()
    return put_back([row for row in rows if not alive.intersection(row.worker_ids[-1:])])


def put_back(rows: Collection[DBTaskResult]) -> tuple[int, int]:
    """How many were put back, and how many given up; the caller holds them locked."""
    returned = given_up = 0
    for row in rows:
        if len(row.worker_ids) < MOST_ATTEMPTS:
            row.status = TaskResultStatus.READY
            returned += 1
        else:
            row.status = TaskResultStatus.FAILED
            row.finished_at = timezone.now()
            row.exception_class_path = GONE
            given_up += 1
        row.save(update_fields=["status", "finished_at", "exception_class_path"])
    return returned, given_up


def forget_ended() -> int:
    """Delete the tasks that ended long ago: what they did stands in other tables; how many."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()[0]
